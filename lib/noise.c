/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which disturbance goes with the level of blocks. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include "contrast.h"
#include "holm.h"
#include "noise.h"
#include "stats.h"
#include "summary_row.h"

static const struct {
	const char *name;
	size_t offset;
	int by_time;
} factors[] = {
#define FACTOR(kind, name, unit, meaning)                                      \
	{ #name, offsetof(struct fm_block_row, name), 1 },
#define LEVEL(name) { #name, offsetof(struct fm_block_row, name), 0 },
	FACTOR(num, migrated, , ) FACTOR(num, steal_ms, , )
		FM_DISTURBANCE_COUNTERS(FACTOR) FM_VMSTAT_COUNTERS(FACTOR)
			LEVEL(freq_before_khz) LEVEL(freq_after_khz)
};
enum { FACTORS = sizeof(factors) / sizeof(*factors) };

int fm_noise_add(struct fm_noise *noise, const struct fm_block_row *row,
		 const struct fm_quantile_row *quantiles)
{
	if (!(quantiles->median > 0))
		return 0;
	if (noise->n == noise->room) {
		size_t room = noise->room ? 2 * noise->room : 256;
		struct fm_noise_block *block =
			realloc(noise->block, room * sizeof(*block));

		if (!block)
			return -ENOMEM;
		noise->block = block;
		noise->room = room;
	}
	noise->block[noise->n++] = (struct fm_noise_block){
		.row = row,
		.point = quantiles->point,
		.log_median = log(quantiles->median),
	};
	return 0;
}

void fm_noise_free(struct fm_noise *noise)
{
	free(noise->block);
}

/* The blocks that show one factor, and room to work. */
struct view {
	const struct fm_block_row **row;
	double *x;	/* the factor, less its point's median */
	double *level;	/* of the block: its logarithm, less its point's */
	double *scaled; /* and by its point's spread */
	double *work;	/* 2 n */
	size_t *order;
	size_t n, points;
};

static double value_of(const struct fm_block_row *row, size_t factor)
{
	uint64_t count;

	memcpy(&count, (const char *)row + factors[factor].offset,
	       sizeof(count));
	if (count == FM_ABSENT)
		return NAN;
	if (!factors[factor].by_time)
		return (double)count;
	return row->whole_ns == FM_ABSENT || !row->whole_ns ?
		       NAN :
		       (double)count * 1e9 / (double)row->whole_ns;
}

/* What n blocks of one point say, from v->n on, where they say anything. */
static void take_point(struct view *v, size_t n)
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
	v->n += n;
	v->points++;
}

static void look(struct view *v, const struct fm_noise *noise, size_t factor)
{
	size_t n = 0;

	v->n = v->points = 0;
	for (size_t i = 0; i < noise->n; i++) {
		const struct fm_noise_block *b = &noise->block[i];
		double value = value_of(b->row, factor);

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
static double covariance(const struct view *v, const double *x, size_t lag)
{
	double sum = 0;

	for (size_t i = lag; i < v->n; i++)
		sum += x[v->order[i]] * x[v->order[i - lag]];
	return sum;
}

/* How many independent blocks would say as much of a correlation. */
static double independent(struct view *v)
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

/*
 * log(disturbed / others) within points: least squares on an indicator that is
 * centred by point. v->work becomes that indicator.
 */
static struct fm_mean contrast(struct view *v, double shrink)
{
	double *z = v->work, zz = 0, zy = 0, errors = 0;
	double df = (double)v->n - (double)v->points - 1;
	size_t start = 0;

	for (size_t i = 0; i < v->n; i++)
		z[i] = v->x[i] > 0;
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

static int varied(const struct view *v)
{
	for (size_t i = 0; i < v->n; i++)
		if (v->x[i] > 0 || v->x[i] < 0)
			return 1;
	return 0;
}

/* rho / sqrt((1 - rho^2) / df) is about t; blocks: those free to differ. */
static double p_of(double rho, double blocks)
{
	struct fm_mean t = { .value = rho, .df = blocks - 1 };

	t.se = sqrt(fmax(1 - rho * rho, 1e-12) / t.df);
	return fm_holm_p(t);
}

static void describe(struct view *v, size_t factor, struct fm_noise_row *row)
{
	struct fm_interval ratio;
	double free_blocks;

	fm_row_clear(&fm_noise_table, row);
	strcpy(row->factor, factors[factor].name);
	row->points = v->points;
	row->blocks = v->n;
	row->disturbed = 0;
	for (size_t i = 0; i < v->n; i++)
		row->disturbed += v->x[i] > 0;
	row->rho = gsl_stats_spearman(v->x, 1, v->scaled, 1, v->n, v->work);
	row->explained = row->rho * row->rho;
	row->independent = independent(v);
	row->level = FM_SUMMARY_LEVEL;
	if (row->disturbed && row->disturbed < v->n) {
		ratio = fm_mean_interval_exp(
			contrast(v, row->independent / (double)v->n),
			row->level);
		row->ratio = ratio.middle;
		row->ratio_lo = ratio.lo;
		row->ratio_hi = ratio.hi;
	}
	free_blocks =
		row->independent * (double)(v->n - v->points) / (double)v->n;
	if (free_blocks >= FM_NOISE_LEAST_BLOCKS &&
	    row->disturbed >= FM_NOISE_LEAST_DISTURBED &&
	    v->n - row->disturbed >= FM_NOISE_LEAST_DISTURBED)
		row->p = p_of(row->rho, free_blocks);
}

static int judge(struct fm_noise_row *rows, size_t n)
{
	double p[FACTORS];
	int err;

	for (size_t i = 0; i < n; i++)
		p[i] = rows[i].p;
	err = fm_holm_adjust(p, n);
	for (size_t i = 0; i < n && !err; i++) {
		rows[i].p = p[i];
		strcpy(rows[i].verdict, isnan(p[i])	      ? "few blocks" :
					p[i] > FM_NOISE_ALPHA ? "not shown" :
					rows[i].rho > 0 ? "slower with it" :
							  "faster with it");
	}
	return err;
}

static int open_view(struct view *v, size_t n)
{
	v->row = malloc((n + 1) * sizeof(*v->row));
	v->x = malloc((n + 1) * sizeof(*v->x));
	v->level = malloc((n + 1) * sizeof(*v->level));
	v->scaled = malloc((n + 1) * sizeof(*v->scaled));
	v->work = malloc((2 * n + 1) * sizeof(*v->work));
	v->order = malloc((n + 1) * sizeof(*v->order));
	return v->row && v->x && v->level && v->scaled && v->work && v->order ?
		       0 :
		       -ENOMEM;
}

static void close_view(struct view *v)
{
	free(v->row);
	free(v->x);
	free(v->level);
	free(v->scaled);
	free(v->work);
	free(v->order);
}

int fm_noise_make(const struct fm_noise *noise, struct fm_noise_row **rows,
		  size_t *n)
{
	struct view v = { 0 };
	int err = open_view(&v, noise->n);

	*n = 0;
	*rows = calloc(FACTORS, sizeof(**rows));
	if (!*rows)
		err = -ENOMEM;
	for (size_t i = 0; i < FACTORS && !err; i++) {
		look(&v, noise, i);
		if (varied(&v))
			describe(&v, i, &(*rows)[(*n)++]);
	}
	if (!err)
		err = judge(*rows, *n);
	close_view(&v);
	return err;
}
