/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statistics against answers that are known from elsewhere. */
#include <math.h>

#include "stats.h"
#include "test.h"

static int near(double a, double b, double relative)
{
	return fabs(a - b) <= relative * fabs(b);
}

static void one_value(void)
{
	double one[] = { 7 }, work[1];
	struct fm_spread s = fm_stats_spread(one, work, 1);

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

int main(void)
{
	one_value();
	known_spread();
	known_histogram();
	return test_end();
}
