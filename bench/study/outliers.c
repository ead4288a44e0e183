/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which machines forkmeter outliers finds in labs whose outliers are known, and
 * how often it finds one in labs that have none: make bench-outliers.
 * Arguments: how many labs of each kind, and the folder that holds base and
 * new, two sides of an A/A run, from whose blocks the noise is drawn.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <gsl/gsl_randist.h>

#include "labs.h"

static void share(size_t hits, size_t n)
{
	struct fm_interval i = fm_binomial_interval(hits, n, 0.95);

	printf("  %6.2f %% (%.2f .. %.2f)", 100 * i.middle, 100 * i.lo,
	       100 * i.hi);
}

/* Sets of k normal values in which an outlier is found, of so many. */
static long step_alarms(gsl_rng *rng, size_t k, double alpha, size_t sets)
{
	struct fm_mean x[FM_LABS_MACHINES] = { { 0 } };
	struct fm_outlier of[FM_LABS_MACHINES];
	long hits = 0;

	for (size_t i = 0; i < sets; i++) {
		long found;

		for (size_t j = 0; j < k; j++)
			x[j].value = gsl_ran_gaussian_ziggurat(rng, 1);
		found = fm_outliers_find(x, k, alpha, 0, of);
		if (found < 0)
			return -1;
		hits += found > 0;
	}
	return hits;
}

/* As long for large sets, of which each takes k^3. */
static size_t sets_of(size_t k, double alpha, size_t count)
{
	double n = (double)count;

	return (size_t)fmin(n / alpha, 4e6 * n / pow((double)k, 3));
}

static int steps(gsl_rng *rng, size_t count)
{
	static const size_t ks[] = { 4, 5, 6, 8, 9, 12, 16, 32 };
	static const double alpha[] = { 1e-2, 1e-3, 1e-4 };

	printf("\nSets of normal values in which an outlier is found, by as "
	       "many as are allowed:\n  machines  1 in 100             1 in "
	       "1000            1 in 10000\n");
	for (size_t i = 0; i < sizeof(ks) / sizeof(*ks); i++) {
		printf("  %8zu", ks[i]);
		for (size_t a = 0; a < sizeof(alpha) / sizeof(*alpha); a++) {
			size_t sets = sets_of(ks[i], alpha[a], count);
			long hits = step_alarms(rng, ks[i], alpha[a], sets);
			struct fm_interval is;

			if (hits < 0)
				return -1;
			is = fm_binomial_interval((size_t)hits, sets, 0.95);
			printf("  %4.2f (%4.2f .. %4.2f)", is.middle / alpha[a],
			       is.lo / alpha[a], is.hi / alpha[a]);
		}
		putchar('\n');
	}
	return 0;
}

static int alarms(struct fm_nights *n, size_t count)
{
	static const size_t ks[] = { 4, 6, 8, 12, 16, 24, 32 };
	struct fm_labs lab;
	struct fm_labs_tally t = { 0 };

	printf("Labs of %d points without an outlier in which one is found; "
	       "machines differ at a\npoint by %.1f to %.1f %% (standard "
	       "deviation), and by %.1f %% as a whole:\n"
	       "  machines  normally                with t(5)               "
	       "as single blocks do      told, within 1 %%\n",
	       FM_LABS_POINTS, 100 * FM_LABS_LEAST, 100 * FM_LABS_MOST,
	       100 * FM_LABS_WHOLE);
	for (size_t i = 0; i < sizeof(ks) / sizeof(*ks); i++) {
		lab = (struct fm_labs){ .k = ks[i] };
		printf("  %8zu", lab.k);
		for (int tails = FM_LABS_NORMAL; tails <= FM_LABS_BLOCKS;
		     tails++) {
			lab.tails = tails;
			if (fm_labs_play(&lab, n, count, &t))
				return -1;
			share(t.wrong, t.labs);
		}
		printf("  %zu, %zu\n", t.told, t.near);
	}
	return 0;
}

static int finds(struct fm_nights *n, size_t outliers, size_t in, size_t count)
{
	static const size_t ks[] = { 4, 5, 6, 8, 16, 32 };
	static const double by[] = { 0.03, 0.05, 0.10, 0.20 };
	struct fm_labs lab;

	printf("\nOutliers: %zu, slower in %zu points; machines differ at a "
	       "point by 1 %%. Found as a\nmachine / share of the points found "
	       "/ labs in which another is called one:\n"
	       "  machines",
	       outliers, in);
	for (size_t b = 0; b < sizeof(by) / sizeof(*by); b++)
		printf("         %2.0f %% slower", 100 * by[b]);
	putchar('\n');
	for (size_t i = 0; i < sizeof(ks) / sizeof(*ks); i++) {
		printf("  %8zu", ks[i]);
		for (size_t b = 0; b < sizeof(by) / sizeof(*by); b++) {
			struct fm_labs_tally t;

			lab = (struct fm_labs){ .k = ks[i],
						.outliers = outliers,
						.in = in,
						.by = log1p(by[b]),
						.own = 0.01 };
			if (fm_labs_play(&lab, n, count, &t))
				return -1;
			printf("  %5.1f %5.1f %5.1f %%",
			       100 * (double)t.machines / (double)t.all,
			       100 * (double)t.points / (double)t.all_points,
			       100 * (double)t.wrong / (double)t.labs);
		}
		putchar('\n');
	}
	return 0;
}

int main(int argc, char **argv)
{
	size_t n = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 500;
	const char *dir = argc > 2 ? argv[2] : "tests/data";
	static struct fm_nights nights;
	struct fm_why why = { "" };
	int err = n ? fm_nights_open(&nights, dir, 1, &why) :
		      fm_fail(&why, EINVAL, "%s: want how many labs", argv[1]);

	if (!err)
		err = alarms(&nights, 4 * n);
	if (!err)
		err = finds(&nights, 1, FM_LABS_POINTS, n);
	if (!err)
		err = finds(&nights, 2, FM_LABS_POINTS, n);
	if (!err)
		err = finds(&nights, 1, 1, n);
	if (!err)
		err = steps(nights.rng, n);
	if (err)
		fprintf(stderr, "outliers: %s\n",
			*why.text ? why.text : "no memory");
	fm_nights_free(&nights);
	return err ? 4 : 0;
}
