/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which points of two plans are compared with each other. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pair.h"
#include "params.h"

enum { ALONE = -1 };

static const char *value_of(const struct fm_list *set, const char *key)
{
	size_t n = strlen(key);

	for (size_t i = 0; i < set->n; i++)
		if (!strncmp(set->item[i], key, n) && set->item[i][n] == '=')
			return set->item[i] + n + 1;
	return "";
}

static int differ(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") != 0;
}

static int is_of_backing(const struct fm_plan_row *row, const char *param)
{
	const struct fm_params params = { { fm_params_of(row).of[1], NULL } };

	return fm_params_find(&params, param) != NULL;
}

/* Whether partners may differ in the column: it is asked for differently. */
static int may_differ(const struct fm_sitting *s, const char *column,
		      const struct fm_plan_row *a, const struct fm_plan_row *b)
{
	const struct fm_options *x = s->side[0]->options;
	const struct fm_options *y = s->side[1]->options;
	int rss = differ(x->rss, y->rss);
	int backing = rss || differ(x->backing, y->backing);

	if (!strcmp(column, "strategy"))
		return differ(x->strategy, y->strategy);
	if (!strcmp(column, "child"))
		return differ(x->child, y->child);
	if (!strcmp(column, "rss_bytes"))
		return rss;
	if (!strcmp(column, "backing"))
		return backing;
	return differ(value_of(&x->set, column), value_of(&y->set, column)) ||
	       (backing &&
		(is_of_backing(a, column) || is_of_backing(b, column)));
}

static int are_alike(const struct fm_sitting *s, const struct fm_plan_row *a,
		     const struct fm_plan_row *b)
{
	for (size_t i = 0; i < fm_plan_table.columns; i++) {
		const struct fm_column *c = &fm_plan_table.column[i];

		if (fm_plan_differ(a, b, c) && !may_differ(s, c->name, a, b))
			return 0;
	}
	return 1;
}

static int by_place(const struct fm_sitting *s)
{
	const struct fm_plan *a = &s->side[0]->plan, *b = &s->side[1]->plan;

	for (size_t i = 0; i < a->n && a->n == b->n; i++)
		if (!are_alike(s, &a->row[i], &b->row[i]))
			return 0;
	return a->n == b->n;
}

static void skip(struct fm_plan_row *row, const char *why, const char *reason)
{
	if (!strcmp(row->status, "skip"))
		return;
	strcpy(row->status, "skip");
	snprintf(row->reason, sizeof(row->reason), "%s%.200s", why, reason);
}

/* The row of the other plan with equal axes, or ALONE. */
static long equal_row(const struct fm_plan *plan, const struct fm_plan_row *row)
{
	for (size_t i = 0; i < plan->n; i++)
		if (fm_plan_same(&plan->row[i], row))
			return (long)i;
	return ALONE;
}

static void take_turn(struct fm_sitting *s, size_t base, size_t other)
{
	struct fm_plan_row *a = &s->side[0]->plan.row[base];
	struct fm_plan_row *b = &s->side[1]->plan.row[other];

	if (!strcmp(a->status, "measure") && !strcmp(b->status, "measure"))
		s->turn[s->turns++] = (struct fm_turn){ { base, other } };
	else if (!strcmp(a->status, "measure"))
		skip(a, "skipped on the other side: ", b->reason);
	else
		skip(b, "skipped on the other side: ", a->reason);
}

int fm_pair_plans(struct fm_sitting *s)
{
	const struct fm_plan *a = &s->side[0]->plan, *b = &s->side[1]->plan;
	int place = by_place(s);

	s->turns = 0;
	s->turn = calloc(a->n + 1, sizeof(*s->turn));
	if (!s->turn)
		return -ENOMEM;
	for (size_t i = 0; i < b->n && !place; i++)
		if (equal_row(a, &b->row[i]) == ALONE)
			skip(&b->row[i], "the other side has no such point",
			     "");
	for (size_t i = 0; i < a->n; i++) {
		long k = place ? (long)i : equal_row(b, &a->row[i]);

		if (k == ALONE)
			skip(&a->row[i], "the other side has no such point",
			     "");
		else
			take_turn(s, i, (size_t)k);
	}
	return 0;
}
