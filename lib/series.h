/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values of one metric of one point, block after block. */
#ifndef FM_SERIES_H
#define FM_SERIES_H

#include "record.h"

struct fm_series {
	const struct fm_plan_row *point;
	const char *metric;
	const struct fm_column *column; /* NULL: op_ns */
	double *value;
	size_t *block_start; /* index of each block's first value */
	uint64_t last_block;
	size_t n, room, blocks, block_room;
	size_t failed, disturbed, extra;
	uint64_t *minflt; /* of each value */
	uint64_t minflt_expected;
};

/*
 * Adds the sample's value of the metric, if it has one. A sample that is marked
 * failed is counted and left out. Returns 0 or -ENOMEM.
 */
int fm_series_add(struct fm_series *series, const struct fm_sample *sample);

/* The median of each block, blocks of them; to be freed. 0 or -ENOMEM. */
int fm_series_block_medians(const struct fm_series *series, double **medians);

/* The commonest of n values, FM_ABSENT for none. Sorts x. */
uint64_t fm_series_mode(uint64_t *x, size_t n);

#endif
