/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run's folder: made, found, and written to a whole block at a time. */
#ifndef FM_RUNDIR_H
#define FM_RUNDIR_H

#include <limits.h>
#include <stdio.h>

#include "plan.h"

struct fm_rundir {
	char path[PATH_MAX];
	FILE *samples, *blocks;
	off_t samples_end, blocks_end; /* of what is committed */
	uint64_t committed;	       /* blocks */
};

/*
 * Makes the folder: out, which must not hold anything, or for NULL
 * HOST/UTC-TIMESTAMP under $FORKMETER_RESULTS or results/. Writes plan.tsv and
 * the other tables' headers. Returns 0 or -errno with the reason in why.
 */
int fm_rundir_create(struct fm_rundir *dir, const char *out,
		     const struct fm_plan *plan, struct fm_why *why);

/*
 * Appends n samples, then the block's line, which commits them. On failure
 * both files are cut back to what was committed. Returns 0 or -errno.
 */
int fm_rundir_commit(struct fm_rundir *dir, const struct fm_block_row *block,
		     const struct fm_sample *samples, size_t n,
		     struct fm_why *why);

/* Returns 0 or -errno. */
int fm_rundir_close(struct fm_rundir *dir);

/*
 * The run that arg names, or for NULL the newest one. Returns 0, or -ENOENT
 * with what to do in why.
 */
int fm_rundir_find(const char *arg, char *path, size_t size,
		   struct fm_why *why);

#endif
