/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What changed on a machine around a shift. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trend.h"

/* Appends "; KEY: A -> B". */
static void add(char *text, size_t size, const struct fm_fact_difference *d)
{
	char a[FM_WHY_MAX], b[FM_WHY_MAX];
	size_t n = strlen(text);

	snprintf(text + n, size - n, "%s%s: %s -> %s", n ? "; " : "", d->key,
		 fm_fact_say(d->a, a, sizeof(a)),
		 fm_fact_say(d->b, b, sizeof(b)));
}

static int has_kernel(const struct fm_fact_difference *d, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(d[i].key, "kernel"))
			return 1;
	return 0;
}

/* The differences between two states of a machine, as a text. */
static int differ(struct fm_trend *t, uint64_t before, uint64_t after,
		  char *text, size_t size, struct fm_why *why)
{
	struct fm_fact_difference d[2 * FM_FACTS_MAX];
	static struct fm_facts a, b;
	size_t n = 0;
	int err = fm_history_facts(t->history, before, &a, why);

	if (!err)
		err = fm_history_facts(t->history, after, &b, why);
	if (!err)
		n = fm_fact_differ(&a, &b, d);
	for (size_t i = 0; i < n; i++)
		if (!has_kernel(d, n) || !fm_fact_is_of_kernel(&d[i]))
			add(text, size, &d[i]);
	fm_fact_free(&a);
	fm_fact_free(&b);
	return err;
}

int fm_trend_is_run_of(const struct fm_trend *t, size_t place,
		       const struct fm_change_row *row)
{
	return place < t->runs && fm_trend_is_machine(row, t->run[place].host,
						      t->run[place].host_id);
}

/* Where the run at place is of another state than the one before: how. */
static int explain_at(struct fm_trend *t, const struct fm_change_row *row,
		      size_t place, char *text, size_t size, struct fm_why *why)
{
	const struct fm_history_run *run = &t->run[place];

	if (!place || !fm_trend_is_run_of(t, place, row) ||
	    !fm_trend_is_run_of(t, place - 1, row))
		return 0;
	if (run[-1].machine != run->machine)
		return differ(t, run[-1].machine, run->machine, text, size,
			      why);
	return 0;
}

static void explain_boot(const struct fm_trend *t, struct fm_trend_shift *s)
{
	const struct fm_history_run *run = &t->run[s->change];

	if (s->change && fm_trend_is_run_of(t, s->change - 1, &s->row) &&
	    strcmp(run[-1].boot_id, run->boot_id))
		strcpy(s->row.changed, "rebooted, with nothing else that is "
				       "recorded");
	else
		strcpy(s->row.changed, "nothing that is recorded");
}

/* "2 runs later: ", of the place that is off from the change's. */
static const char *when(int off, char *buf, size_t size)
{
	snprintf(buf, size, "%d %s %s: ", abs(off),
		 abs(off) > 1 ? "runs" : "run", off > 0 ? "later" : "earlier");
	return off ? buf : "";
}

/* The nearest change of the machine's state, told with how near it is. */
static int explain(struct fm_trend *t, struct fm_trend_shift *s,
		   struct fm_why *why)
{
	static const int off[] = { 0, 1, -1, 2, -2 };
	char text[FM_WHY_MAX] = "", near[32];

	for (size_t i = 0; i < sizeof(off) / sizeof(*off); i++) {
		int err = explain_at(t, &s->row, s->change + (size_t)off[i],
				     text, sizeof(text), why);

		if (err)
			return err;
		if (*text) {
			snprintf(s->row.changed, sizeof(s->row.changed), "%s%s",
				 when(off[i], near, sizeof(near)), text);
			return 0;
		}
	}
	explain_boot(t, s);
	return 0;
}

int fm_trend_explain(struct fm_trend *t, struct fm_why *why)
{
	int err = 0;

	for (size_t i = 0; i < t->n && !err; i++)
		err = explain(t, &t->shift[i], why);
	return err;
}
