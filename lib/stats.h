/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Statistics of two-level data: samples within blocks. The blocks are the
 * independent observations; an interval that took samples for independent
 * would be too narrow.
 */
#ifndef FM_STATS_H
#define FM_STATS_H

#include <stddef.h>

/*
 * The median of n values (n > 0; type 7, gsl_stats_median_from_sorted_data).
 * Sorts x.
 */
double fm_stats_median(double *x, size_t n);

struct fm_interval {
	double middle, lo, hi; /* lo and hi are NaN where there is none */
};

/* Fewer blocks give no interval. */
enum { FM_STATS_LEAST_BLOCKS = 3 };

/*
 * Back-transformed mean of the logarithms of k block statistics, and Student's
 * t interval of that mean with k - 1 degrees of freedom:
 *
 *	exp(m -+ t(1 - (1 - level) / 2; k - 1) * s / sqrt(k))
 *
 * with m and s the mean and standard deviation of log(block). No interval for
 * k < FM_STATS_LEAST_BLOCKS. Where a block is not positive, logarithms do not
 *exist: the middle is then the plain mean, and there is no interval.
 */
struct fm_interval fm_stats_blocks(const double *block, size_t k, double level);

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
