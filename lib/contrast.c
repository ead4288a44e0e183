/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Means of block statistics in logarithms, and contrasts of two of them. */
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "contrast.h"

/* Two passes over value(i): the second sums squares around the mean. */
static struct fm_mean mean_of(const double *a, const double *b, size_t k,
			      double (*value)(double a, double b))
{
	struct fm_mean m = { .value = k ? 0 : NAN, .se = NAN, .n = k };
	double squares = 0;

	for (size_t i = 0; i < k; i++)
		m.value += value(a[i], b[i]) / (double)k;
	m.df = k ? (double)(k - 1) : 0;
	if (k < FM_LEAST_BLOCKS || !isfinite(m.value))
		return m;
	for (size_t i = 0; i < k; i++)
		squares += pow(value(a[i], b[i]) - m.value, 2);
	m.se = sqrt(squares / m.df / (double)k);
	return m;
}

static double itself(double a, double b)
{
	(void)b;
	return a;
}

static double logarithm(double a, double b)
{
	(void)b;
	return a > 0 ? log(a) : NAN;
}

static double log_ratio(double a, double b)
{
	return a > 0 && b > 0 ? log(b / a) : NAN;
}

struct fm_mean fm_mean_of(const double *x, size_t k)
{
	return mean_of(x, x, k, itself);
}

struct fm_mean fm_mean_log(const double *x, size_t k)
{
	return mean_of(x, x, k, logarithm);
}

struct fm_mean fm_contrast_paired(const double *a, const double *b, size_t k)
{
	return mean_of(a, b, k, log_ratio);
}

struct fm_mean fm_mean_blur(struct fm_mean m, double quantum)
{
	double least = m.n ? quantum / sqrt(12 * (double)m.n) : 0;

	if (m.se < least) /* false for NaN */
		m.se = least;
	return m;
}

struct fm_mean fm_contrast_welch(struct fm_mean a, struct fm_mean b)
{
	double va = a.se * a.se, vb = b.se * b.se;
	struct fm_mean m = { .value = b.value - a.value,
			     .se = sqrt(va + vb),
			     .n = a.n < b.n ? a.n : b.n };

	m.df = va + vb > 0 ? (va + vb) * (va + vb) /
				     (va * va / a.df + vb * vb / b.df) :
			     a.df + b.df;
	return m;
}

struct fm_interval fm_mean_interval(struct fm_mean m, double level)
{
	struct fm_interval i = { m.value, NAN, NAN };

	if (isfinite(m.se) && m.df > 0 && isfinite(m.value)) {
		double half = gsl_cdf_tdist_Pinv(0.5 + level / 2, m.df) * m.se;

		i.lo = m.value - half;
		i.hi = m.value + half;
	}
	return i;
}

struct fm_interval fm_mean_interval_exp(struct fm_mean m, double level)
{
	struct fm_interval i = fm_mean_interval(m, level);

	return (struct fm_interval){ exp(i.middle), exp(i.lo), exp(i.hi) };
}

struct fm_interval fm_binomial_interval(size_t hits, size_t n, double level)
{
	double tail = (1 - level) / 2, h = (double)hits, all = (double)n;

	return (struct fm_interval){
		.middle = h / all,
		.lo = hits ? gsl_cdf_beta_Pinv(tail, h, all - h + 1) : 0,
		.hi = hits < n ? gsl_cdf_beta_Qinv(tail, h + 1, all - h) : 1,
	};
}
