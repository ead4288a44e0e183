/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mean of values that come one by one, and are not kept. */
#include <math.h>

#include "running.h"

void fm_running_add(struct fm_running *r, double x)
{
	double off = x - r->mean;

	r->mean += off / (double)++r->n;
	r->squares += off * (x - r->mean);
}

struct fm_mean fm_running_mean(const struct fm_running *r)
{
	struct fm_mean m = { .value = NAN, .se = NAN, .n = r->n };

	if (!r->n || !isfinite(r->mean))
		return m;
	m.value = r->mean;
	m.df = (double)(r->n - 1);
	if (r->n >= FM_LEAST_BLOCKS)
		m.se = sqrt(r->squares / m.df / (double)r->n);
	return m;
}
