/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Warm-up, drift and order: nothing is claimed of steady data, and what was
 * planted is found, of the right size. */
#include <math.h>
#include <string.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "holm.h"
#include "quantiles.h"
#include "stability.h"
#include "test.h"

static gsl_rng *rng;

static int near(double a, double b, double relative)
{
	return fabs(a - b) <= relative * fabs(b);
}

/* Holm, 1979: 0.01 * 4, 0.02 * 3, 0.03 * 2 (no less than before), 0.9. */
static void holm(void)
{
	double p[] = { 0.9, 0.01, NAN, 0.03, 0.02 };

	CHECK(!fm_holm_adjust(p, 5));
	CHECK(near(p[1], 0.04, 1e-12) && near(p[4], 0.06, 1e-12));
	CHECK(near(p[3], 0.06, 1e-12) && near(p[0], 0.9, 1e-12));
	CHECK(isnan(p[2]) && !fm_holm_adjust(p, 0));
}

/* What a block is made of. */
struct plant {
	double drift;	/* log of last by first */
	double warmup;	/* log of late by early */
	double block;	/* sd between blocks, in logarithms */
	double order;	/* autocorrelation between blocks */
	int heavy;	/* samples with a heavy, skewed tail, or bimodal */
	size_t samples; /* a block */
};

enum { BLOCKS = 14 };

static double sample(const struct plant *p)
{
	if (!p->heavy)
		return exp(gsl_ran_gaussian(rng, 0.02));
	return gsl_ran_bernoulli(rng, 0.4) ? 1.3 : gsl_ran_pareto(rng, 1.2, 1);
}

static void make(const struct plant *p, struct fm_quantile_row *rows, size_t k)
{
	double level = gsl_ran_gaussian(rng, p->block);

	for (size_t b = 0; b < k; b++) {
		double at = k > 1 ? (double)b / (double)(k - 1) : 0, x[64];

		fm_row_clear(&fm_quantile_table, &rows[b]);
		rows[b].point = 1;
		rows[b].block = 7 + 20 * b;
		strcpy(rows[b].metric, "wait_ns");
		level = p->order * level +
			gsl_ran_gaussian(
				rng, p->block * sqrt(1 - p->order * p->order));
		for (size_t i = 0; i < p->samples; i++)
			x[i] = 50000 * sample(p) *
			       exp(level + p->drift * at +
				   (i < p->samples / 2 ? 0 : p->warmup));
		fm_quantiles_fill(&rows[b], x, p->samples);
	}
}

static int has_claim(const struct fm_stability_row *r)
{
	return r->warmup_p <= FM_STABILITY_ALPHA ||
	       r->drift_p <= FM_STABILITY_ALPHA ||
	       r->autocorrelation_p <= FM_STABILITY_ALPHA;
}

/* The share of runs of 20 steady points in which anything at all is claimed. */
static void steady(const char *what, const struct plant *plant)
{
	enum { RUNS = 1000, POINTS = 20 };
	int alarms = 0;

	for (int run = 0; run < RUNS; run++) {
		struct fm_stability_row row[POINTS];
		struct fm_quantile_row rows[BLOCKS];
		int any = 0;

		for (int i = 0; i < POINTS; i++) {
			make(plant, rows, BLOCKS);
			fm_stability_make(&row[i], rows, BLOCKS);
		}
		CHECK(!fm_stability_judge(row, POINTS));
		for (int i = 0; i < POINTS; i++)
			any |= has_claim(&row[i]);
		alarms += any;
	}
	printf("%s: a false claim in %.3f of steady runs\n", what,
	       alarms / (double)RUNS);
	/* 5 %, and 3 standard errors of 1,000 runs. */
	CHECK(alarms / (double)RUNS <= 0.05 + 0.021);
}

