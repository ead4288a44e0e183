/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Series whose values are like the ones before, by how much is known. */
#include <math.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "correlation.h"
#include "shift.h"
#include "test.h"

enum { N = 200, SERIES = 30 };
static double x[N];
static gsl_rng *rng;

static void draw(size_t n, double r)
{
	x[0] = gsl_ran_gaussian(rng, 1);
	for (size_t i = 1; i < n; i++)
		x[i] = r * x[i - 1] + gsl_ran_gaussian(rng, sqrt(1 - r * r));
}

static double found(size_t n)
{
	double r = -1;

	CHECK(fm_correlation(x, n, &r) == 0);
	return r;
}

/* In the mean, and but for the standard error that is taken off. */
static void as_drawn(void)
{
	static const double is[] = { 0.3, 0.5, 0.8 };

	for (size_t k = 0; k < sizeof(is) / sizeof(*is); k++) {
		double sum = 0;

		for (size_t i = 0; i < SERIES; i++) {
			draw(N, is[k]);
			sum += found(N);
		}
		CHECK(fabs(sum / SERIES + sqrt(2.0 / N) - is[k]) < 0.06);
	}
}

static void none(void)
{
	size_t some = 0;

	for (size_t i = 0; i < N; i++)
		x[i] = 5;
	CHECK(found(N) == 0 && found(9) == 0 && found(0) == 0);
	for (size_t i = 0; i < SERIES; i++) {
		draw(N, 0);
		some += found(N) > 0.1;
	}
	CHECK(some <= SERIES / 6);
}

/* Steps, a slope, and values far off are no correlation. */
static void undisturbed(void)
{
	double was;

	draw(N, 0);
	was = found(N);
	for (size_t i = 0; i < N; i++)
		x[i] += 0.05 * (double)i + (i >= 60 ? 8 : 0) -
			(i >= 130 ? 5 : 0);
	x[20] += 50;
	x[150] -= 50;
	CHECK(fabs(found(N) - was) < 0.1);
}

/* How many shifts there are in series without one, and with one. */
static void shifts(double r, double by, size_t *told, size_t *at)
{
	static struct fm_shift shift[N];

	*told = *at = 0;
	for (size_t i = 0; i < SERIES; i++) {
		long n;

		draw(N, r);
		for (size_t k = 100; k < N; k++)
			x[k] += by;
		n = fm_shifts_find(x, N, &fm_edivisive_usual, 0.01, shift);
		for (long k = 0; k < n; k++) {
			*told += shift[k].verdict > FM_SAME;
			*at += shift[k].at >= 98 && shift[k].at <= 102;
		}
	}
}

static void told(void)
{
	size_t all, at, of_any_order = 0;
	static struct fm_edivisive_change change[N];

	for (size_t i = 0; i < SERIES; i++) {
		draw(N, 0.5);
		of_any_order +=
			(size_t)fm_edivisive(x, N, &fm_edivisive_usual, change);
	}
	shifts(0.5, 0, &all, &at);
	printf("false shifts of %d series: %zu; as if in any order: %zu\n",
	       SERIES, all, of_any_order);
	CHECK(3 * all < of_any_order);
	shifts(0.5, 5, &all, &at);
	CHECK(at >= SERIES * 9 / 10);
	shifts(0, 2.5, &all, &at);
	CHECK(at >= SERIES * 9 / 10);
}

int main(void)
{
	rng = gsl_rng_alloc(gsl_rng_mt19937);
	gsl_rng_set(rng, 20261126);
	as_drawn();
	none();
	undisturbed();
	told();
	gsl_rng_free(rng);
	return test_end();
}
