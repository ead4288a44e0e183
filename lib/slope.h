/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a page of page tables adds: of points that differ in the size of their
 * memory alone, a straight line through their blocks' medians against the page
 * tables that their workers had (VmPTE), one a round, each median weighted by
 * its inverse square; the mean of the slopes, with Student's interval over
 * rounds.
 */
#ifndef FM_SLOPE_H
#define FM_SLOPE_H

#include "series.h"

enum { FM_SLOPE_LEAST_SIZES = 3 };

/* One block of one metric of one point. */
struct fm_slope_block {
	const struct fm_plan_row *point;
	const char *metric, *unit;
	uint64_t round;
	double pages, median; /* of page tables; of the metric */
};

struct fm_slopes {
	struct fm_slope_block *block;
	size_t n, room;
};

/*
 * Adds the blocks of a series (series->blocks of them), where row_of names the
 * line of blocks.tsv of block number i + 1. A series of no strategy, or of
 * batches, is passed over: only what forks copies page tables. Returns 0 or
 * -ENOMEM; the series must live on.
 */
int fm_slopes_add_series(struct fm_slopes *slopes,
			 const struct fm_series *series,
			 const struct fm_quantile_row *blocks,
			 const struct fm_block_row *const *row_of);

/*
 * A row for each set of points with at least FM_SLOPE_LEAST_SIZES sizes in a
 * round, to be freed; t_level as in summary_row.h. Returns 0 or -ENOMEM.
 */
int fm_slopes_make(struct fm_slopes *slopes, double t_level,
		   struct fm_slope_row **rows, size_t *n);
void fm_slopes_free(struct fm_slopes *slopes);

#endif