static void planted(void)
{
	enum { RUNS = 300 };
	const struct plant plant = {
		.drift = 0.05, .warmup = -0.03, .block = 0.01, .samples = 40
	};
	double drift = 0, warmup = 0;
	int drifts = 0, warms = 0, held = 0;

	for (int i = 0; i < RUNS; i++) {
		struct fm_quantile_row rows[BLOCKS];
		struct fm_stability_row row;

		make(&plant, rows, BLOCKS);
		fm_stability_make(&row, rows, BLOCKS);
		CHECK(!fm_stability_judge(&row, 1));
		drift += log(row.drift) / RUNS;
		warmup += log(row.warmup) / RUNS;
		drifts += !strcmp(row.drift_verdict, "drifts");
		warms += !strcmp(row.warmup_verdict, "warms up");
		held += row.drift_lo <= exp(0.05) && row.drift_hi >= exp(0.05);
	}
	printf("drift 0.05: found in %.3f, estimated %.4f, held by %.3f; "
	       "warm-up -0.03: found in %.3f, estimated %.4f\n",
	       drifts / (double)RUNS, drift, held / (double)RUNS,
	       warms / (double)RUNS, warmup);
	CHECK(drifts >= 0.95 * RUNS && warms >= 0.95 * RUNS);
	CHECK(near(drift, 0.05, 0.03) && near(warmup, -0.03, 0.03));
	CHECK(held >= 0.92 * RUNS && held <= 0.99 * RUNS);
}

/* Blocks that hang together are told, and the factor is about right. */
static void correlated(void)
{
	enum { RUNS = 100, MANY = 100 };
	const struct plant plant = { .block = 0.05,
				     .order = 0.6,
				     .samples = 10 };
	double widening = 0;
	int found = 0;

	for (int i = 0; i < RUNS; i++) {
		struct fm_quantile_row rows[MANY];
		struct fm_stability_row row;

		make(&plant, rows, MANY);
		fm_stability_make(&row, rows, MANY);
		CHECK(!fm_stability_judge(&row, 1));
		found += !strcmp(row.order_verdict, "correlated");
		widening += row.widening / RUNS;
	}
	printf("autocorrelation 0.6: found in %.2f, intervals widened by "
	       "%.2f\n",
	       found / (double)RUNS, widening);
	CHECK(found >= 0.95 * RUNS && near(widening, 2, 0.1));
}

static struct fm_stability_row of(double *x, size_t samples, size_t k)
{
	struct fm_quantile_row rows[16];
	struct fm_stability_row row;
	double copy[16];

	for (size_t b = 0; b < k; b++) {
		fm_row_clear(&fm_quantile_table, &rows[b]);
		rows[b].point = 3;
		rows[b].block = b + 1;
		memcpy(copy, x, samples * sizeof(*x));
		fm_quantiles_fill(&rows[b], copy, samples);
	}
	CHECK(!fm_stability_make(&row, rows, k));
	CHECK(!fm_stability_judge(&row, 1));
	return row;
}

/* One block, one sample, equal values, zeros: nothing claimed, no infinity. */
static void edges(void)
{
	double equal[] = { 40, 40, 40, 40 }, zero[] = { 0, 0, 0, 0 };
	struct fm_stability_row row = of(equal, 4, 1);

	CHECK(row.warmup == 1 && isnan(row.warmup_lo) && isnan(row.drift));
	CHECK(!strcmp(row.warmup_verdict, "few blocks"));
	CHECK(!*row.drift_verdict && !*row.order_verdict);
	row = of(equal, 1, 12);
	CHECK(isnan(row.warmup) && !*row.warmup_verdict);
	CHECK(!strcmp(row.drift_verdict, "steady"));
	row = of(equal, 4, 12);
	CHECK(row.warmup == 1 && row.warmup_lo < 1 && row.warmup_hi > 1);
	CHECK(near(row.drift, 1, 1e-9) && row.drift_lo < 1 && row.drift_hi > 1);
	CHECK(!has_claim(&row) && isnan(row.autocorrelation));
	row = of(zero, 4, 12);
	CHECK(isnan(row.warmup) && isnan(row.drift) && !*row.drift_verdict);
	CHECK(!fm_stability_judge(&row, 0));
}

int main(void)
{
	const struct plant plain = { .block = 0.02, .samples = 20 };
	const struct plant few = { .block = 0.001, .heavy = 1, .samples = 5 };
	const struct plant even = { .block = 0.05, .heavy = 1, .samples = 16 };

	rng = gsl_rng_alloc(gsl_rng_mt19937);
	gsl_rng_set(rng, 20261125);
	holm();
	steady("normal", &plain);
	steady("heavy and bimodal, 5 samples", &few);
	steady("heavy and bimodal, 16 samples", &even);
	planted();
	correlated();
	edges();
	gsl_rng_free(rng);
	return test_end();
}
