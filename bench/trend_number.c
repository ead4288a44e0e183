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

static int is_together(const struct fm_trend_shift *s, const struct anchor *a)
{
	return fm_trend_is_machine(&s->row, a->row->host, a->row->host_id) &&
	       (distance(s->at, a->at) <= FM_TREND_TOGETHER ||
		(s->lo <= a->at && a->at <= s->hi));
}

/* The nearest anchor that the shift came together with; n: none. */
static size_t nearest(const struct fm_trend_shift *s, const struct anchor *a,
		      size_t n)
{
	size_t best = n;

	for (size_t i = 0; i < n; i++)
		if (is_together(s, &a[i]) &&
		    (best == n ||
		     distance(s->at, a[i].at) < distance(s->at, a[best].at)))
			best = i;
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

int fm_trend_number(struct fm_trend *t)
{
	struct fm_trend_shift **by = calloc(t->n + 1, sizeof(*by));
	struct anchor *anchor = calloc(t->n + 1, sizeof(*anchor));
	uint64_t last = last_number(t);
	size_t anchors = 0;

	for (size_t i = 0; by && i < t->n; i++)
		by[i] = &t->shift[i];
	if (by && anchor)
		qsort(by, t->n, sizeof(struct fm_trend_shift *),
		      compare_surest);
	for (size_t i = 0; by && anchor && i < t->n; i++) {
		struct fm_trend_shift *s = by[i];
		size_t near = nearest(s, anchor, anchors);

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
