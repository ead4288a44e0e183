/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run's folder: made, found, and written to a whole block at a time. */
#ifndef FM_RUNDIR_H
#define FM_RUNDIR_H

#include <limits.h>
#include <stdio.h>

#include "counted.h"
#include "plan.h"
#include "reply.h"

/* samples.tsv, histograms.tsv and blocks.tsv. */
enum { FM_RUNDIR_FILES = 3 };

enum { FM_HOST_MAX = 47 }; /* bytes of a machine's name, as tables hold it */

struct fm_rundir {
	char path[PATH_MAX];
	FILE *file[FM_RUNDIR_FILES];
	off_t end[FM_RUNDIR_FILES];	/* of what is committed */
	uint64_t committed;		/* blocks */
	const struct fm_table *samples; /* with a run's counters */
};

/*
 * Makes the folder: out, which must not hold anything, or for NULL
 * HOST/UTC-TIMESTAMP under $FORKMETER_RESULTS or results/; host as in
 * fm_rundir_host. Writes plan.tsv and the other tables' headers, of samples.tsv
 * with what is counted (NULL: nothing), which must live on. Returns 0 or -errno
 * with the reason in why.
 */
int fm_rundir_create(struct fm_rundir *dir, const char *out, const char *host,
		     const struct fm_plan *plan,
		     const struct fm_counted *counted, struct fm_why *why);

/*
 * Only the folder itself, with nothing in it, in d->path; the dated one's name
 * ends in suffix. Returns as fm_rundir_create.
 */
int fm_rundir_make(struct fm_rundir *dir, const char *out, const char *host,
		   const char *suffix, struct fm_why *why);

/*
 * Appends the block's samples, with counts as fm_counted_row has them, and
 * histograms, then its line, which commits them. On failure all files are cut
 * back to what was committed. Returns 0 or -errno.
 */
int fm_rundir_commit(struct fm_rundir *dir, const struct fm_reply *reply,
		     const struct fm_sample *samples,
		     const struct fm_count_group *group, const uint64_t *counts,
		     struct fm_why *why);

/* Returns 0 or -errno. */
int fm_rundir_close(struct fm_rundir *dir);

/* For glob(3): every such file in dir, which itself is taken literally. */
void fm_rundir_pattern(const char *dir, const char *file, char *pattern,
		       size_t size);

/* The folder of all runs: $FORKMETER_RESULTS, or results. */
const char *fm_rundir_results(void);

/*
 * Whether a machine can have this name, for it becomes that of a folder and
 * stands in tables. Returns 0, or -EINVAL with the reason in why.
 */
int fm_rundir_check_host(const char *host, struct fm_why *why);

/*
 * The folder of the runs of that host (NULL: this one), below that of all runs;
 * made where it is not there. Returns 0, or -errno with the reason in why.
 */
int fm_rundir_host(const char *host, char *path, size_t size,
		   struct fm_why *why);

/*
 * The run that arg names: of a folder that holds runs, or folders of them, the
 * newest of those that were measured; for NULL of all runs.
 * Returns 0, or -ENOENT with what to do in why.
 */
int fm_rundir_find(const char *arg, char *path, size_t size,
		   struct fm_why *why);

/*
 * Calls fn with the folder of each run that arg names: a run, several separated
 * by commas, or all in a folder that holds runs, or folders of them, by name.
 * Returns 0, what fn returned, or -ENOENT with what to do in why.
 */
typedef int fm_rundir_fn(const char *path, void *ctx, struct fm_why *why);
int fm_rundir_each(const char *arg, fm_rundir_fn *fn, void *ctx,
		   struct fm_why *why);

/* The same for every run below the folder of all runs, but no sides of two. */
int fm_rundir_all(fm_rundir_fn *fn, void *ctx, struct fm_why *why);

#endif
