/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statistics against answers that are known from elsewhere. */
#include <math.h>
#include <string.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "stats.h"
#include "test.h"

static int near(double a, double b, double relative)
{
	return fabs(a - b) <= relative * fabs(b);
}

/* log blocks 0, 1, 2: mean 1, sd 1, t(0.975; 2) = 4.302652730 (tables). */
static void known_interval(void)
{
	double block[] = { 1, exp(1), exp(2) };
	struct fm_interval i = fm_stats_blocks(block, 3, 0.95);

	CHECK(near(i.middle, exp(1), 1e-12));
	CHECK(near(i.lo, exp(1 - 4.302652730 / sqrt(3)), 1e-8));
	CHECK(near(i.hi, exp(1 + 4.302652730 / sqrt(3)), 1e-8));
}

static void edges(void)
{
	double two[] = { 2, 8 }, zero[] = { 0, 1, 2 }, equal[] = { 5, 5, 5, 5 };
	double one[] = { 7 }, work[1];
	struct fm_interval i = fm_stats_blocks(two, 2, 0.95);
	struct fm_spread s;

	CHECK(near(i.middle, 4, 1e-12) && isnan(i.lo) && isnan(i.hi));
	i = fm_stats_blocks(zero, 3, 0.95);
	CHECK(near(i.middle, 1, 1e-12) && isnan(i.lo));
	i = fm_stats_blocks(equal, 4, 0.95);
	CHECK(near(i.lo, 5, 1e-12) && near(i.hi, 5, 1e-12));
	i = fm_stats_blocks(equal, 0, 0.95);
	CHECK(isnan(i.middle));
	s = fm_stats_spread(one, work, 1);
	CHECK(s.mean == 7 && isnan(s.sd) && s.mad == 0 && s.p999 == 7);
}

/* 0 .. 1000: every quantile is its own number; MAD of 0..1000 is 250. */
static void known_spread(void)
{
	static double x[1001], work[1001];
	struct fm_spread s;

	for (int i = 0; i <= 1000; i++)
		x[i] = (i * 10) % 1001; /* out of order */
	s = fm_stats_spread(x, work, 1001);
	CHECK(s.min == 0 && s.max == 1000 && near(s.mean, 500, 1e-12));
	CHECK(near(s.p1, 10, 1e-9) && near(s.p25, 250, 1e-9));
	CHECK(near(s.p99, 990, 1e-9) && near(s.p999, 999, 1e-9));
	CHECK(near(s.mad, 250, 1e-9));
	CHECK(near(s.sd, sqrt(1001.0 * 1002 / 12), 1e-9));
}

static void known_histogram(void)
{
	double x[] = { 1, 1, 2, 3, 9, 11, 12, 99, 1000 };
	size_t count[2];

	fm_stats_histogram(x, 9, 100, count, 2); /* 1 to 10, 10 to 100 */
	CHECK(count[0] == 5 && count[1] == 4);
	fm_stats_histogram(x, 2, 1, count, 2);
	CHECK(count[0] == 2 && count[1] == 0);
	x[0] = 0;
	fm_stats_histogram(x, 9, 100, count, 2);
	CHECK(count[0] == 9);
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
		i = fm_stats_blocks(median, BLOCKS, 0.95);
		held += i.lo <= 1000 && i.hi >= 1000;
		i = fm_stats_blocks(all, BLOCKS * SAMPLES, 0.95);
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
	known_spread();
	known_histogram();
	coverage();
	return test_end();
}
