/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Descriptive figures of samples; intervals are lib/contrast.h's. */
#ifndef FM_STATS_H
#define FM_STATS_H

#include <stddef.h>

/*
 * The median of n values (n > 0; type 7, gsl_stats_median_from_sorted_data).
 * Sorts x.
 */
double fm_stats_median(double *x, size_t n);

struct fm_spread {
	double mean, sd, mad, min, max;
	double p1, p5, p25, p75, p90, p95, p99, p999;
};

/*
 * Descriptive figures of all n samples pooled (n > 0), for which no interval is
 * claimed. sd is NaN for n = 1. Sorts x; work holds n values.
 */
struct fm_spread fm_stats_spread(double *x, double *work, size_t n);

/*
 * Counts the n sorted values in bins of equal width in the logarithm from the
 * first value to hi; what is above hi is in the last one. Where the first value
 * is not positive, or not below hi, all are in the first bin.
 */
void fm_stats_histogram(const double *sorted, size_t n, double hi,
			size_t *count, size_t bins);

#endif
