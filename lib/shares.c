/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a profile run's blocks to shares of its samples. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "share.h"
#include "shares.h"

#define LEVEL 0.95

/* What is known of the blocks of one point while its shares are made. */
struct point {
	const struct fm_plan_row *plan;
	const struct fm_sampling_row **block;
	struct fm_share_block *self, *inclusive; /* of one name, by block */
	size_t k;
	uint64_t inside;
	struct fm_interval slower;
};

/*
 * Other processes are there by chance, and more of them on a busy machine: what
 * they take is told of the block, and no part of its shares.
 */
static size_t own(const struct fm_sampling_row *b)
{
	return b->inside > b->others ? b->inside - b->others : 0;
}

/* One block's median of that metric in quantiles.tsv, or 0. */
static double plain_median(const struct fm_quantile_row *q, size_t n,
			   const struct fm_sampling_row *b)
{
	for (size_t i = 0; i < n; i++)
		if (q[i].point == b->point && q[i].round == b->round &&
		    !strcmp(q[i].metric, b->metric))
			return q[i].median;
	return 0;
}

static int compare_with_plain(struct point *p, const struct fm_quantile_row *q,
			      size_t n)
{
	double *plain = calloc(p->k + 1, sizeof(*plain));
	double *sampled = calloc(p->k + 1, sizeof(*sampled));
	size_t pairs = 0;

	if (!plain || !sampled) {
		free(plain);
		free(sampled);
		return -ENOMEM;
	}
	for (size_t i = 0; i < p->k; i++) {
		double without = plain_median(q, n, p->block[i]);

		if (!(without > 0) || !(p->block[i]->median > 0))
			continue;
		plain[pairs] = without;
		sampled[pairs++] = p->block[i]->median;
	}
	p->slower = fm_mean_interval_exp(
		fm_contrast_paired(plain, sampled, pairs), LEVEL);
	free(plain);
	free(sampled);
	return 0;
}

/* The blocks of a point that gave samples. */
static int open_point(struct point *p, const struct fm_shares *s,
		      const struct fm_plan_row *plan)
{
	memset(p, 0, sizeof(*p));
	p->plan = plan;
	p->block = calloc(s->blocks + 1, sizeof(*p->block));
	p->self = calloc(s->blocks + 1, sizeof(*p->self));
	p->inclusive = calloc(s->blocks + 1, sizeof(*p->inclusive));
	if (!p->block || !p->self || !p->inclusive)
		return -ENOMEM;
	for (size_t i = 0; i < s->blocks; i++)
		if (s->block[i].point == plan->point &&
		    !strcmp(s->block[i].status, "ok")) {
			p->block[p->k++] = &s->block[i];
			p->inside += own(&s->block[i]);
		}
	return 0;
}

static void close_point(struct point *p)
{
	free(p->block);
	free(p->self);
	free(p->inclusive);
}

static void fill_share(struct fm_share_row *row, const struct point *p,
		       const struct fm_profile_row *of)
{
	struct fm_interval self, inclusive;
	int by_blocks;

	fm_row_clear(&fm_share_table, row);
	fm_row_copy(&fm_share_table, row, &fm_plan_table, p->plan);
	strcpy(row->event, p->block[0]->event);
	strcpy(row->metric, p->block[0]->metric);
	strcpy(row->kind, of->kind);
	strcpy(row->name, of->name);
	strcpy(row->class, of->class);
	row->samples = p->inside;
	row->blocks = p->k;
	row->self_samples = row->inclusive_samples = 0;
	for (size_t i = 0; i < p->k; i++) {
		row->self_samples += p->self[i].hits;
		row->inclusive_samples += p->inclusive[i].hits;
	}
	self = fm_share(p->self, p->k, LEVEL, &by_blocks);
	inclusive = fm_share(p->inclusive, p->k, LEVEL, &by_blocks);
	row->self = self.middle;
	row->self_lo = self.lo;
	row->self_hi = self.hi;
	row->inclusive = inclusive.middle;
	row->inclusive_lo = inclusive.lo;
	row->inclusive_hi = inclusive.hi;
	row->level = LEVEL;
	strcpy(row->over, by_blocks ? "blocks" : "samples");
	row->slower = p->slower.middle;
	row->slower_lo = p->slower.lo;
	row->slower_hi = p->slower.hi;
}

/* Lines of one name stand together, those of one point, too. */
static int by_name(const void *left, const void *right)
{
	const struct fm_profile_row *a = left, *b = right;
	int is;

	if (a->point != b->point)
		return a->point < b->point ? -1 : 1;
	is = strcmp(a->kind, b->kind);
	if (!is)
		is = strcmp(a->name, b->name);
	if (is)
		return is;
	return a->block < b->block ? -1 : a->block > b->block;
}

