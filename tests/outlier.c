/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outliers among machines whose outliers are known. */
#include <math.h>
#include <string.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "outlier.h"
#include "test.h"

enum { MOST = 32 };
static struct fm_mean value[MOST];
static struct fm_outlier out[MOST];
static gsl_rng *rng;

static void set(const double *x, size_t k, double se)
{
	for (size_t i = 0; i < k; i++)
		value[i] = (struct fm_mean){ x[i], se, 19, 20 };
}

static void draw(size_t k, double sd)
{
	for (size_t i = 0; i < k; i++)
		value[i] = (struct fm_mean){ gsl_ran_gaussian(rng, sd), 0, 19,
					     20 };
}

static int near(double a, double b)
{
	return fabs(a - b) < 1e-6 * fmax(1, fabs(b));
}

/*
 * By hand: 1, 2, 3 and 10 have only 10 against 2 -+ 1, which is t = 8 / sqrt(1
 * + 1/3) = 6.928203 with 2 degrees of freedom: 4 * 2 * 0.010102 = 0.080817.
 */
static void by_hand(void)
{
	const double x[] = { 1, 2, 3, 10 };

	set(x, 4, 0);
	CHECK(fm_outliers_find(value, 4, 0.0809, 0, out) == 1);
	CHECK(out[3].verdict == FM_SLOWER && out[3].others.n == 3);
	CHECK(near(out[3].others.value, 2) && near(out[3].spread, 1));
	CHECK(near(out[3].off.value, 8) && near(out[3].off.se, sqrt(4. / 3)));
	CHECK(near(out[3].off.df, 2) && fabs(out[3].p - 0.080817) < 1e-5);
	CHECK(near(out[3].level, 1 - 0.0809 / 4));
	for (int i = 0; i < 3; i++)
		CHECK(out[i].verdict == FM_UNSURE && out[i].p > 0.5);
	CHECK(fm_outliers_find(value, 4, 0.0808, 0, out) == 0);
	/* What is beyond the minimum effect is 7 then. */
	CHECK(fm_outliers_find(value, 4, 0.0809, 1, out) == 0);
	/* Three machines are too few, and so are four of which one is absent.
	 */
	CHECK(fm_outliers_find(value + 1, 3, 0.9, 0, out) == 0);
	CHECK(out[2].verdict == FM_UNSURE && isnan(out[2].p));
	value[0].value = NAN;
	CHECK(fm_outliers_find(value, 4, 0.9, 0, out) == 0);
}

/* The scale is never less than what the measurements leave open. */
static void own_errors(void)
{
	const double x[] = { 0, 0, 0, 0, 0, 0.1 };

	set(x, 6, 0);
	CHECK(fm_outliers_find(value, 6, 0.01, 0.01, out) == 1);
	CHECK(out[5].verdict == FM_SLOWER && out[5].p == 0);
	CHECK(out[0].verdict == FM_SAME && out[0].off.se == 0);
	set(x, 6, 0.02);
	CHECK(fm_outliers_find(value, 6, 0.01, 0.01, out) == 0);
	CHECK(near(out[5].off.se, 0.02 * sqrt(1.2)));
	/* Its own alone, where the others are exact. */
	set(x, 6, 0);
	value[5].se = 0.02;
	CHECK(fm_outliers_find(value, 6, 0.01, 0.01, out) == 0);
	CHECK(near(out[5].off.se, 0.02));
	/* A good one against others that are measured badly. */
	set(x, 6, 0.1);
	value[5].se = 0;
	CHECK(fm_outliers_find(value, 6, 0.01, 0.01, out) == 0);
	CHECK(near(out[5].off.se, 0.1 * sqrt(0.2)));
}

/* Two that are alike hide each other from a test of one at a time. */
static void two_hide(void)
{
	const double x[] = { 0.001, -0.002, 0.003, -0.001, 0.1, 0.1 };
	const double both[] = { 0.001, -0.002, 0.003, -0.001, 0.1, -0.1 };
	const double kinds[] = { 0, 0.001, -0.001, 0.002, 0, 0.1, 0.8, 9 };

	set(x, 6, 0);
	CHECK(fm_outliers_find(value, 6, 0.01, 0.01, out) == 2);
	CHECK(out[4].verdict == FM_SLOWER && out[5].verdict == FM_SLOWER);
	CHECK(out[4].others.n == 4 && out[0].others.n == 3);
	set(both, 6, 0);
	CHECK(fm_outliers_find(value, 6, 0.01, 0.01, out) == 2);
	CHECK(out[4].verdict == FM_SLOWER && out[5].verdict == FM_FASTER);
	/* A third is called so at most, though another one deviates, too. */
	set(kinds, 8, 0);
	CHECK(fm_outliers_find(value, 8, 0.05, 0.01, out) == 2);
	CHECK(out[7].verdict == FM_SLOWER && out[6].verdict == FM_SLOWER);
	CHECK(out[5].verdict == FM_UNSURE && out[5].p < 1e-4);
	/* A half of them is no outlier any more: there are two kinds. */
	set(both, 6, 0);
	value[3].value = 0.1;
	value[5].value = 0.1;
	CHECK(fm_outliers_find(value, 6, 0.01, 0.01, out) == 0);
}

