/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Programs of two builds, written to disk in one and the same way. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "programs.h"

/* What children exec is beside the worker, as far as it was built. */
static const char *const names[] = { "forkmeter-worker", "forkmeter-target",
				     "forkmeter-target-static",
				     "forkmeter-target-dynamic" };
enum { NAMES = sizeof(names) / sizeof(*names) };

static int copy_bytes(int from, int to)
{
	static char buf[1 << 16];
	ssize_t n;
	int err = 0;

	while (!err && (n = read(from, buf, sizeof(buf))) != 0)
		err = n < 0 ? -errno : fm_file_write_all(to, buf, (size_t)n);
	return err;
}

static int copy(const char *from, const char *to)
{
	int in = open(from, O_RDONLY | O_CLOEXEC), out, err;

	if (in < 0)
		return -errno;
	out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0755);
	err = out < 0 ? -errno : copy_bytes(in, out);
	if (out >= 0 && close(out) < 0 && !err)
		err = -errno;
	close(in);
	return err;
}

int fm_programs_copy(struct fm_programs *p, const char *dir, struct fm_why *why)
{
	char from[PATH_MAX], to[PATH_MAX];
	int err = mkdir(dir, 0755) < 0 ? -errno : 0;

	for (int i = 0; i < NAMES && !err; i++) {
		snprintf(from, sizeof(from), "%s/%s", i ? p->libexec : "",
			 names[i]);
		if (!i)
			snprintf(from, sizeof(from), "%s", p->worker);
		snprintf(to, sizeof(to), "%s/%s", dir, names[i]);
		err = copy(from, to);
		if (err == -ENOENT && i)
			err = 0;
	}
	if (err)
		return fm_fail(why, -err, "%.150s: %s", dir, strerror(-err));
	snprintf(p->libexec, sizeof(p->libexec), "%s", dir);
	snprintf(p->worker, sizeof(p->worker), "%s/%s", dir, names[0]);
	return 0;
}

void fm_programs_remove(const char *dir)
{
	char path[PATH_MAX];

	for (int i = 0; i < NAMES; i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, names[i]);
		unlink(path);
	}
	rmdir(dir);
}
