/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ratios of two sides as their rounds end. */
#ifndef FM_DIFFERENCES_H
#define FM_DIFFERENCES_H

#include "levels.h"

/* All zero: nothing yet. */
struct fm_differences {
	struct fm_known *known; /* what the rule looks at: logs of ratios */
	struct fm_difference {
		double *log; /* new less base, a round that has both */
		size_t n, room;
	} * difference; /* of each known */
	size_t n;
};

/*
 * Adds the round that has just ended of two points that are partners: for each
 * metric of base the newest medians of both (fm_levels_take). Returns 0 or
 * -ENOMEM.
 */
int fm_differences_add(struct fm_differences *differences,
		       struct fm_levels *base,
		       const struct fm_plan_row *base_point,
		       struct fm_levels *new,
		       const struct fm_plan_row *new_point);

void fm_differences_free(struct fm_differences *differences);

#endif
