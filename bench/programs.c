/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the other programs are, of this forkmeter or of another. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "programs.h"

static void cut_last(char *path)
{
	char *slash = strrchr(path, '/');

	if (slash)
		*slash = '\0';
}

static int is_there(struct fm_programs *programs, const char *dir)
{
	snprintf(programs->libexec, sizeof(programs->libexec), "%s", dir);
	snprintf(programs->worker, sizeof(programs->worker),
		 "%s/forkmeter-worker", programs->libexec);
	return access(programs->worker, X_OK) == 0;
}

static int is_below_prefix_of(struct fm_programs *programs, const char *bin)
{
	char prefix[PATH_MAX], libexec[PATH_MAX + 32];

	snprintf(prefix, sizeof(prefix), "%s", bin);
	cut_last(prefix);
	snprintf(libexec, sizeof(libexec), "%s/libexec/forkmeter", prefix);
	return is_there(programs, libexec);
}

int fm_programs_find(struct fm_programs *programs, struct fm_why *why)
{
	const char *asked = getenv("FORKMETER_LIBEXEC");
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

	self[n > 0 ? n : 0] = '\0';
	cut_last(self);
	if (is_there(programs, asked && *asked ? asked : self) ||
	    is_below_prefix_of(programs, self) ||
	    is_there(programs, PKGLIBEXECDIR))
		return 0;
	return fm_fail(
		why, ENOENT,
		"forkmeter-worker is neither beside this program, nor in "
		"../libexec/forkmeter or %s; run make, or make install",
		PKGLIBEXECDIR);
}

/* Beside it in a build tree; below the same prefix where it is installed. */
int fm_programs_of(const char *driver, struct fm_programs *programs,
		   struct fm_why *why)
{
	char dir[PATH_MAX];
	struct stat st;

	if (!realpath(driver, dir) || stat(dir, &st) < 0)
		return fm_fail(why, ENOENT,
			       "%.150s: %s; name another forkmeter, or leave "
			       "it out",
			       driver, strerror(errno));
	if (!S_ISDIR(st.st_mode) && access(dir, X_OK) < 0)
		return fm_fail(why, ENOENT,
			       "%.150s: no program; name another forkmeter, or "
			       "leave it out",
			       driver);
	if (!S_ISDIR(st.st_mode))
		cut_last(dir);
	if (is_there(programs, dir) || is_below_prefix_of(programs, dir))
		return 0;
	return fm_fail(why, ENOENT,
		       "%.150s: no forkmeter-worker beside it, nor in "
		       "../libexec/forkmeter; run make there, or make install",
		       driver);
}
