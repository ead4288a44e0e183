/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run's folder: made, found, and written to a whole block at a time. */
#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "rundir.h"

static const char *results(void)
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

static int make_dated(struct fm_rundir *d, struct fm_why *why)
{
	char host[256] = "unknown", stamp[32];
	time_t now = time(NULL);
	struct tm tm;
	size_t n;
	int err;

	gethostname(host, sizeof(host) - 1);
	if (!*host || strchr(host, '/'))
		strcpy(host, "unknown");
	gmtime_r(&now, &tm);
	strftime(stamp, sizeof(stamp), "%Y%m%dT%H%M%SZ", &tm);
	n = (size_t)snprintf(d->path, sizeof(d->path), "%s/%s", results(),
			     host);
	err = n < sizeof(d->path) - 40 ? fm_file_make_dirs(d->path) :
					 -ENAMETOOLONG;
	for (int i = 1; !err && i < 100; i++) {
		snprintf(d->path + n, sizeof(d->path) - n,
			 i > 1 ? "/%s-%d" : "/%s", stamp, i);
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

static FILE *start(const struct fm_rundir *d, const struct fm_table *table)
{
	char path[PATH_MAX + 32];
	FILE *out;

	snprintf(path, sizeof(path), "%s/%s.tsv", d->path, table->name);
	out = fopen(path, "wxe");
	if (!out)
		return NULL;
	fm_table_write_header(table, out);
	if (fflush(out)) {
		fclose(out);
		return NULL;
	}
	return out;
}

static int write_plan(const struct fm_rundir *d, const struct fm_plan *plan)
{
	FILE *out = start(d, &fm_plan_table);
	int err;

	if (!out)
		return -errno;
	for (size_t i = 0; i < plan->n; i++)
		fm_table_write(&fm_plan_table, out, &plan->row[i]);
	err = ferror(out) ? -EIO : 0;
	return fclose(out) ? -errno : err;
}

int fm_rundir_create(struct fm_rundir *d, const char *out,
		     const struct fm_plan *plan, struct fm_why *why)
{
	int err;

	memset(d, 0, sizeof(*d));
	err = out ? make_out(d, out, why) : make_dated(d, why);
	if (err)
		return err;
	err = write_plan(d, plan);
	if (!err) {
		d->samples = start(d, &fm_sample_table);
		d->blocks = d->samples ? start(d, &fm_block_table) : NULL;
		err = d->blocks ? 0 : -errno;
	}
	if (err)
		return fm_fail(why, -err,
			       "%.120s cannot be written to: %s; choose "
			       "another folder with --out",
			       d->path, strerror(-err));
	d->samples_end = ftello(d->samples);
	d->blocks_end = ftello(d->blocks);
	return 0;
}

/* Cuts a file back. What its stream still holds is thrown away with it. */
static void cut_back(FILE **file, off_t end)
{
	int fd = dup(fileno(*file));

	fclose(*file);
	*file = NULL;
	if (fd >= 0 && ftruncate(fd, end) == 0)
		lseek(fd, end, SEEK_SET);
	if (fd >= 0)
		*file = fdopen(fd, "w");
}

int fm_rundir_commit(struct fm_rundir *d, const struct fm_block_row *block,
		     const struct fm_sample *samples, size_t n,
		     struct fm_why *why)
{
	int err = 0;

	if (!d->samples || !d->blocks)
		return fm_fail(why, EIO, "%.200s: closed after an error",
			       d->path);
	for (size_t i = 0; i < n; i++)
		fm_table_write(&fm_sample_table, d->samples, &samples[i]);
	if (fflush(d->samples) || ferror(d->samples))
		err = errno ? errno : EIO;
	if (!err) {
		fm_table_write(&fm_block_table, d->blocks, block);
		if (fflush(d->blocks) || ferror(d->blocks))
			err = errno ? errno : EIO;
	}
	if (!err) {
		d->samples_end = ftello(d->samples);
		d->blocks_end = ftello(d->blocks);
		d->committed++;
		return 0;
	}
	cut_back(&d->samples, d->samples_end);
	cut_back(&d->blocks, d->blocks_end);
	return fm_fail(why, err,
		       "%.100s: %s; the %llu blocks before it are kept: free "
		       "space, or choose --out on another disk",
		       d->path, strerror(err),
		       (unsigned long long)d->committed);
}

int fm_rundir_close(struct fm_rundir *d)
{
	int err = 0;

	if (d->samples && fclose(d->samples))
		err = -errno;
	if (d->blocks && fclose(d->blocks))
		err = -errno;
	d->samples = d->blocks = NULL;
	return err;
}

/* The folder's own name, HOST/TIME's TIME, of a path to its plan.tsv. */
static const char *name_of(const char *plan, char *name, size_t size)
{
	const char *end = strrchr(plan, '/'), *at = end;

	while (at > plan && at[-1] != '/')
		at--;
	snprintf(name, size, "%.*s", (int)(end - at), at);
	return name;
}

/* Names with their numbers compared as numbers: ...Z before ...Z-2. */
static int is_later(const char *plan, const char *than)
{
	char a[256], b[256];

	return strverscmp(name_of(plan, a, sizeof(a)),
			  name_of(than, b, sizeof(b))) > 0;
}

/* For glob(3): every plan.tsv two folders down, dir itself taken literally. */
static void make_pattern(const char *dir, char *pattern, size_t size)
{
	size_t n = 0;

	for (; *dir && n + 32 < size; dir++) {
		if (strchr("*?[\\", *dir))
			pattern[n++] = '\\';
		pattern[n++] = *dir;
	}
	snprintf(pattern + n, size - n, "/*/*/plan.tsv");
}

int fm_rundir_find(const char *arg, char *path, size_t size, struct fm_why *why)
{
	char pattern[PATH_MAX];
	const char *newest = NULL;
	glob_t found = { 0 };

	if (arg) {
		snprintf(path, size, "%s", arg);
		snprintf(pattern, sizeof(pattern), "%s/plan.tsv", arg);
		if (access(pattern, R_OK) == 0)
			return 0;
		return fm_fail(why, ENOENT,
			       "%.150s: no run is there (no readable "
			       "plan.tsv); name a run's folder, HOST/TIME in "
			       "%.50s",
			       arg, results());
	}
	make_pattern(results(), pattern, sizeof(pattern));
	if (glob(pattern, 0, NULL, &found) == 0)
		for (size_t i = 0; i < found.gl_pathc; i++)
			if (!newest || is_later(found.gl_pathv[i], newest))
				newest = found.gl_pathv[i];
	if (newest)
		snprintf(path, size, "%.*s",
			 (int)(strrchr(newest, '/') - newest), newest);
	globfree(&found);
	return newest ? 0 :
			fm_fail(why, ENOENT,
				"no run under %.100s; measure one with "
				"forkmeter run, or name its folder",
				results());
}
