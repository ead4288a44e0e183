/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What two measurements of one point amount to together. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "comparison.h"
#include "quantiles.h"

static double value_of(const struct fm_quantile_row *row, size_t offset)
{
	double x;

	memcpy(&x, (const char *)row + offset, sizeof(x));
	return x;
}

static size_t blocks_of(struct fm_units_of side)
{
	size_t k = 0;

	for (size_t i = 0; i < side.n; i++)
		k += side.unit[i].k;
	return k;
}

static size_t absent_of(struct fm_units_of side, size_t offset)
{
	size_t n = 0;

	for (size_t i = 0; i < side.n; i++)
		for (size_t b = 0; b < side.unit[i].k; b++)
			n += isnan(value_of(&side.unit[i].block[b], offset));
	return n;
}

/* All values of the side, one unit behind the other. */
static void gather(struct fm_units_of side, size_t offset, double *x)
{
	for (size_t i = 0; i < side.n; i++)
		for (size_t b = 0; b < side.unit[i].k; b++)
			*x++ = value_of(&side.unit[i].block[b], offset);
}

static double plain(const double *x, size_t k)
{
	return fm_mean_of(x, k).value;
}

static double log_of(const double *x, size_t k)
{
	return fm_mean_log(x, k).value;
}

/*
 * One value a unit that has blocks: mean of its blocks. x holds all blocks'
 * values, unit by unit; the means take their place. Returns how many.
 */
static size_t reduce(struct fm_units_of side, double *x, const double *from,
		     double (*mean)(const double *x, size_t k))
{
	size_t n = 0;

	for (size_t i = 0; i < side.n; i++) {
		if (side.unit[i].k)
			x[n++] = mean(from, side.unit[i].k);
		from += side.unit[i].k;
	}
	return n;
}

struct one_side {
	struct fm_mean log, ns;
};

/* x: the side's k values; work as long. */
static struct one_side side_of(struct fm_units_of side, const double *x,
			       size_t k, double *work, enum fm_over over,
			       double step)
{
	struct one_side s;

	if (over == FM_OVER_UNITS) {
		s.log = fm_mean_of(work, reduce(side, work, x, log_of));
		s.ns = fm_mean_of(work, reduce(side, work, x, plain));
	} else {
		s.log = fm_mean_log_trimmed(x, k);
		s.ns = fm_mean_trimmed(x, k);
	}
	s.log = fm_quantiles_blur(s.log, step);
	s.ns = fm_mean_blur(s.ns, step);
	return s;
}

static void contrast(struct fm_comparison *c, struct one_side a,
		     struct one_side b)
{
	c->base = a.log;
	c->new = b.log;
	c->base_ns = a.ns.value;
	c->new_ns = b.ns.value;
	c->ratio = fm_contrast_welch(a.log, b.log);
	c->difference = fm_contrast_welch(a.ns, b.ns);
}

/* Keeps the values of rounds that both have. Returns how many. */
static size_t pair(const struct fm_unit *a, double *x, const struct fm_unit *b,
		   double *y)
{
	size_t i = 0, j = 0, n = 0;

	while (i < a->k && j < b->k) {
		uint64_t left = a->block[i].round, right = b->block[j].round;

		if (left == right) {
			x[n] = x[i];
			y[n++] = y[j];
		}
		i += left <= right;
		j += right <= left;
	}
	return n;
}

static void contrast_pairs(struct fm_comparison *c, const double *x,
			   const double *y, size_t k, double *work, double step)
{
	for (size_t i = 0; i < k; i++)
		work[i] = y[i] - x[i];
	c->base = fm_mean_log_trimmed(x, k);
	c->new = fm_mean_log_trimmed(y, k);
	c->base_ns = fm_mean_trimmed(x, k).value;
	c->new_ns = fm_mean_trimmed(y, k).value;
	c->ratio = fm_mean_blur(fm_contrast_paired(x, y, k),
				step * hypot(exp(-c->base.value),
					     exp(-c->new.value)));
	c->difference =
		fm_mean_blur(fm_mean_trimmed(work, k), step * hypot(1, 1));
}

int fm_comparison_make(struct fm_comparison *c, struct fm_units_of base,
		       struct fm_units_of new, size_t offset, enum fm_over over,
		       double step)
{
	size_t a = blocks_of(base), b = blocks_of(new);
	double *x = malloc((a + b + 1) * 2 * sizeof(*x)), *y = x + a;
	double *work = y + b;

	*c = (struct fm_comparison){ .over = over };
	if (!x)
		return -ENOMEM;
	gather(base, offset, x);
	gather(new, offset, y);
	c->absent = absent_of(base, offset) + absent_of(new, offset);
	if (over == FM_OVER_ROUNDS) {
		size_t k = pair(base.unit, x, new.unit, y);

		c->left_out = a + b - 2 * k;
		contrast_pairs(c, x, y, k, work, step);
	} else {
		contrast(c, side_of(base, x, a, work, over, step),
			 side_of(new, y, b, work, over, step));
	}
	free(x);
	return 0;
}
