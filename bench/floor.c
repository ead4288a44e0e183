/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The noise floors that forkmeter selfcheck left for a machine. */
#include <glob.h>
#include <limits.h>
#include <string.h>

#include "compare.h"
#include "rundir.h"

int fm_floor_find(struct fm_floor *floor, const char *host_id,
		  struct fm_why *why)
{
	char pattern[PATH_MAX], dir[PATH_MAX];
	glob_t found = { 0 };
	int err = 0;

	fm_rundir_pattern(fm_rundir_results(), "*/selfcheck.tsv", pattern,
			  sizeof(pattern));
	if (glob(pattern, 0, NULL, &found) == 0)
		for (size_t i = 0; i < found.gl_pathc && !err; i++) {
			const char *path = found.gl_pathv[i];

			snprintf(dir, sizeof(dir), "%.*s",
				 (int)(strrchr(path, '/') - path), path);
			err = fm_floor_load(floor, dir, host_id, why);
		}
	globfree(&found);
	return err;
}
