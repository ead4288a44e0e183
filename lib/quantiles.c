/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a block's samples amount to: the observations of all statistics. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include "quantiles.h"
#include "stats.h"

int fm_quantiles_supported(size_t n, double q)
{
	double beyond = (double)n * (q < 0.5 ? q : 1 - q);

	/* A median is told of any block; 1 - q is not exact in binary. */
	return q == 0.5 || beyond > FM_QUANTILES_BEYOND - 1e-6;
}

static double quantile(const double *sorted, size_t n, double q)
{
	return fm_quantiles_supported(n, q) ?
		       gsl_stats_quantile_from_sorted_data(sorted, 1, n, q) :
		       NAN;
}

static double median_of(double *x, size_t n)
{
	return n ? fm_stats_median(x, n) : NAN;
}

void fm_quantiles_fill(struct fm_quantile_row *row, double *x, size_t n)
{
	row->n = n;
	/* Of equally many samples, or a skewed distribution would look warm. */
	row->early = median_of(x, n / 2);
	row->late = median_of(x + n - n / 2, n / 2);
	gsl_sort(x, 1, n);
	row->p10 = quantile(x, n, 0.10);
	row->p25 = quantile(x, n, 0.25);
	row->median = quantile(x, n, 0.50);
	row->p75 = quantile(x, n, 0.75);
	row->p90 = quantile(x, n, 0.90);
	row->p99 = quantile(x, n, 0.99);
}

struct fm_mean fm_quantiles_blur(struct fm_mean mean, double step)
{
	/* Relative to a value of exp(mean). */
	return fm_mean_blur(mean, step * exp(-mean.value));
}

struct fm_mean fm_quantiles_mean(const struct fm_quantile_row *rows, size_t k,
				 size_t offset, double step)
{
	double *x = malloc((k + 1) * sizeof(*x));
	struct fm_mean mean = { NAN, NAN, 0, 0 };

	if (!x)
		return mean;
	for (size_t i = 0; i < k; i++)
		memcpy(&x[i], (const char *)&rows[i] + offset, sizeof(*x));
	mean = fm_mean_log(x, k);
	free(x);
	return fm_quantiles_blur(mean, step);
}