/* The shares of machines that nothing is wrong with and that are called so. */
static void false_alarms(void)
{
	static const size_t ks[] = { 4, 5, 6, 8, 12, 16, 32 };
	enum { TIMES = 20000 };

	for (size_t i = 0; i < sizeof(ks) / sizeof(*ks); i++) {
		size_t hits = 0;
		struct fm_interval is;

		for (int t = 0; t < TIMES; t++) {
			draw(ks[i], 0.03);
			hits += fm_outliers_find(value, ks[i], 0.05, 0, out) >
				0;
		}
		is = fm_binomial_interval(hits, TIMES, 0.999);
		printf("# %zu machines: %.2f %% (%.2f to %.2f)\n", ks[i],
		       100 * is.middle, 100 * is.lo, 100 * is.hi);
		/* Of one step the share is 5 % exactly. */
		CHECK(is.lo <= 0.05);
		CHECK(fm_outliers_most(ks[i]) > 1 || is.hi >= 0.05);
		CHECK(hits > TIMES / 50);
	}
}

/* How often those that are 10 % slower are found, and nothing besides. */
static double found(size_t k, size_t outliers, double sd)
{
	enum { TIMES = 2000 };
	size_t all = 0;

	for (int t = 0; t < TIMES; t++) {
		size_t right = 0;
		long n;

		draw(k, sd);
		for (size_t i = 0; i < outliers; i++)
			value[i].value += log(1.10);
		n = fm_outliers_find(value, k, 0.005, log(1.01), out);
		for (size_t i = 0; i < outliers; i++)
			right += out[i].verdict == FM_SLOWER;
		all += right == outliers && n == (long)outliers;
	}
	printf("# %zu of %zu machines, sd %g: %.1f %%\n", outliers, k, sd,
	       100.0 * (double)all / TIMES);
	return (double)all / TIMES;
}

static void finds(void)
{
	CHECK(found(8, 1, 0.005) > 0.9);
	CHECK(found(8, 2, 0.005) > 0.5);
	CHECK(found(16, 1, 0.01) > 0.9);
	CHECK(found(16, 2, 0.01) > 0.8);
	CHECK(found(32, 4, 0.01) > 0.8);
	/* What is not there to be seen is not told. */
	CHECK(found(8, 1, 0.05) < 0.2);
	/* Three machines say little of the scale. */
	CHECK(found(4, 1, 0.005) < 0.4);
}

static void sums_up(void)
{
	/* Three points of five machines; the last is 0.1 slower in two. */
	const double x[] = {
		1, 1, 1, 1, 1.1, 5, 5, 5, 5, 5.1, 9, 9, 9, NAN, NAN
	};
	struct fm_mean sum[5];

	for (size_t i = 0; i < 15; i++)
		value[i] = (struct fm_mean){ x[i], 0.01, 19, 20 };
	CHECK(!fm_outliers_sum_up(value, 3, 5, sum));
	CHECK(near(sum[4].value, 0.1) && sum[4].n == 2);
	/* The third point has three machines, which say nothing. */
	CHECK(near(sum[0].value, 0) && sum[0].n == 2);
	for (size_t i = 0; i < 15; i++)
		value[i].value = NAN;
	CHECK(!fm_outliers_sum_up(value, 3, 5, sum));
	CHECK(isnan(sum[0].value) && sum[0].n == 0);
}

/* The median of each round is 1, 2, 3 and 4, whatever points lack blocks. */
static void by_rounds(void)
{
	const double off[] = { 1, 2,   3, 4,   0, NAN, 9, 3,
			       2, NAN, 0, NAN, 1, 2,   3, 5 };

	/* sd 1.290994 by root 4 */
	CHECK(near(fm_outliers_own_se(off, 4, 4), sqrt(5. / 3) / 2));
	CHECK(isnan(fm_outliers_own_se(off, 4, 2)));
	CHECK(isnan(fm_outliers_own_se(off, 0, 4)));
}

int main(void)
{
	rng = gsl_rng_alloc(gsl_rng_mt19937);
	gsl_rng_set(rng, 8);
	by_hand();
	own_errors();
	two_hide();
	false_alarms();
	finds();
	sums_up();
	by_rounds();
	gsl_rng_free(rng);
	return test_end();
}
