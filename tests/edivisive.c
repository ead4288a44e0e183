/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Change points of series whose changes are known. */
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "edivisive.h"
#include "test.h"

enum { N = 120 };
static double x[N];
static struct fm_edivisive_change found[N];
static gsl_rng *rng;

static long changes(size_t n)
{
	return fm_edivisive(x, n, &fm_edivisive_usual, found);
}

static void noise(double sd)
{
	for (size_t i = 0; i < N; i++)
		x[i] = 5 + gsl_ran_gaussian(rng, sd);
}

static void add_from(size_t from, double step)
{
	for (size_t i = from; i < N; i++)
		x[i] += step;
}

static double mean_distance(const double *a, size_t n, const double *b,
			    size_t m)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < m; k++)
			sum += fabs(a[i] - b[k]);
	/* Within one set no value is paired with itself. */
	return sum / (double)(a == b ? n * (n - 1) : n * m);
}

/* The definition, word for word. */
static double by_definition(size_t n, size_t least, size_t *at)
{
	double best = -INFINITY;

	for (size_t t = least; t < n; t++)
		for (size_t k = t + least; k <= n; k++) {
			const double *y = x + t;
			size_t m = k - t;
			double e = 2 * mean_distance(x, t, y, m) -
				   mean_distance(x, t, x, t) -
				   mean_distance(y, m, y, m);
			double q = e * (double)(t * m) / (double)(t + m);

			if (q > best + 1e-12) {
				best = q;
				*at = t;
			}
		}
	return best;
}

static void as_defined(void)
{
	double work[3 * (N + 1)];
	size_t at, want = 0;

	for (size_t n = 6; n <= 30; n++) {
		noise(1);
		for (size_t i = n / 2; i < n; i++)
			x[i] += n % 3 ? 2 : 0;
		for (size_t least = 2; 2 * least <= n; least++) {
			double q = fm_edivisive_best(x, n, least, work, &at);

			CHECK(fabs(q - by_definition(n, least, &want)) < 1e-9);
			CHECK(at == want);
		}
	}
	CHECK(isinf(fm_edivisive_best(x, 5, 3, work, &at)));
}

/* Of the 20 orders of 0 0 0 1 1 1 two have the largest statistic. */
static void known_p(void)
{
	struct fm_edivisive_plan plan = fm_edivisive_usual;

	noise(0);
	add_from(3, 1);
	plan.level = 0.5;
	plan.permutations = 9999;
	CHECK(fm_edivisive(x, 6, &plan, found) == 1);
	CHECK(found[0].at == 3 && fabs(found[0].p - 0.1) < 0.01);
}

/* So few values that no order of them is rare: what is clear is a change. */
static void few(void)
{
	for (size_t n = 6; n <= 14; n++) {
		noise(1);
		CHECK(changes(n) == 0);
		add_from(n - 3, 2);
		CHECK(changes(n) == 0);
		add_from(n - 3, 23);
		CHECK(changes(n) == 1 && found[0].at == n - 3);
		CHECK(found[0].p > 0 && found[0].p <= 0.005);
	}
	noise(0);
	add_from(3, 1);
	CHECK(changes(6) == 1 && found[0].p == 0);
}

static void steps(void)
{
	noise(0.1);
	add_from(70, 1);
	CHECK(changes(N) == 1 && found[0].at == 70 && found[0].p <= 0.01);
	add_from(100, -1); /* back again */
	CHECK(changes(N) == 2 && found[0].at == 70 && found[1].at == 100);
	add_from(20, 1);
	CHECK(changes(N) == 3 && found[0].at == 20 && found[1].at == 70 &&
	      found[2].at == 100);
	CHECK(changes(76) == 2 && found[1].at == 70); /* a few nights later */
	CHECK(changes(71) == 1);		      /* one night is none */
}

static void nothing(void)
{
	noise(0);
	CHECK(changes(N) == 0);
	CHECK(changes(5) == 0 && changes(1) == 0 && changes(0) == 0);
	noise(0.1);
	x[60] += 5; /* one bad night */
	CHECK(changes(N) == 0);
	x[30] += 5;
	x[90] -= 5;
	CHECK(changes(N) == 0);
}

/* A slope is no step, but it is no standing still either. */
static void drift(void)
{
	noise(0.1);
	for (size_t i = 0; i < N; i++)
		x[i] += 0.02 * (double)i;
	CHECK(changes(N) >= 2);
	for (long i = 1; i < changes(N); i++)
		CHECK(found[i].at >= found[i - 1].at + 3);
}

/* A distribution changes with its spread, too: told apart in lib/shift. */
static void spread(void)
{
	noise(0.1);
	for (size_t i = 60; i < N; i++)
		x[i] = 5 + gsl_ran_gaussian(rng, 1);
	CHECK(changes(N) >= 1 && labs((long)found[0].at - 60) <= 10);
}

static void alike(void)
{
	struct fm_edivisive_change again[N];
	size_t as_often = 0, all = 300;

	noise(1);
	add_from(60, 1);
	CHECK(changes(N) == fm_edivisive(x, N, &fm_edivisive_usual, again));
	CHECK(found[0].at == again[0].at && found[0].p == again[0].p);
	for (size_t i = 0; i < all; i++) {
		noise(1);
		as_often += changes(40) > 0;
	}
	/* Of 300 at 0.5 %, more than 6 have a probability of 0.1 % */
	printf("changes in series without one: %zu of %zu\n", as_often, all);
	CHECK(as_often <= 6);
}

int main(void)
{
	rng = gsl_rng_alloc(gsl_rng_mt19937);
	gsl_rng_set(rng, 20261126);
	as_defined();
	known_p();
	few();
	steps();
	nothing();
	drift();
	spread();
	alike();
	gsl_rng_free(rng);
	return test_end();
}
