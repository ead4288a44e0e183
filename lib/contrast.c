/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Means of block statistics in logarithms, and contrasts of two of them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include "contrast.h"

static const struct fm_mean nothing = { NAN, NAN, 0, 0 };

struct fm_mean fm_mean_of(const double *x, size_t k)
{
	struct fm_mean m = { .value = gsl_stats_mean(x, 1, k), .se = NAN };

	if (!k)
		return nothing;
	m.n = k;
	m.df = (double)(k - 1);
	if (k >= FM_LEAST_BLOCKS)
		m.se = gsl_stats_sd_m(x, 1, k, m.value) / sqrt((double)k);
	return m;
}

/* Their mean, by a function of those above; without logarithms: nothing. */
static struct fm_mean mean_of_logs(const double *b, const double *a, size_t k,
				   struct fm_mean (*mean)(const double *,
							  size_t))
{
	double *x = malloc((k + 1) * sizeof(*x));
	struct fm_mean m = nothing;
	size_t n = 0;

	while (x && n < k && b[n] > 0 && (!a || a[n] > 0)) {
		x[n] = log(a ? b[n] / a[n] : b[n]);
		n++;
	}
	if (n == k && k)
		m = mean(x, k);
	m.n = k;
	free(x);
	return m;
}

struct fm_mean fm_mean_log(const double *x, size_t k)
{
	return mean_of_logs(x, NULL, k, fm_mean_of);
}

struct fm_mean fm_mean_log_trimmed(const double *x, size_t k)
{
	return mean_of_logs(x, NULL, k, fm_mean_trimmed);
}

struct fm_mean fm_contrast_paired(const double *a, const double *b, size_t k)
{
	return mean_of_logs(b, a, k, fm_mean_trimmed);
}

/* Sorts x, and moves the values outside of [g, k - g) to that range's ends. */
static void winsorize(double *x, size_t k, size_t g)
{
	gsl_sort(x, 1, k);
	for (size_t i = 0; i < g; i++) {
		x[i] = x[g];
		x[k - 1 - i] = x[k - 1 - g];
	}
}

size_t fm_trimmed_count(size_t k)
{
	return k - 2 * (k / 10);
}

struct fm_mean fm_mean_trimmed(const double *x, size_t k)
{
	size_t h = fm_trimmed_count(k), g = (k - h) / 2;
	double *sorted = g ? malloc(k * sizeof(*sorted)) : NULL, squares;
	struct fm_mean m = { .df = (double)h - 1, .n = k };

	if (!sorted)
		return g ? nothing : fm_mean_of(x, k);
	memcpy(sorted, x, k * sizeof(*sorted));
	winsorize(sorted, k, g);
	m.value = gsl_stats_mean(sorted + g, 1, h);
	squares = gsl_stats_variance(sorted, 1, k) * (double)(k - 1);
	m.se = sqrt(squares / (double)h / (double)(h - 1));
	free(sorted);
	return m;
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

/*
 * The p at which gsl_cdf_binomial_P(hits; p, n), which falls as p grows, is
 * tail. By bisection: gsl_cdf_beta_Pinv, which would say the same at once,
 * gives up on some large n.
 */
static double binomial_end(size_t hits, size_t n, double tail)
{
	double lo = 0, hi = 1;

	for (int i = 0; i < 60; i++) {
		double p = (lo + hi) / 2;

		if (gsl_cdf_binomial_P((unsigned int)hits, p, (unsigned int)n) >
		    tail)
			lo = p;
		else
			hi = p;
	}
	return (lo + hi) / 2;
}

struct fm_interval fm_binomial_interval(size_t hits, size_t n, double level)
{
	double tail = (1 - level) / 2;

	return (struct fm_interval){
		.middle = (double)hits / (double)n,
		.lo = hits ? binomial_end(hits - 1, n, 1 - tail) : 0,
		.hi = hits < n ? binomial_end(hits, n, tail) : 1,
	};
}
