/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One disturbance beside the levels of blocks. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include "noise_view.h"
#include "stats.h"

#define AS(how, name)                                                          \
	{ #name, offsetof(struct fm_block_row, name), FM_NOISE_##how },
#define RATE(kind, name, unit, meaning) AS(BY_SECOND, name)

/*
 * A block that had to wait for its processor did less in its time, and so met
 * less of its own: that goes by the sample.
 */
const struct fm_noise_factor fm_noise_factors[] = {
	AS(BY_SAMPLE, nivcsw) AS(BY_SAMPLE, migrated) AS(BY_SECOND, steal_ms)
		FM_DISTURBANCE_COUNTERS(RATE) FM_VMSTAT_COUNTERS(RATE)
			AS(AS_IS, freq_before_khz) AS(AS_IS, freq_after_khz)
};
const size_t fm_noise_factors_n =
	sizeof(fm_noise_factors) / sizeof(*fm_noise_factors);

static double value_of(const struct fm_block_row *row,
		       const struct fm_noise_factor *factor)
{
	uint64_t count, by = 1;

	memcpy(&count, (const char *)row + factor->offset, sizeof(count));
	if (factor->by == FM_NOISE_BY_SECOND)
		by = row->whole_ns;
	else if (factor->by == FM_NOISE_BY_SAMPLE)
		by = row->samples;
	return count == FM_ABSENT || by == FM_ABSENT || !by ?
		       NAN :
		       (double)count / (double)by;
}

/* What n blocks of one point say, from v->n on, where they say anything. */
static void take_point(struct fm_noise_view *v, size_t n)
{
	double *x = v->x + v->n, *level = v->level + v->n;
	double middle, mean, sd;

	if (n < FM_LEAST_BLOCKS)
		return;
	mean = gsl_stats_mean(level, 1, n);
	sd = gsl_stats_sd_m(level, 1, n, mean);
	if (!(sd > 1e-12)) /* all equal, but for rounding */
		return;
	memcpy(v->work, x, n * sizeof(*x));
	middle = fm_stats_median(v->work, n);
	for (size_t i = 0; i < n; i++) {
		x[i] -= middle;
		level[i] -= mean;
		v->scaled[v->n + i] = level[i] / sd;
	}
	mean = gsl_stats_mean(x, 1, n);
	for (size_t i = 0; i < n; i++)
		v->more[v->n + i] = x[i] > mean;
	v->n += n;
	v->points++;
}

void fm_noise_view_look(struct fm_noise_view *v, const struct fm_noise *noise,
			size_t factor)
{
	size_t n = 0;

	v->n = v->points = 0;
	for (size_t i = 0; i < noise->n; i++) {
		const struct fm_noise_block *b = &noise->block[i];
		double value = value_of(b->row, &fm_noise_factors[factor]);

		if (i && b->point != b[-1].point) {
			take_point(v, n);
			n = 0;
		}
		if (isnan(value))
			continue;
		v->row[v->n + n] = b->row;
		v->x[v->n + n] = value;
		v->level[v->n + n++] = b->log_median;
	}
	take_point(v, n);
}

/* Autocovariance at a lag, of values in the order that v->order gives. */
static double covariance(const struct fm_noise_view *v, const double *x,
			 size_t lag)
{
	double sum = 0;

	for (size_t i = lag; i < v->n; i++)
		sum += x[v->order[i]] * x[v->order[i - lag]];
	return sum;
}

double fm_noise_view_independent(struct fm_noise_view *v)
{
	double *time = v->work, n = (double)v->n, sum = 0, product;
	double *x = v->work + v->n, mean = gsl_stats_mean(v->x, 1, v->n);
	size_t lags = v->n / 5 < 200 ? v->n / 5 : 200;

	for (size_t i = 0; i < v->n; i++) {
		time[i] = (double)v->row[i]->block;
		x[i] = v->x[i] - mean;
	}
	gsl_sort_index(v->order, time, 1, v->n);
	product = covariance(v, x, 0) * covariance(v, v->scaled, 0);
	for (size_t k = 1; k <= lags; k++)
		sum += (1 - (double)k / n) * covariance(v, x, k) *
		       covariance(v, v->scaled, k) / product;
	return sum > 0 ? n / (1 + 2 * sum) : n;
}

/* v->work becomes that indicator; its error is robust, White's. */
struct fm_mean fm_noise_view_contrast(struct fm_noise_view *v, double shrink)
{
	double *z = v->work, zz = 0, zy = 0, errors = 0;
	double df = (double)v->n - (double)v->points - 1;
	size_t start = 0;

	for (size_t i = 0; i < v->n; i++)
		z[i] = v->more[i];
	for (size_t i = 1; i <= v->n; i++) {
		double mean;

		if (i < v->n && v->row[i]->point == v->row[start]->point)
			continue;
		mean = gsl_stats_mean(z + start, 1, i - start);
		for (; start < i; start++)
			z[start] -= mean;
	}
	for (size_t i = 0; i < v->n; i++) {
		zz += z[i] * z[i];
		zy += z[i] * v->level[i];
	}
	for (size_t i = 0; i < v->n; i++)
		errors += pow((v->level[i] - zy / zz * z[i]) * z[i], 2);
	return (struct fm_mean){
		.value = zy / zz,
		.se = sqrt(errors * (double)v->n / df / shrink) / zz,
		.df = df * shrink,
		.n = v->n,
	};
}

int fm_noise_view_varied(const struct fm_noise_view *v)
{
	for (size_t i = 0; i < v->n; i++)
		if (v->x[i] > 0 || v->x[i] < 0)
			return 1;
	return 0;
}

int fm_noise_view_open(struct fm_noise_view *v, size_t n)
{
	v->row = malloc((n + 1) * sizeof(*v->row));
	v->x = malloc((n + 1) * sizeof(*v->x));
	v->level = malloc((n + 1) * sizeof(*v->level));
	v->scaled = malloc((n + 1) * sizeof(*v->scaled));
	v->more = malloc((n + 1) * sizeof(*v->more));
	v->work = malloc((2 * n + 1) * sizeof(*v->work));
	v->order = malloc((n + 1) * sizeof(*v->order));
	return v->row && v->x && v->level && v->scaled && v->more && v->work &&
			       v->order ?
		       0 :
		       -ENOMEM;
}

void fm_noise_view_close(struct fm_noise_view *v)
{
	free(v->row);
	free(v->x);
	free(v->level);
	free(v->scaled);
	free(v->more);
	free(v->work);
	free(v->order);
}
