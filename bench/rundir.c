/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run's folder: named and made. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "rundir.h"

const char *fm_rundir_results(void)
{
	const char *dir = getenv("FORKMETER_RESULTS");

	return dir && *dir ? dir : "results";
}

/* 1: holds nothing; 0: holds something; or -errno. */
static int is_empty(const char *path)
{
	DIR *dir = opendir(path);
	int entries = 0;

	if (!dir)
		return -errno;
	while (readdir(dir))
		entries++;
	closedir(dir);
	return entries <= 2;
}

static int make_out(struct fm_rundir *d, const char *out, struct fm_why *why)
{
	int err, empty;

	if (!*out)
		return fm_fail(why, EINVAL, "--out: want the name of a folder");
	if (strlen(out) >= sizeof(d->path) - 32)
		return fm_fail(why, ENAMETOOLONG,
			       "--out: the name is too long");
	strcpy(d->path, out);
	err = fm_file_make_dirs(out);
	if (err)
		return fm_fail(why, -err,
			       "%.120s cannot be made: %s; choose another "
			       "--out",
			       out, strerror(-err));
	empty = is_empty(out);
	if (empty < 0)
		return fm_fail(why, -empty,
			       "%.120s cannot be read: %s; choose another "
			       "--out",
			       out, strerror(-empty));
	if (!empty)
		return fm_fail(why, EEXIST,
			       "%.150s is not empty; choose a new --out, for a "
			       "run is never overwritten",
			       out);
	return 0;
}

int fm_rundir_check_host(const char *host, struct fm_why *why)
{
	size_t n = strlen(host);

	/* A name that begins with a dot is hidden, or no folder of its own. */
	for (const char *c = host; *c; c++)
		if (iscntrl((unsigned char)*c) || *c == '/')
			n = 0;
	if (n && n <= FM_HOST_MAX && *host != '.')
		return 0;
	return fm_fail(why, EINVAL,
		       "--host %.80s: want a machine's name, of at most %d "
		       "bytes, without / or a dot at its beginning",
		       host, FM_HOST_MAX);
}

int fm_rundir_host(const char *host, char *path, size_t size,
		   struct fm_why *why)
{
	char own[256] = "unknown";
	int err = -ENAMETOOLONG;

	gethostname(own, sizeof(own) - 1);
	if (!*own || strchr(own, '/'))
		strcpy(own, "unknown");
	if ((size_t)snprintf(path, size, "%s/%s", fm_rundir_results(),
			     host ? host : own) < size - 48)
		err = fm_file_make_dirs(path);
	return err ? fm_fail(why, -err, "%.200s: %s", path, strerror(-err)) : 0;
}

static int make_dated(struct fm_rundir *d, const char *host, const char *suffix,
		      struct fm_why *why)
{
	char stamp[32];
	time_t now = time(NULL);
	struct tm tm;
	size_t n;
	int err = fm_rundir_host(host, d->path, sizeof(d->path), why);

	gmtime_r(&now, &tm);
	strftime(stamp, sizeof(stamp), "%Y%m%dT%H%M%SZ", &tm);
	n = strlen(d->path);
	for (int i = 1; !err && i < 100; i++) {
		snprintf(d->path + n, sizeof(d->path) - n,
			 i > 1 ? "/%s%s-%d" : "/%s%s", stamp, suffix, i);
		if (mkdir(d->path, 0777) == 0)
			return 0;
		if (errno != EEXIST)
			err = -errno;
	}
	return fm_fail(why, err ? -err : EEXIST,
		       "%.100s cannot be made: %s; choose a folder with --out "
		       "or FORKMETER_RESULTS",
		       d->path, strerror(err ? -err : EEXIST));
}

int fm_rundir_make(struct fm_rundir *d, const char *out, const char *host,
		   const char *suffix, struct fm_why *why)
{
	int err = host ? fm_rundir_check_host(host, why) : 0;

	memset(d, 0, sizeof(*d));
	if (err)
		return err;
	return out ? make_out(d, out, why) : make_dated(d, host, suffix, why);
}
