/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values of one metric of one point, block after block. */
#ifndef FM_SERIES_H
#define FM_SERIES_H

#include "metric.h"
#include "record.h"

struct fm_series {
	const struct fm_plan_row *point;
	const struct fm_metric *of;
	const char *metric; /* its name */
	double pages;	    /* of the point's walk */
	double *value;
	struct fm_series_block {
		size_t start; /* index of its first value */
		uint64_t block, round;
	} * block;
	size_t n, room, blocks, block_room;
	size_t failed, disturbed, extra;
	uint64_t *minflt; /* of each value */
	unsigned char
		*clean; /* of each value: neither preempted nor migrated */
	uint64_t minflt_expected;
	uint64_t ops; /* of a sample */
	int mixed;    /* blocks expect different counts of faults */
};

/* An empty series of that metric of the point, to be closed. */
void fm_series_open(struct fm_series *series, const struct fm_plan_row *point,
		    const struct fm_metric *metric);
void fm_series_close(struct fm_series *series);

/*
 * Adds the sample's value of the metric, if it has one; of a counter, sample
 * is the head of a struct fm_counted_sample. A sample that is marked failed is
 * counted and left out. Returns 1 when it had one, 0, or -ENOMEM.
 */
int fm_series_add(struct fm_series *series, const struct fm_sample *sample);

/*
 * The quantiles of each block, series->blocks of them, to be freed. Returns 0
 * or -ENOMEM.
 */
int fm_series_quantiles(const struct fm_series *series,
			struct fm_quantile_row **rows);

/*
 * The median of each block's clean samples, where it has any; k of them, to be
 * freed. Returns 0 or -ENOMEM.
 */
int fm_series_clean_medians(const struct fm_series *series, double **medians,
			    size_t *k);

/* The commonest of n values, FM_ABSENT for none. Sorts x. */
uint64_t fm_series_mode(uint64_t *x, size_t n);

#endif
