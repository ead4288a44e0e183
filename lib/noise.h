/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which disturbance goes with the level of blocks. All points are looked at
 * together: what is correlated is how far a block lies from its own point's
 * level, in units of the point's spread, with how much more of the disturbance
 * by the second it met than is usual at its point.
 */
#ifndef FM_NOISE_H
#define FM_NOISE_H

#include "record.h"

#define FM_NOISE_ALPHA 0.05 /* of all claims of a table together */

enum {
	FM_NOISE_LEAST_BLOCKS = 12,   /* beyond one a point; fewer, no claim */
	FM_NOISE_LEAST_DISTURBED = 3, /* and as many undisturbed ones */
};

struct fm_noise_block {
	const struct fm_block_row *row;
	uint64_t point;
	double log_median;
};

struct fm_noise {
	struct fm_noise_block *block; /* point by point */
	size_t n, room;
};

/*
 * Adds a block's median of its point's main metric. Blocks without a positive
 * one are passed over. Returns 0 or -ENOMEM.
 */
int fm_noise_add(struct fm_noise *noise, const struct fm_block_row *row,
		 const struct fm_quantile_row *quantiles);

/*
 * One row for each disturbance that varied within the points, n of them, to be
 * freed. Points with fewer than FM_LEAST_BLOCKS blocks, or whose medians are
 * all equal, say nothing and are left out. p is one-sided Student's t of the
 * rank correlation; its degrees of freedom are the blocks less one for each
 * point and one for the correlation, in the proportion of those that would say
 * as much were they independent: n / (1 + 2 sum (1 - k / n) r(k) s(k)), with
 * the autocorrelations r and s in time of both sides up to lag n / 5 (B. J.
 * Pyper and R. M. Peterman, Canadian Journal of Fisheries and Aquatic Sciences
 * 55, 1998). ratio is the estimate within points, its error White's
 * (Econometrica 48, 1980). Returns 0 or -ENOMEM.
 */
int fm_noise_make(const struct fm_noise *noise, struct fm_noise_row **rows,
		  size_t *n);

void fm_noise_free(struct fm_noise *noise);

#endif
