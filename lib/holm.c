/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many tests at once. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>

#include "holm.h"

int fm_holm_adjust(double *p, size_t m)
{
	size_t *order = malloc((m + 1) * sizeof(*order)), made = 0;
	double least = 0, *sorted = calloc(m + 1, sizeof(*sorted));

	if (!order || !sorted) {
		free(order);
		free(sorted);
		return -ENOMEM;
	}
	for (size_t i = 0; i < m; i++) {
		sorted[i] = isnan(p[i]) ? INFINITY : p[i];
		made += !isnan(p[i]);
	}
	gsl_sort_index(order, sorted, 1, m);
	for (size_t i = 0; i < made; i++) {
		double adjusted = p[order[i]] * (double)(made - i);

		least = fmax(least, fmin(adjusted, 1));
		p[order[i]] = least;
	}
	free(order);
	free(sorted);
	return 0;
}

double fm_holm_p(struct fm_mean mean)
{
	if (!isfinite(mean.value) || !(mean.se > 0) || !(mean.df > 0))
		return NAN;
	return 2 * gsl_cdf_tdist_Q(fabs(mean.value) / mean.se, mean.df);
}