static int by_share(const void *left, const void *right)
{
	const struct fm_share_row *a = left, *b = right;
	int is;

	if (a->point != b->point)
		return a->point < b->point ? -1 : 1;
	is = strcmp(a->kind, b->kind);
	if (is)
		return is;
	if (a->self_samples != b->self_samples)
		return a->self_samples > b->self_samples ? -1 : 1;
	if (a->inclusive_samples != b->inclusive_samples)
		return a->inclusive_samples > b->inclusive_samples ? -1 : 1;
	return strcmp(a->name, b->name);
}

static int same_name(const struct fm_profile_row *a,
		     const struct fm_profile_row *b)
{
	return a->point == b->point && !strcmp(a->name, b->name) &&
	       !strcmp(a->kind, b->kind);
}

/*
 * The lines of one name into the counts of its blocks; returns how many. Two
 * functions of a kernel may share a name, and then their lines.
 */
static size_t take_name(struct point *p, const struct fm_profile_row *row,
			size_t n)
{
	size_t used = 0;

	for (size_t i = 0; i < p->k; i++) {
		struct fm_share_block self = { 0, own(p->block[i]) };
		struct fm_share_block inclusive = self;

		/* Of a block that was not committed: left out. */
		while (used < n && same_name(&row[used], row) &&
		       row[used].block < p->block[i]->block)
			used++;
		for (; used < n && same_name(&row[used], row) &&
		       row[used].block == p->block[i]->block;
		     used++) {
			self.hits += row[used].self;
			inclusive.hits += row[used].inclusive;
		}
		if (inclusive.hits > inclusive.n) /* called by each other */
			inclusive.hits = inclusive.n;
		p->self[i] = self;
		p->inclusive[i] = inclusive;
	}
	while (used < n && same_name(&row[used], row))
		used++;
	return used;
}

static int make_point(struct fm_shares *s, const struct fm_plan_row *plan,
		      const struct fm_profile_row *row, size_t n,
		      const struct fm_quantile_row *q, size_t quantiles)
{
	struct point p;
	int err = open_point(&p, s, plan);

	if (!err)
		err = compare_with_plain(&p, q, quantiles);
	for (size_t at = 0; at < n && p.k && p.inside && !err;) {
		struct fm_share_row *to = &s->row[s->n];

		at += take_name(&p, &row[at], n - at);
		fill_share(to, &p, &row[at - 1]);
		s->n += to->inclusive_samples > 0;
	}
	close_point(&p);
	return err;
}

static int make_rows(struct fm_shares *s, struct fm_profile_row *row, size_t n,
		     const struct fm_quantile_row *q, size_t quantiles)
{
	int err = 0;

	s->row = calloc(n + 1, sizeof(*s->row));
	if (!s->row)
		return -ENOMEM;
	if (n) /* else there is no array */
		qsort(row, n, sizeof(*row), by_name);
	for (size_t i = 0; i < s->points && !err; i++) {
		size_t from = 0, to;

		while (from < n && row[from].point != s->plan[i].point)
			from++;
		for (to = from; to < n && row[to].point == s->plan[i].point;)
			to++;
		err = make_point(s, &s->plan[i], row + from, to - from, q,
				 quantiles);
	}
	qsort(s->row, s->n, sizeof(*s->row), by_share);
	return err;
}

int fm_shares_make(struct fm_shares *s, const char *dir, const char *derived,
		   struct fm_why *why)
{
	struct fm_profile_row *row = NULL;
	struct fm_quantile_row *q = NULL;
	size_t n = 0, quantiles = 0;
	int err;

	memset(s, 0, sizeof(*s));
	err = fm_table_load(&fm_plan_table, dir, (void **)&s->plan, &s->points,
			    why);
	if (!err)
		err = fm_table_load(&fm_sampling_table, dir, (void **)&s->block,
				    &s->blocks, why);
	if (!err)
		err = fm_table_load(&fm_profile_table, dir, (void **)&row, &n,
				    why);
	if (!err)
		err = fm_table_load(&fm_quantile_table, derived, (void **)&q,
				    &quantiles, why);
	if (!err) {
		err = make_rows(s, row, n, q, quantiles);
		if (err)
			fm_fail(why, -err, "no memory for the shares");
	}
	free(row);
	free(q);
	if (!err && !s->n)
		err = fm_fail(why, ENODATA,
			      "no sample lies inside a timed interval: give a "
			      "longer --time, or a higher --rate");
	return err;
}

void fm_shares_free(struct fm_shares *s)
{
	free(s->plan);
	free(s->block);
	free(s->row);
	memset(s, 0, sizeof(*s));
}
