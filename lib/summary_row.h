/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of summary.tsv: what a series of values amounts to. */
#ifndef FM_SUMMARY_ROW_H
#define FM_SUMMARY_ROW_H

#include "record.h"
#include "series.h"

/*
 * Fills the row: the point's columns, the median over blocks with its interval,
 * descriptive figures of all values, counts of marks, and the verdict. Sorts
 * the series' values. Returns 0 or -ENOMEM.
 */
int fm_summary_row_make(struct fm_series *series, struct fm_summary_row *row);

#endif
