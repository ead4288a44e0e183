/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two runs of one sitting, round by round. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pairs.h"

static struct fm_pair *find(struct fm_pairs *p,
			    const struct fm_quantile_row *row)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->pair[i].point->point == row->point &&
		    !strcmp(p->pair[i].metric, row->metric))
			return &p->pair[i];
	return NULL;
}

static double *nothing(size_t n)
{
	double *x = malloc((n + 1) * sizeof(*x));

	for (size_t i = 0; x && i < n; i++)
		x[i] = NAN;
	return x;
}

static struct fm_pair *add(struct fm_pairs *p,
			   const struct fm_quantile_row *row)
{
	struct fm_pair *pair = realloc(p->pair, (p->n + 1) * sizeof(*p->pair));

	if (!pair)
		return NULL;
	p->pair = pair;
	pair = &p->pair[p->n++];
	pair->point = &p->plan[row->point - 1];
	strcpy(pair->metric, row->metric);
	pair->base = nothing(p->rounds);
	pair->new = nothing(p->rounds);
	return pair->base && pair->new ? pair : NULL;
}

static int take(struct fm_pairs *p, const struct fm_quantile_row *row, size_t n,
		int is_base)
{
	for (size_t i = 0; i < n; i++) {
		struct fm_pair *pair;

		if (!row[i].point || row[i].point > p->points ||
		    !row[i].round || row[i].round > p->rounds ||
		    !strcmp(p->plan[row[i].point - 1].workload, "null"))
			continue;
		pair = find(p, &row[i]);
		if (!pair)
			pair = add(p, &row[i]);
		if (!pair)
			return -ENOMEM;
		(is_base ? pair->base : pair->new)[row[i].round - 1] =
			row[i].median;
	}
	return 0;
}

static size_t last_round(const struct fm_quantile_row *row, size_t n)
{
	size_t last = 0;

	for (size_t i = 0; i < n; i++)
		if (row[i].round != FM_ABSENT && row[i].round > last)
			last = row[i].round;
	return last;
}

static int same_plan(const struct fm_pairs *p, const char *dir,
		     struct fm_why *why)
{
	struct fm_plan_row *other;
	size_t n;
	int err = fm_table_load(&fm_plan_table, dir, (void **)&other, &n, why);

	if (err)
		return err;
	if (n != p->points)
		err = fm_fail(why, EINVAL, "%s: %zu points, not %zu", dir, n,
			      p->points);
	for (size_t i = 0; i < n && !err; i++)
		if (p->plan[i].point != other[i].point ||
		    !fm_row_same_point(&fm_plan_table, &p->plan[i],
				       &fm_plan_table, &other[i]))
			err = fm_fail(why, EINVAL, "%s: point %zu is another",
				      dir, i + 1);
	free(other);
	return err;
}

int fm_pairs_load(struct fm_pairs *p, const char *base, const char *new,
		  struct fm_why *why)
{
	struct fm_quantile_row *a = NULL, *b = NULL;
	size_t na = 0, nb = 0, found = 0;
	int err;

	memset(p, 0, sizeof(*p));
	err = fm_table_load(&fm_plan_table, base, (void **)&p->plan, &p->points,
			    why);
	if (!err)
		err = same_plan(p, new, why);
	if (!err)
		err = fm_table_load(&fm_quantile_table, base, (void **)&a, &na,
				    why);
	if (!err)
		err = fm_table_load(&fm_quantile_table, new, (void **)&b, &nb,
				    why);
	if (!err) {
		p->rounds = last_round(a, na);
		if (last_round(b, nb) > p->rounds)
			p->rounds = last_round(b, nb);
		err = take(p, a, na, 1);
	}
	if (!err)
		err = take(p, b, nb, 0);
	free(a);
	free(b);
	for (size_t i = 0; i < p->n && !err; i++)
		for (size_t r = 0; r < p->rounds; r++)
			found += !isnan(fm_pair_difference(&p->pair[i], r));
	if (!err && !found)
		err = fm_fail(why, ENODATA, "%s and %s: no round of both", base,
			      new);
	return err;
}

void fm_pairs_free(struct fm_pairs *p)
{
	for (size_t i = 0; i < p->n; i++) {
		free(p->pair[i].base);
		free(p->pair[i].new);
	}
	free(p->pair);
	free(p->plan);
	memset(p, 0, sizeof(*p));
}

double fm_pair_difference(const struct fm_pair *pair, size_t round)
{
	double a = pair->base[round], b = pair->new[round];

	return a > 0 && b > 0 ? log(b / a) : NAN;
}

struct fm_mean fm_pair_contrast(const struct fm_pair *pair, size_t rounds)
{
	double *x = malloc((rounds + 1) * sizeof(*x));
	struct fm_mean mean = { NAN, NAN, 0, 0 };
	size_t n = 0;

	for (size_t r = 0; x && r < rounds; r++) {
		x[n] = fm_pair_difference(pair, r);
		n += !isnan(x[n]);
	}
	if (x)
		mean = fm_mean_trimmed(x, n);
	free(x);
	return mean;
}

double fm_pair_sd(const struct fm_pair *pair, size_t rounds)
{
	struct fm_mean mean = fm_pair_contrast(pair, rounds);

	return mean.se * sqrt((double)mean.n);
}

struct fm_mean fm_pair_halves(const struct fm_pair *pair, size_t rounds)
{
	double *x = malloc((rounds + 1) * sizeof(*x));
	struct fm_mean half[2], none = { NAN, NAN, 0, 0 };

	if (!x)
		return none;
	for (size_t h = 0; h < 2; h++) {
		size_t from = h ? rounds / 2 : 0, n = 0;
		size_t to = h ? rounds : rounds / 2;

		for (size_t r = from; r < to; r++)
			if (!isnan(fm_pair_difference(pair, r)))
				x[n++] = (log(pair->base[r]) +
					  log(pair->new[r])) /
					 2;
		half[h] = fm_mean_trimmed(x, n);
	}
	free(x);
	return fm_contrast_welch(half[0], half[1]);
}
