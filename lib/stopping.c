/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When enough has been measured: precision as the stopping rule. */
#include <math.h>

#include "stopping.h"

double fm_stopping_level(double level)
{
	return 1 - 0.86 * (1 - level);
}

double fm_stopping_width(struct fm_mean mean, double level)
{
	struct fm_interval i = fm_mean_interval(mean, fm_stopping_level(level));

	return isnan(i.lo) ? INFINITY : expm1((i.hi - i.lo) / 2);
}

int fm_stopping_reached(struct fm_mean mean, double level, double precision)
{
	return mean.n >= FM_STOPPING_LEAST_BLOCKS &&
	       fm_stopping_width(mean, level) <= precision;
}

double fm_stopping_blocks(struct fm_mean mean, double level, double precision)
{
	double width = fm_stopping_width(mean, level);
	double shrink = log1p(width) / log1p(precision);

	if (isinf(width))
		return INFINITY;
	return fmax(ceil((double)mean.n * shrink * shrink),
		    FM_STOPPING_LEAST_BLOCKS);
}
