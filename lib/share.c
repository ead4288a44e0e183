/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A share of what was counted in blocks, and what is known of it. */
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "share.h"

/*
 * The p at which the regularised incomplete beta function I_p(a, b), which
 * grows with p, is tail; by bisection, for the reason in binomial_end.
 */
static double beta_quantile(double a, double b, double tail)
{
	double lo = 0, hi = 1;

	for (int i = 0; i < 60; i++) {
		double p = (lo + hi) / 2;

		if (gsl_cdf_beta_P(p, a, b) < tail)
			lo = p;
		else
			hi = p;
	}
	return (lo + hi) / 2;
}

/* Clopper and Pearson's, for numbers that need not be whole. */
static struct fm_interval exact(double p, double n, double level)
{
	double tail = (1 - level) / 2, hits = p * n;

	return (struct fm_interval){
		.middle = p,
		.lo = hits > 0 ? beta_quantile(hits, n - hits + 1, tail) : 0,
		.hi = hits < n ? beta_quantile(hits + 1, n - hits, 1 - tail) :
				 1,
	};
}

/* Of the ratio of two sums over blocks, by linearisation. */
static double variance(const struct fm_share_block *block, size_t blocks,
		       size_t k, double p, double n)
{
	double squares = 0;

	for (size_t i = 0; i < blocks; i++)
		squares +=
			pow((double)block[i].hits - p * (double)block[i].n, 2);
	return squares * (double)k / (double)(k - 1) / (n * n);
}

/* How many independent observations the blocks are worth: at most n. */
static double worth(const struct fm_share_block *block, size_t blocks, size_t k,
		    double p, double n, double level)
{
	double v = variance(block, blocks, k, p, n), one = (1 + level) / 2;
	double t = gsl_cdf_tdist_Pinv(one, (double)(k - 1));
	double t_all = gsl_cdf_tdist_Pinv(one, n > 2 ? n - 1 : 1);

	/* Where no block differs the spread says nothing of its size. */
	return v > 0 ? fmin(n, p * (1 - p) / v * pow(t_all / t, 2)) : n;
}

struct fm_interval fm_share(const struct fm_share_block *block, size_t blocks,
			    double level, int *by_blocks)
{
	double hits = 0, n = 0, p;
	size_t k = 0;

	for (size_t i = 0; i < blocks; i++) {
		hits += (double)block[i].hits;
		n += (double)block[i].n;
		k += block[i].n > 0;
	}
	*by_blocks = k >= FM_LEAST_BLOCKS;
	if (!(n > 0))
		return (struct fm_interval){ NAN, NAN, NAN };
	p = hits / n;
	return exact(p, *by_blocks ? worth(block, blocks, k, p, n, level) : n,
		     level);
}
