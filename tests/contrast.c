/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Intervals, contrasts, verdicts and power, against answers known elsewhere. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "power.h"
#include "quantiles.h"
#include "running.h"
#include "stats.h"
#include "stopping.h"
#include "test.h"
#include "verdict.h"

static int near(double a, double b, double relative)
{
	return fabs(a - b) <= relative * fabs(b);
}

/* log blocks 0, 1, 2: mean 1, sd 1, t(0.975; 2) = 4.302652730 (tables). */
static void known_interval(void)
{
	double block[] = { 1, exp(1), exp(2) };
	struct fm_interval i =
		fm_mean_interval_exp(fm_mean_log(block, 3), 0.95);

	CHECK(near(i.middle, exp(1), 1e-12));
	CHECK(near(i.lo, exp(1 - 4.302652730 / sqrt(3)), 1e-8));
	CHECK(near(i.hi, exp(1 + 4.302652730 / sqrt(3)), 1e-8));
}

static void edges(void)
{
	double two[] = { 2, 8 }, zero[] = { 0, 1, 2 }, equal[] = { 5, 5, 5, 5 };
	struct fm_mean m = fm_mean_log(two, 2);
	struct fm_interval i = fm_mean_interval_exp(m, 0.95);

	CHECK(near(i.middle, 4, 1e-12) && isnan(i.lo) && isnan(i.hi));
	CHECK(!fm_stopping_reached(m, 0.95, 1000));
	CHECK(fm_verdict_of(m, 1, 0.95, 1000) == FM_UNSURE);
	m = fm_mean_log(zero, 3);
	CHECK(isnan(m.value) && isnan(m.se));
	i = fm_mean_interval_exp(fm_mean_log(equal, 4), 0.95);
	CHECK(near(i.lo, 5, 1e-12) && near(i.hi, 5, 1e-12));
	m = fm_mean_log(equal, 0);
	CHECK(isnan(m.value) && isnan(fm_mean_interval(m, 0.95).lo));
	m = fm_contrast_paired(zero, equal, 3);
	CHECK(isnan(m.value) && isnan(m.se));
}

/* What looks equal is known to the clock's step only. */
static void equal_blocks(void)
{
	struct fm_quantile_row row[12];
	struct fm_interval i;

	for (int k = 0; k < 12; k++) {
		double x[] = { 50, 50, 50, 50 };

		fm_quantiles_fill(&row[k], x, 4);
	}
	i = fm_mean_interval_exp(
		fm_quantiles_mean(row, 12,
				  offsetof(struct fm_quantile_row, median),
				  FM_CLOCK_STEP),
		0.95);
	CHECK(i.middle == 50 || near(i.middle, 50, 1e-12));
	CHECK(i.lo < 49.83 && i.hi > 50.17 && i.lo > 49 && i.hi < 51);
}

/*
 * Pairs that differ by a factor of 2 exactly, whatever their level: no error.
 * Unpaired, the levels' spread is the error: variances add (Welch).
 */
static void pairing(void)
{
	double a[] = { 1, 10, 100 }, b[] = { 2, 20, 200 };
	struct fm_mean paired = fm_contrast_paired(a, b, 3);
	struct fm_mean apart =
		fm_contrast_welch(fm_mean_log(a, 3), fm_mean_log(b, 3));

	CHECK(near(paired.value, log(2), 1e-12) && paired.se < 1e-12);
	CHECK(near(apart.value, log(2), 1e-12) && near(apart.df, 4, 1e-9));
	CHECK(near(apart.se, log(10) * sqrt(2.0 / 3), 1e-9));
}

/* Clopper and Pearson: 0 of 10 is 0 to 0.3085, 5 of 10 0.1871 to 0.8129. */
static void binomial(void)
{
	struct fm_interval none = fm_binomial_interval(0, 10, 0.95);
	struct fm_interval half = fm_binomial_interval(5, 10, 0.95);
	struct fm_interval all = fm_binomial_interval(10, 10, 0.95);

	CHECK(none.lo == 0 && near(none.hi, 0.3085, 1e-3));
	CHECK(near(half.lo, 0.1871, 1e-3) && near(half.hi, 0.8129, 1e-3));
	CHECK(all.hi == 1 && near(all.lo, 1 - 0.3085, 1e-3));
}

static void verdicts(void)
{
	struct fm_mean m = { .value = 0.05, .se = 0.01, .df = 1e9, .n = 20 };

	/* 1.96 standard errors: 0.0304 to 0.0696 */
	CHECK(fm_verdict_of(m, FM_VERDICT_LEAST_BLOCKS, 0.95, 0.03) ==
	      FM_SLOWER);
	CHECK(fm_verdict_of(m, FM_VERDICT_LEAST_BLOCKS, 0.95, 0.031) ==
	      FM_UNSURE);
	CHECK(fm_verdict_of(m, FM_VERDICT_LEAST_BLOCKS, 0.95, 0.07) == FM_SAME);
	m.value = -0.05;
	CHECK(fm_verdict_of(m, FM_VERDICT_LEAST_BLOCKS, 0.95, 0.03) ==
	      FM_FASTER);
	m.n = FM_VERDICT_LEAST_BLOCKS - 1;
	CHECK(fm_verdict_of(m, FM_VERDICT_LEAST_BLOCKS, 0.95, 0.03) ==
	      FM_UNSURE);
	CHECK(near(fm_verdict_level(0.99, 20), 0.9995, 1e-12));
}

