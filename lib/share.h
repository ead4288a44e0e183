/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A share of what was counted in blocks, and what is known of it. */
#ifndef FM_SHARE_H
#define FM_SHARE_H

#include <stddef.h>

#include "contrast.h"

/* Of one block: so many of so many. */
struct fm_share_block {
	size_t hits, n;
};

/*
 * All hits by all n, with an interval of that level. From FM_LEAST_BLOCKS
 * blocks on (of those with n > 0) blocks are the independent observations: the
 * interval is Clopper and Pearson's of as many observations as would give the
 * variance that the blocks show, allowed for their number (E. L. Korn and B. I.
 * Graubard, Survey Methodology 24, 1998), and never narrower than that of n
 * independent ones. With fewer blocks it is that, and *by_blocks is 0. All NaN
 * where nothing was counted.
 */
struct fm_interval fm_share(const struct fm_share_block *block, size_t blocks,
			    double level, int *by_blocks);

#endif
