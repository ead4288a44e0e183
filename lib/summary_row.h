/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of summary.tsv: what a series of values amounts to. */
#ifndef FM_SUMMARY_ROW_H
#define FM_SUMMARY_ROW_H

#include "record.h"
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
 * Fills the row: the point's columns, the median over blocks with its interval,
 * descriptive figures of all values, counts of marks, and the verdict. Sorts
 * the series' values. Returns 0 or -ENOMEM.
 */
int fm_summary_row_make(struct fm_series *series, struct fm_summary_row *row);

#endif