/* z(0.995) + z(0.95) = 2.5758 + 1.6449, of one standard error in 100. */
static void power(void)
{
	struct fm_power p = { 0.1, 0.99, 0.01, 0.95 };
	size_t k = fm_power_rounds(&p, 0.05);

	CHECK(near(fm_power_effect(&p, 1000000), 0.01 + 4.2207e-4, 1e-3));
	CHECK(fm_power_effect(&p, k) <= 0.05);
	CHECK(fm_power_effect(&p, k - 1) > 0.05);
	CHECK(fm_power_rounds(&p, 0.01) == SIZE_MAX);
	CHECK(near(fm_power_same(&p, 1000000), 4.536e-4, 1e-3));
}

/* One by one as all at once, far from zero, too; and the same edges. */
static void running(void)
{
	struct fm_running all = { 0 }, equal = { 0 }, bad = { 0 };
	double x[500];

	CHECK(isnan(fm_running_mean(&all).value));
	for (int k = 0; k < 500; k++) {
		struct fm_mean once, one_by_one;

		x[k] = 1e6 + (k * 7919 % 1000) / 1e3;
		fm_running_add(&all, x[k]);
		once = fm_mean_of(x, (size_t)k + 1);
		one_by_one = fm_running_mean(&all);
		CHECK(near(one_by_one.value, once.value, 1e-14));
		CHECK(one_by_one.n == once.n && one_by_one.df == once.df);
		CHECK(isnan(once.se) ? isnan(one_by_one.se) :
				       near(one_by_one.se, once.se, 1e-6));
	}
	for (int k = 0; k < 12; k++)
		fm_running_add(&equal, log(5));
	CHECK(fm_running_mean(&equal).value == log(5));
	CHECK(fm_running_mean(&equal).se == 0);
	fm_running_add(&bad, -INFINITY);
	for (int k = 0; k < 20; k++)
		fm_running_add(&bad, 1);
	CHECK(isnan(fm_running_mean(&bad).value));
	CHECK(isnan(fm_running_mean(&bad).se));
}

/*
 * Four times as narrow takes sixteen times as many; what is narrow already is
 * not looked at before 12.
 */
static void stopping(void)
{
	struct fm_mean m = { .value = 0, .se = 0.02, .df = 19, .n = 20 };
	double width = fm_stopping_width(m, 0.95);
	double quarter = expm1(log1p(width) / 4);

	CHECK(fm_stopping_blocks(m, 0.95, quarter) == 320 ||
	      fm_stopping_blocks(m, 0.95, quarter) == 321);
	CHECK(!fm_stopping_reached(m, 0.95, width * 0.999));
	CHECK(fm_stopping_reached(m, 0.95, width * 1.001));
	m.n = FM_STOPPING_LEAST_BLOCKS - 1;
	m.df = (double)m.n - 1;
	m.se = 1e-6;
	CHECK(!fm_stopping_reached(m, 0.95, 0.5));
	CHECK(fm_stopping_blocks(m, 0.95, 0.5) == FM_STOPPING_LEAST_BLOCKS);
	m.n = 2;
	m.se = NAN;
	CHECK(isinf(fm_stopping_blocks(m, 0.95, 0.5)));
	m.n = 0;
	CHECK(isinf(fm_stopping_blocks(m, 0.95, 0.5)));
}

static void supported(void)
{
	struct fm_quantile_row row;
	double x[100];

	for (int i = 0; i < 100; i++)
		x[i] = i < 50 ? 10 : 20;
	fm_row_clear(&fm_quantile_table, &row);
	fm_quantiles_fill(&row, x, 100);
	CHECK(row.early == 10 && row.late == 20 && row.median == 15);
	CHECK(row.p10 == 10 && row.p90 == 20 && isnan(row.p99));
	CHECK(fm_quantiles_supported(500, 0.99));
	CHECK(!fm_quantiles_supported(499, 0.99));
	CHECK(fm_quantiles_supported(1, 0.5));
}

/*
 * 4,000 experiments of 6 blocks x 20 samples whose blocks differ ten times more
 * than their samples. The interval over blocks must hold the truth in about
 * 95 % (4.5 standard errors are 1.6 points); one that took the 120 samples for
 * independent would hold it in about 35 %, and must fail this test's bound.
 */
static void coverage(void)
{
	enum { RUNS = 4000, BLOCKS = 6, SAMPLES = 20 };
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	int held = 0, naive_held = 0;

	gsl_rng_set(rng, 20261124);
	for (int r = 0; r < RUNS; r++) {
		double median[BLOCKS], all[BLOCKS * SAMPLES];
		struct fm_interval i;

		for (int b = 0; b < BLOCKS; b++) {
			double level = gsl_ran_gaussian(rng, 0.1), x[SAMPLES];

			for (int k = 0; k < SAMPLES; k++)
				x[k] = 1000 *
				       exp(level + gsl_ran_gaussian(rng, 0.01));
			memcpy(all + b * SAMPLES, x, sizeof(x));
			median[b] = fm_stats_median(x, SAMPLES);
		}
		i = fm_mean_interval_exp(fm_mean_log(median, BLOCKS), 0.95);
		held += i.lo <= 1000 && i.hi >= 1000;
		i = fm_mean_interval_exp(fm_mean_log(all, BLOCKS * SAMPLES),
					 0.95);
		naive_held += i.lo <= 1000 && i.hi >= 1000;
	}
	printf("coverage over blocks %.3f, as if all were independent %.3f\n",
	       held / (double)RUNS, naive_held / (double)RUNS);
	CHECK(fabs(held / (double)RUNS - 0.95) < 0.016);
	CHECK(naive_held / (double)RUNS < 0.6);
	gsl_rng_free(rng);
}

int main(void)
{
	known_interval();
	edges();
	equal_blocks();
	pairing();
	binomial();
	verdicts();
	power();
	running();
	stopping();
	supported();
	coverage();
	return test_end();
}
