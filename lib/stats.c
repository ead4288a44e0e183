/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statistics of two-level data, by the GNU Scientific Library. */
#include <math.h>
#include <string.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include "stats.h"

double fm_stats_median(double *x, size_t n)
{
	gsl_sort(x, 1, n);
	return gsl_stats_median_from_sorted_data(x, 1, n);
}

struct fm_spread fm_stats_spread(double *x, double *work, size_t n)
{
	struct fm_spread s;

	gsl_sort(x, 1, n);
	s.mean = gsl_stats_mean(x, 1, n);
	s.sd = n > 1 ? gsl_stats_sd_m(x, 1, n, s.mean) : NAN;
	s.mad = gsl_stats_mad0(x, 1, n, work);
	s.min = x[0];
	s.max = x[n - 1];
	s.p1 = gsl_stats_quantile_from_sorted_data(x, 1, n, 0.01);
	s.p5 = gsl_stats_quantile_from_sorted_data(x, 1, n, 0.05);
	s.p25 = gsl_stats_quantile_from_sorted_data(x, 1, n, 0.25);
	s.p75 = gsl_stats_quantile_from_sorted_data(x, 1, n, 0.75);
	s.p90 = gsl_stats_quantile_from_sorted_data(x, 1, n, 0.90);
	s.p95 = gsl_stats_quantile_from_sorted_data(x, 1, n, 0.95);
	s.p99 = gsl_stats_quantile_from_sorted_data(x, 1, n, 0.99);
	s.p999 = gsl_stats_quantile_from_sorted_data(x, 1, n, 0.999);
	return s;
}

void fm_stats_histogram(const double *sorted, size_t n, double hi,
			size_t *count, size_t bins)
{
	double lo = sorted[0], width = log(hi / lo) / (double)bins;

	memset(count, 0, bins * sizeof(*count));
	for (size_t i = 0; i < n; i++) {
		size_t bin = 0;

		if (lo > 0 && hi > lo)
			bin = (size_t)(log(sorted[i] / lo) / width);
		count[bin < bins ? bin : bins - 1]++;
	}
}
