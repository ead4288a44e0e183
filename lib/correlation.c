/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much a series' values are like the ones before. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_statistics_double.h>

#include "correlation.h"

enum { LEAST = 10 };

int fm_correlation(const double *x, size_t n, double *r)
{
	double *step = calloc(3 * n + 1, sizeof(*step)), ranks, found;

	*r = 0;
	if (!step)
		return -ENOMEM;
	if (n >= LEAST) {
		for (size_t i = 1; i < n; i++)
			step[i - 1] = x[i] - x[i - 1];
		ranks = gsl_stats_spearman(step, 1, step + 1, 1, n - 2,
					   step + n);
		found = 1 + 4 * sin(M_PI / 6 * ranks) - sqrt(2 / (double)n);
		if (found > 0) /* of equal values it is none */
			*r = fmin(found, FM_CORRELATION_MOST);
	}
	free(step);
	return 0;
}

double fm_correlation_widens(double r)
{
	return sqrt((1 + r) / (1 - r));
}
