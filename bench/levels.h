/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The level of each point and metric as its blocks end: of medians, the mean.
 */
#ifndef FM_LEVELS_H
#define FM_LEVELS_H

#include "precision.h"
#include "reply.h"
#include "running.h"

/*
 * All zero: nothing yet. A block's samples are gone when it is added: what is
 * kept grows with the points, not with the blocks.
 */
struct fm_levels {
	struct fm_known *known; /* what the rule looks at */
	struct fm_running *log; /* of each: logarithms of block medians */
	double *last;		/* of each: the newest of them */
	size_t n, room;
};

/*
 * Adds a block of the point, whose samples have their marks: its median in each
 * metric, as in quantiles.tsv, or the reason why it has none. The floor (null)
 * is left out, for which a clock's step is 2 %, and so are touch_ns and
 * first_touch_ns, which are no metrics of samples. Returns 0 or -ENOMEM.
 */
int fm_levels_add(struct fm_levels *levels, const struct fm_plan_row *point,
		  const struct fm_reply *reply,
		  const struct fm_sample *samples);

/*
 * The logarithm of the newest block's median, once: NaN where no block was
 * added since it was last asked for.
 */
double fm_levels_take(struct fm_levels *levels, const struct fm_plan_row *point,
		      const char *metric);

void fm_levels_free(struct fm_levels *levels);

#endif
