/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a run's samples to its summary. */
#ifndef FM_SUMMARY_H
#define FM_SUMMARY_H

#include <stddef.h>

#include "err.h"

struct fm_summary_facts {
	size_t points;	 /* lines of summary.tsv */
	size_t samples;	 /* that belong to a complete block */
	size_t torn;	 /* that do not, and are left out */
	size_t broken;	 /* lines whose verdict is broken */
	size_t disagree; /* lines whose faults are not the model's */
	size_t blocks_broken;
};

/*
 * Reads plan.tsv, blocks.tsv and samples.tsv of the run in dir and writes
 * summary.tsv anew (by way of summary.tsv.part). Samples of a block that
 * blocks.tsv does not name, or not with that many samples, are left out.
 * Returns 0 or -errno.
 */
int fm_summary_make(const char *dir, struct fm_summary_facts *facts,
		    struct fm_why *why);

/* The same, written to another folder than the run's. */
int fm_summary_make_in(const char *out, const char *dir,
		       struct fm_summary_facts *facts, struct fm_why *why);

/*
 * A run's derived tables, summary.tsv and quantiles.tsv, as up to date as its
 * samples: in its folder, or where that is not writable in a temporary one.
 */
struct fm_derived {
	char dir[4096];
	int is_temporary;
};

/*
 * Makes them where they are missing or older than what they are made of.
 * Returns 0 or -errno. To be closed, which removes a temporary folder.
 */
int fm_derived_open(struct fm_derived *derived, const char *run,
		    struct fm_why *why);
void fm_derived_close(struct fm_derived *derived);

#endif
