/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of summary.tsv: what a series of values amounts to. */
#ifndef FM_SUMMARY_ROW_H
#define FM_SUMMARY_ROW_H

#include "quantiles.h"
#include "series.h"

#define FM_SUMMARY_LEVEL 0.95 /* of every interval */
enum { FM_SUMMARY_BINS = 12 };

/* An empty row of that point and metric, in ns. */
void fm_summary_begin(struct fm_summary_row *row,
		      const struct fm_plan_row *point, const char *metric);
/* "ok", "disagrees" or "broken". */
const char *fm_summary_verdict(const struct fm_series *series);
void fm_summary_put_bins(struct fm_summary_row *row, const size_t *count);

/*
 * Puts in what the k blocks say together: the median and other quantiles that
 * all of them support, each as exp of the mean of logarithms with its interval.
 * For that to hold FM_SUMMARY_LEVEL, Student's t is taken at t_level: the same,
 * or fm_stopping_level of it where precision ended the run.
 * Where a median is not positive there are no logarithms: the row's median is
 * then their plain mean, which has an interval where it counts something (the
 * row's unit is not ns).
 */
void fm_summary_put_blocks(struct fm_summary_row *row,
			   const struct fm_quantile_row *blocks, size_t k,
			   double t_level);

/*
 * Fills the row: the point's columns, what its blocks (series->blocks of them)
 * say together, descriptive figures of all values, counts of marks, and the
 * verdict. Sorts the series' values. Returns 0 or -ENOMEM.
 */
int fm_summary_row_make(struct fm_series *series,
			const struct fm_quantile_row *blocks, double t_level,
			struct fm_summary_row *row);

#endif
