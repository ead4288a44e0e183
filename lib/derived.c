/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run's derived tables, up to date, wherever they can be written. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "summary.h"

static const char *const made[] = { "summary", "quantiles", "stability",
				    "noise", "slopes" };
static const char *const sources[] = { "blocks", "samples" };

enum { MADE = sizeof(made) / sizeof(*made), SOURCES = 2 };

static int is_newer(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec != b->tv_sec ? a->tv_sec > b->tv_sec :
					a->tv_nsec > b->tv_nsec;
}

static int state_of(const char *dir, const char *table, struct stat *state)
{
	char path[PATH_MAX + 16];

	snprintf(path, sizeof(path), "%s/%s.tsv", dir, table);
	return stat(path, state);
}

/* Those without which a run says nothing stand first. */
enum { NEEDED = 2 };

/*
 * All are there, hold something, and nothing they are made of is newer. Where
 * samples were deleted to save space, there are those that were made before,
 * by whatever version of us; a copy of such a run may have got any times.
 */
static int is_fresh(const char *dir)
{
	struct stat table, source;
	int is_all_there = state_of(dir, "samples", &source) == 0;

	for (int i = 0; i < (is_all_there ? MADE : NEEDED); i++) {
		if (state_of(dir, made[i], &table) < 0 || !table.st_size)
			return 0;
		for (int k = 0; k < SOURCES && is_all_there; k++)
			if (state_of(dir, sources[k], &source) == 0 &&
			    is_newer(&source.st_mtim, &table.st_mtim))
				return 0;
	}
	return 1;
}

static int make_elsewhere(struct fm_derived *d, const char *run,
			  struct fm_why *why)
{
	const char *tmp = getenv("TMPDIR");
	struct fm_summary_facts facts;

	snprintf(d->dir, sizeof(d->dir), "%s/forkmeter-XXXXXX",
		 tmp && *tmp ? tmp : "/tmp");
	if (!mkdtemp(d->dir))
		return fm_fail(why, errno,
			       "%.100s is not writable, and neither is %.100s: "
			       "%s; set TMPDIR to where you may write",
			       run, d->dir, strerror(errno));
	d->is_temporary = 1;
	return fm_summary_make_in(d->dir, run, &facts, why);
}

int fm_derived_open(struct fm_derived *d, const char *run, struct fm_why *why)
{
	struct fm_summary_facts facts;
	int err;

	d->is_temporary = 0;
	snprintf(d->dir, sizeof(d->dir), "%s", run);
	if (is_fresh(run))
		return 0;
	err = fm_summary_make(run, &facts, why);
	return err == -EACCES || err == -EROFS ? make_elsewhere(d, run, why) :
						 err;
}

void fm_derived_close(struct fm_derived *d)
{
	char path[PATH_MAX + 16];

	for (int i = 0; i < MADE && d->is_temporary; i++) {
		snprintf(path, sizeof(path), "%s/%s.tsv", d->dir, made[i]);
		unlink(path);
	}
	if (d->is_temporary)
		rmdir(d->dir);
	d->is_temporary = 0;
}
