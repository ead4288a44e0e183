/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a level stays what it is. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_fit.h>
#include <gsl/gsl_statistics_double.h>

#include "holm.h"
#include "stability.h"
#include "summary_row.h"
#include "verdict.h"

static const struct fm_mean nothing = { NAN, NAN, 0, 0 };

struct fm_mean fm_stability_warmup(const struct fm_quantile_row *rows, size_t k)
{
	double *early = malloc(2 * (k + 1) * sizeof(*early));
	double *late = early ? early + k : NULL;
	struct fm_mean mean;
	size_t n = 0;

	if (!early)
		return nothing;
	for (size_t i = 0; i < k; i++)
		if (rows[i].early > 0 && rows[i].late > 0) {
			early[n] = rows[i].early;
			late[n++] = rows[i].late;
		}
	mean = fm_contrast_paired(early, late, n);
	/* Two medians, each known to a whole ns. */
	mean = fm_mean_blur(mean, sqrt(2) * exp(-fm_mean_log(early, n).value));
	free(early);
	return mean;
}

double fm_stability_lag1(const double *x, size_t n)
{
	double r = n < 3 ? NAN : gsl_stats_lag1_autocorrelation(x, 1, n);

	return isfinite(r) ? r : NAN;
}

double fm_stability_widening(double r)
{
	return isnan(r) ? NAN : r > 0 ? sqrt((1 + r) / (1 - r)) : 1;
}

double fm_stability_lag1_p(double r, size_t n)
{
	double k = (double)n;

	return gsl_cdf_ugaussian_Q((r + 1 / k) * k * sqrt(k - 1) / (k - 2));
}

/* The line's slope over the whole distance; y becomes the residuals. */
static struct fm_mean fit(const double *x, double *y, size_t k)
{
	struct fm_mean mean = { .df = (double)k - 2, .n = k };
	double c0, c1, cov00, cov01, cov11, squares, r;
	double span = x[k - 1] - x[0], level = gsl_stats_mean(y, 1, k);

	if (!(span > 0))
		return nothing;
	gsl_fit_linear(x, 1, y, 1, k, &c0, &c1, &cov00, &cov01, &cov11,
		       &squares);
	for (size_t i = 0; i < k; i++)
		y[i] -= c0 + c1 * x[i];
	r = fm_stability_lag1(y, k);
	mean.value = c1 * span;
	mean.se = sqrt(cov11) * span * (r > 0 ? fm_stability_widening(r) : 1);
	/* Ends differ by sqrt(12) times a mean's error where x is even. */
	return fm_mean_blur(mean, sqrt(12) * exp(-level));
}

/* Logarithms of the medians; whether all have one. */
static int logarithms(const struct fm_quantile_row *rows, size_t k, double *y)
{
	for (size_t i = 0; i < k; i++) {
		if (!(rows[i].median > 0))
			return 0;
		y[i] = log(rows[i].median);
	}
	return 1;
}

struct fm_mean fm_stability_drift(const struct fm_quantile_row *rows, size_t k)
{
	double *x = malloc(2 * (k + 1) * sizeof(*x)), *y = x ? x + k : NULL;
	struct fm_mean mean = nothing;

	for (size_t i = 0; x && i < k; i++)
		x[i] = (double)rows[i].block;
	if (x && k > 2 && logarithms(rows, k, y))
		mean = fit(x, y, k);
	free(x);
	return mean;
}

/* A value, its lower and its upper end, and its p follow each other. */
static void put(struct fm_stability_row *row, size_t offset,
		struct fm_mean mean)
{
	const struct {
		struct fm_interval interval;
		double p;
	} told = {
		fm_mean_interval_exp(mean, FM_SUMMARY_LEVEL),
		mean.n < FM_VERDICT_LEAST_BLOCKS ? NAN : fm_holm_p(mean),
	};

	memcpy((char *)row + offset, &told, sizeof(told));
}

int fm_stability_make(struct fm_stability_row *row,
		      const struct fm_quantile_row *rows, size_t k)
{
	double *y = malloc((k + 1) * sizeof(*y));

	fm_row_clear(&fm_stability_table, row);
	if (!y)
		return -ENOMEM;
	row->point = k ? rows[0].point : FM_ABSENT;
	row->blocks = k;
	row->level = FM_SUMMARY_LEVEL;
	if (k)
		strcpy(row->metric, rows[0].metric);
	put(row, offsetof(struct fm_stability_row, warmup),
	    fm_stability_warmup(rows, k));
	put(row, offsetof(struct fm_stability_row, drift),
	    fm_stability_drift(rows, k));
	if (logarithms(rows, k, y))
		row->autocorrelation = fm_stability_lag1(y, k);
	row->widening = fm_stability_widening(row->autocorrelation);
	if (k >= FM_STABILITY_LEAST_ORDERED)
		row->autocorrelation_p =
			fm_stability_lag1_p(row->autocorrelation, k);
	free(y);
	return 0;
}

static const char *verdict(double value, double p, const char *claim,
			   const char *otherwise)
{
	return isnan(value)	       ? "" :
	       isnan(p)		       ? "few blocks" :
	       p <= FM_STABILITY_ALPHA ? claim :
					 otherwise;
}

int fm_stability_judge(struct fm_stability_row *rows, size_t n)
{
	double *p = malloc((3 * n + 1) * sizeof(*p));
	int err = p ? 0 : -ENOMEM;

	for (size_t i = 0; i < n && !err; i++) {
		p[3 * i] = rows[i].warmup_p;
		p[3 * i + 1] = rows[i].drift_p;
		p[3 * i + 2] = rows[i].autocorrelation_p;
	}
	if (!err)
		err = fm_holm_adjust(p, 3 * n);
	for (size_t i = 0; i < n && !err; i++) {
		struct fm_stability_row *r = &rows[i];

		r->warmup_p = p[3 * i];
		r->drift_p = p[3 * i + 1];
		r->autocorrelation_p = p[3 * i + 2];
		strcpy(r->warmup_verdict,
		       verdict(r->warmup, r->warmup_p,
			       r->warmup < 1 ? "warms up" : "slows down",
			       "steady"));
		strcpy(r->drift_verdict,
		       verdict(r->drift, r->drift_p, "drifts", "steady"));
		strcpy(r->order_verdict,
		       verdict(r->autocorrelation, r->autocorrelation_p,
			       "correlated", "independent"));
	}
	free(p);
	return err;
}
