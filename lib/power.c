/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a comparison of so many rounds can find. */
#include <math.h>
#include <stdint.h>

#include <gsl/gsl_cdf.h>

#include "contrast.h"
#include "power.h"

enum { ROUNDS_MAX = 1000000 };

/*
 * How many standard errors lie between a truth and the edge that an interval at
 * level must not reach, if it is to stay clear of it with that probability. The
 * interval's own width is a matter of chance, too: noncentral t, by Johnson and
 * Welch's approximation (Biometrika 31, 1940).
 */
static double reach(double level, double probability, size_t rounds)
{
	double df = (double)fm_trimmed_count(rounds) - 1;
	double t = gsl_cdf_tdist_Pinv(0.5 + level / 2, df);

	return (t + gsl_cdf_ugaussian_Pinv(probability) *
			    sqrt(1 + t * t / (2 * df))) /
	       sqrt((double)rounds);
}

double fm_power_same(const struct fm_power *p, size_t rounds)
{
	if (rounds < 2)
		return INFINITY;
	return p->sd * reach(p->level, (1 + p->power) / 2, rounds);
}

double fm_power_effect(const struct fm_power *p, size_t rounds)
{
	struct fm_power equal = *p;
	double delta = p->delta;

	if (rounds < 2)
		return INFINITY;
	equal.power = FM_POWER_SAME;
	if (isnan(delta))
		delta = fm_power_same(&equal, rounds);
	return delta + p->sd * reach(p->level, p->power, rounds);
}

size_t fm_power_rounds(const struct fm_power *p, double effect)
{
	size_t lo = 2, hi = ROUNDS_MAX;

	if (!(fm_power_effect(p, hi) <= effect))
		return SIZE_MAX;
	while (lo < hi) {
		size_t middle = lo + (hi - lo) / 2;

		if (fm_power_effect(p, middle) <= effect)
			hi = middle;
		else
			lo = middle + 1;
	}
	return lo;
}
