/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which shifts are one change, and which of them were told. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "trend.h"

const struct fm_change_row *fm_trend_accepted(const struct fm_trend *t,
					      uint64_t change)
{
	for (size_t i = t->tolds; i-- > 0;) /* the newest reason */
		if (t->told[i].change == change &&
		    !strcmp(t->told[i].status, "accepted"))
			return &t->told[i];
	return NULL;
}

static uint64_t last_number(const struct fm_trend *t)
{
	uint64_t last = 0;

	for (size_t i = 0; i < t->tolds; i++)
		if (t->told[i].change != FM_ABSENT && t->told[i].change > last)
			last = t->told[i].change;
	return last;
}

/* A change that others may be part of: where its first shift is. */
struct anchor {
	const struct fm_change_row *row;
	size_t at;
	uint64_t change;
};

static size_t distance(size_t a, size_t b)
{
	return a > b ? a - b : b - a;
}

static int is_together(const struct fm_trend_shift *s, const struct anchor *a,
		       size_t near)
{
	return fm_trend_is_machine(&s->row, a->row->host, a->row->host_id) &&
	       (distance(s->at, a->at) <= near ||
		(s->lo <= a->at && a->at <= s->hi));
}

/* Whether at is the time of one of the runs around the shift. */
static int is_near(const struct fm_trend *t, const struct fm_trend_shift *s,
		   uint64_t at)
{
	size_t lo = s->at, hi = s->at;

	for (int i = 0; i < FM_SHIFT_NEAR; i++) {
		lo -= lo && fm_trend_is_run_of(t, lo - 1, &s->row);
		hi += fm_trend_is_run_of(t, hi + 1, &s->row);
	}
	return t->run[lo].at <= at && at <= t->run[hi].at;
}

/*
 * Whether the shift's series was told of the change, or FM_ABSENT: of any, near
 * it and likewise.
 */
static int was_told(const struct fm_trend *t, const struct fm_trend_shift *s,
		    uint64_t change)
{
	for (size_t i = 0; i < t->tolds; i++) {
		const struct fm_change_row *told = &t->told[i];

		if ((change == FM_ABSENT || told->change == change) &&
		    !strcmp(told->status, "new") &&
		    !strcmp(told->verdict, s->row.verdict) &&
		    fm_trend_is_series(told, &s->row) &&
		    is_near(t, s, told->at))
			return 1;
	}
	return 0;
}

/* Whether the change has a shift of that series already, of the first n. */
static int has_series(struct fm_trend_shift *const *by, size_t n,
		      const struct fm_change_row *row, uint64_t change)
{
	for (size_t i = 0; i < n; i++)
		if (by[i]->row.change == change &&
		    fm_trend_is_series(&by[i]->row, row))
			return 1;
	return 0;
}

/*
 * The nearest anchor that the i-th shift came together with; n: none. A change
 * shifts a series once. A further shift that is found as one with what was told
 * is not where it seems to be, and may belong to what is farther off.
 */
static size_t nearest(const struct fm_trend *t,
		      struct fm_trend_shift *const *by, size_t i,
		      const struct anchor *a, size_t n)
{
	const struct fm_trend_shift *s = by[i];
	size_t best = n, near = was_told(t, s, FM_ABSENT) ? FM_SHIFT_NEAR :
							    FM_TREND_TOGETHER;

	for (size_t k = 0; k < n; k++)
		if (is_together(s, &a[k], near) &&
		    (best == n ||
		     distance(s->at, a[k].at) < distance(s->at, a[best].at)) &&
		    !has_series(by, i, &s->row, a[k].change) &&
		    !was_told(t, s, a[k].change))
			best = k;
	return best;
}

/* Those that were told are the first anchors, then the surest places. */
static int compare_surest(const void *a, const void *b)
{
	const struct fm_trend_shift *x = *(struct fm_trend_shift *const *)a;
	const struct fm_trend_shift *y = *(struct fm_trend_shift *const *)b;

	if (!x->told != !y->told)
		return x->told ? -1 : 1;
	if (x->hi - x->lo != y->hi - y->lo)
		return x->hi - x->lo < y->hi - y->lo ? -1 : 1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x < y ? -1 : 1;
}

static void set_status(const struct fm_trend *t, struct fm_trend_shift *s)
{
	const struct fm_change_row *accepted =
		fm_trend_accepted(t, s->row.change);

	strcpy(s->row.status, !s->told ? "new" :
			      accepted ? "accepted" :
					 "known");
	strcpy(s->row.told, s->told ? s->told->told : "");
	if (accepted)
		strcpy(s->row.reason, accepted->reason);
}

/* Of the first run of the row's machine that is no older; runs: there is none.
 */
static size_t place_of(const struct fm_trend *t,
		       const struct fm_change_row *row)
{
	size_t lo = 0, hi = t->runs;

	while (lo < hi) {
		const struct fm_history_run *run = &t->run[(lo + hi) / 2];
		int order = strcmp(run->host, row->host);

		if (!order)
			order = strcmp(run->host_id, row->host_id);
		if (!order)
			order = run->at < row->at ? -1 : 1;
		if (order < 0)
			lo = (lo + hi) / 2 + 1;
		else
			hi = (lo + hi) / 2;
	}
	return fm_trend_is_run_of(t, lo, row) ? lo : t->runs;
}

/* What was told and is not found today is an anchor as well, behind others. */
static size_t add_told(const struct fm_trend *t, struct anchor *a, size_t n)
{
	for (size_t i = 0; i < t->tolds; i++) {
		const struct fm_change_row *told = &t->told[i];
		size_t at = strcmp(told->status, "new") ? t->runs :
							  place_of(t, told);

		if (at < t->runs)
			a[n++] = (struct anchor){ told, at, told->change };
	}
	return n;
}

int fm_trend_number(struct fm_trend *t)
{
	struct fm_trend_shift **by = calloc(t->n + 1, sizeof(*by));
	struct anchor *anchor = calloc(t->n + t->tolds + 1, sizeof(*anchor));
	uint64_t last = last_number(t);
	size_t anchors = 0, news = 0;

	for (size_t i = 0; by && i < t->n; i++)
		by[i] = &t->shift[i];
	if (by && anchor)
		qsort(by, t->n, sizeof(struct fm_trend_shift *),
		      compare_surest);
	for (size_t i = 0; by && anchor && i < t->n; i++) {
		struct fm_trend_shift *s = by[i];
		size_t near;

		if (!s->told && !news++)
			anchors = add_told(t, anchor, anchors);
		near = s->told ? anchors : nearest(t, by, i, anchor, anchors);
		if (s->told)
			s->row.change = s->told->change;
		else if (near < anchors)
			s->row.change = anchor[near].change;
		else
			s->row.change = ++last;
		if (s->told || near == anchors)
			anchor[anchors++] = (struct anchor){ &s->row, s->at,
							     s->row.change };
		set_status(t, s);
		for (size_t k = anchors; k-- > 0;)
			if (anchor[k].change == s->row.change)
				s->change = anchor[k].at;
	}
	last = by && anchor;
	free(by);
	free(anchor);
	return last ? 0 : -ENOMEM;
}

int fm_trend_is_alarm(const struct fm_trend *t, const struct fm_trend_shift *s)
{
	if (s->told || strcmp(s->row.verdict, "slower") ||
	    fm_trend_accepted(t, s->row.change))
		return 0;
	for (size_t i = 0; i < t->tolds; i++)
		if (t->told[i].change == s->row.change &&
		    !strcmp(t->told[i].verdict, "slower"))
			return 0;
	return 1;
}
