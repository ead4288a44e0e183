/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Level shifts: where, by how much, and which of them were told before. */
#include <math.h>
#include <stdint.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "shift.h"
#include "test.h"

enum { N = 120 };
static const double delta = 0.01;
static double x[N];
static struct fm_shift shift[N];
static gsl_rng *rng;

static void noise(double sd)
{
	for (size_t i = 0; i < N; i++)
		x[i] = 11 + gsl_ran_gaussian(rng, sd);
}

static void add_from(size_t from, double step)
{
	for (size_t i = from; i < N; i++)
		x[i] += step;
}

static long shifts(size_t n)
{
	return fm_shifts_find(x, n, &fm_edivisive_usual, delta, shift);
}

static int near(double a, double b)
{
	return fabs(a - b) < 0.005;
}

static void two_steps(void)
{
	noise(0.01);
	add_from(40, log(1.12));
	add_from(90, -log(1.05));
	CHECK(shifts(N) == 2);
	CHECK(shift[0].at == 40 && shift[0].from == 0 && shift[0].to == 90);
	CHECK(shift[1].at == 90 && shift[1].from == 40 && shift[1].to == N);
	CHECK(shift[0].verdict == FM_SLOWER && shift[1].verdict == FM_FASTER);
	CHECK(near(shift[0].ratio.value, log(1.12)));
	CHECK(near(shift[1].ratio.value, -log(1.05)));
	CHECK(near(shift[0].before.value, 11));
	CHECK(shift[0].before.n == 40 && shift[0].after.n == 50);
	CHECK(shift[0].lo <= 40 && shift[0].hi >= 40 && shift[0].lo >= 38 &&
	      shift[0].hi <= 42);
}

/* What is too small to matter, and what only varies more, is no verdict. */
static void no_verdicts(void)
{
	noise(0.001);
	add_from(60, 0.005);
	CHECK(shifts(N) == 1 && shift[0].verdict == FM_SAME);
	noise(0.002);
	for (size_t i = 60; i < N; i++)
		x[i] = 11 + (i % 2 ? 0.03 : -0.03);
	CHECK(shifts(N) >= 1);
	for (long i = 0; i < shifts(N); i++)
		CHECK(shift[i].verdict == FM_UNSURE ||
		      shift[i].verdict == FM_SAME);
}

/* The interval holds the true place as often as it says. */
static void places(void)
{
	size_t held = 0, all = 0, wide = 0;

	for (size_t i = 0; i < 300; i++) {
		noise(0.02);
		add_from(60, 0.04);
		if (shifts(N) != 1)
			continue;
		all++;
		held += shift[0].lo <= 60 && 60 <= shift[0].hi;
		wide += shift[0].hi - shift[0].lo > 8;
	}
	printf("place held: %zu of %zu, wide: %zu\n", held, all, wide);
	CHECK(all > 270);
	CHECK((double)held >= 0.93 * (double)all);
	CHECK((double)wide <= 0.2 * (double)all);
}

/* Bad nights do not widen it. */
static void bad_nights(void)
{
	noise(0.01);
	add_from(60, 0.1);
	x[10] += 0.5;
	x[61] += 0.8;
	x[100] -= 0.5;
	CHECK(shifts(N) == 1 && shift[0].at == 60);
	CHECK(shift[0].lo >= 58 && shift[0].hi <= 62);
	CHECK(fabs(shift[0].ratio.value - 0.1) < 0.01);
}

/* A shift by so much at that place, told with its interval. */
static struct fm_shift a_shift(size_t at, double by)
{
	return (struct fm_shift){
		.at = at,
		.ratio = { .value = by, .se = 0.0001, .df = 100 },
	};
}

static struct fm_shift_told told_as(size_t at, double by)
{
	return (struct fm_shift_told){ at, { by, by - 0.02, by + 0.02 } };
}

static void told(void)
{
	struct fm_shift found[] = { a_shift(50, 0.05), a_shift(53, 0.06),
				    a_shift(80, -0.1) };
	struct fm_shift_told old[] = { told_as(54, 0.05), told_as(50, 0.04),
				       told_as(20, 0.1) };
	struct fm_shift_told one = told_as(50, 0.05);
	struct fm_shift again;
	size_t is[3];

	fm_shifts_match(found, 3, old, 3, delta, is);
	CHECK(is[0] == 1 && is[1] == 0 && is[2] == SIZE_MAX);
	again = a_shift(50, 0.1); /* two in one */
	fm_shifts_match(&again, 1, old, 3, delta, is);
	CHECK(is[0] == 0);
	again = a_shift(50, 0.2);
	fm_shifts_match(&again, 1, old, 3, delta, is);
	CHECK(is[0] == SIZE_MAX);
	fm_shifts_match(found, 2, old + 1, 1, delta, is);
	CHECK(is[0] == 0 && is[1] == SIZE_MAX); /* one is told, not two */
	again = a_shift(57, 0.05);
	CHECK(fm_shift_is_told(&again, &one, delta));
	again.at = 58;
	CHECK(!fm_shift_is_told(&again, &one, delta));
	again = a_shift(50, -0.05);
	CHECK(!fm_shift_is_told(&again, &one, delta));
	again = a_shift(50, 0.079);
	CHECK(fm_shift_is_told(&again, &one, delta));
	again = a_shift(50, 0.2); /* or so it seems */
	again.ratio.se = 0.1;
	CHECK(fm_shift_is_told(&again, &one, delta));
	again = a_shift(50, 0.081); /* it has grown */
	CHECK(!fm_shift_is_told(&again, &one, delta));
	again = a_shift(50, 0.001); /* much of it is gone, but not new */
	CHECK(fm_shift_is_told(&again, &one, delta));
}

/* Night after night, the shift of one step is found once. */
static void night_after_night(void)
{
	struct fm_shift_told old[N];
	size_t olds = 0, is[N];

	noise(0.02);
	add_from(50, 0.1);
	x[20] += 0.3;
	x[80] += 0.3;
	for (size_t nights = 1; nights <= N; nights++) {
		long n = shifts(nights);

		fm_shifts_match(shift, (size_t)n, old, olds, delta, is);
		for (long i = 0; i < n; i++)
			if (is[i] == SIZE_MAX && shift[i].verdict > FM_SAME)
				old[olds++] = (struct fm_shift_told){
					shift[i].at,
					fm_mean_interval(shift[i].ratio,
							 FM_SHIFT_LEVEL)
				};
	}
	CHECK(olds == 1 && old[0].at == 50);
}

/* Two steps, so near that they are one at first: each is told, and once. */
static void near_ones(void)
{
	struct fm_shift_told old[N];
	size_t olds = 0, is[N], second = 0;

	noise(0.01);
	add_from(60, 0.1);
	add_from(63, 0.13);
	for (size_t nights = 60; nights <= N; nights++) {
		long n = shifts(nights);

		fm_shifts_match(shift, (size_t)n, old, olds, delta, is);
		for (long i = 0; i < n; i++)
			if (is[i] == SIZE_MAX && shift[i].verdict > FM_SAME) {
				old[olds++] = (struct fm_shift_told){
					shift[i].at,
					fm_mean_interval(shift[i].ratio,
							 FM_SHIFT_LEVEL)
				};
				second = nights;
			}
	}
	CHECK(olds == 2 && old[0].at == 60 && second > 63);
}

int main(void)
{
	rng = gsl_rng_alloc(gsl_rng_mt19937);
	gsl_rng_set(rng, 20261126);
	two_steps();
	no_verdicts();
	places();
	bad_nights();
	told();
	night_after_night();
	near_ones();
	gsl_rng_free(rng);
	return test_end();
}
