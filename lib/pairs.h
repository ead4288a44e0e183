/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two runs of one sitting, round by round. */
#ifndef FM_PAIRS_H
#define FM_PAIRS_H

#include "contrast.h"
#include "record.h"

/* One metric of one point: a block median in ns a round, NaN where none is. */
struct fm_pair {
	const struct fm_plan_row *point;
	char metric[48];
	double *base, *new;
};

struct fm_pairs {
	struct fm_pair *pair;
	size_t n, rounds;
	struct fm_plan_row *plan; /* of base */
	size_t points;
};

/*
 * Reads the quantiles.tsv of two runs whose plans are the same, point by point;
 * the workload null, the floor of all others, is left out. Returns 0, -EINVAL
 * where the plans differ, -ENODATA where no block of one has a partner, or
 * -errno, with the reason in why.
 */
int fm_pairs_load(struct fm_pairs *pairs, const char *base, const char *new,
		  struct fm_why *why);
void fm_pairs_free(struct fm_pairs *pairs);

/* log(new / base) of the round; NaN where a side is missing or not positive. */
double fm_pair_difference(const struct fm_pair *pair, size_t round);

/* The trimmed mean of those differences, of the rounds that have one. */
struct fm_mean fm_pair_contrast(const struct fm_pair *pair, size_t rounds);

/*
 * What one round's difference contributes: the standard error of their trimmed
 * mean times the square root of their number. NaN below 3 of them.
 */
double fm_pair_sd(const struct fm_pair *pair, size_t rounds);

/*
 * The second half of the rounds against the first, both sides together: how far
 * the machine moves by itself while two runs are measured one after the other.
 */
struct fm_mean fm_pair_halves(const struct fm_pair *pair, size_t rounds);

#endif
