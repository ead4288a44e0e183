/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter trend: what became slower in a history, since when, and with what.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "names.h"
#include "rundir.h"
#include "say.h"
#include "trend.h"
#include "units.h"
#include "where.h"

/* Time and memory grow with the square of the runs of a series. */
enum { LAST = 365, LAST_MAX = 2000 };

/* The columns that a series has. */
static int check_where(const struct fm_options *o)
{
	for (size_t i = 0; i < o->where.n; i++) {
		const char *item = o->where.item[i];
		int n = (int)strcspn(item, "=");

		if (fm_where_column(&fm_history_series_table, item))
			continue;
		return fm_say_usage("--where %s: %.*s is no column of a "
				    "series: host, host_id, settings, metric "
				    "or an axis of the points",
				    item, n, item);
	}
	return 0;
}

static int parse(struct fm_trend *t, const struct fm_options *o,
		 enum fm_format *format)
{
	double effect = FM_VERDICT_EFFECT;

	if (fm_options_format(o, format) || check_where(o))
		return -EINVAL;
	if (o->min_effect &&
	    (fm_units_percent(o->min_effect, &effect) || !(effect > 0)))
		return fm_say_usage("--min-effect %s: want a percentage such "
				    "as 2%%, more than 0",
				    o->min_effect);
	if (o->last > LAST_MAX)
		return fm_say_usage("--last %llu: want at most %d",
				    (unsigned long long)o->last, LAST_MAX);
	t->delta = log1p(effect);
	t->last = o->last ? (size_t)o->last : LAST;
	t->metric = o->metric;
	t->where = &o->where;
	return 0;
}

/* By machine, time and change: the latest last, as a history is read. */
static int compare_shifts(const void *a, const void *b)
{
	const struct fm_trend_shift *x = a, *y = b;

	if (x->change != y->change)
		return x->change < y->change ? -1 : 1;
	if (x->row.change != y->row.change)
		return x->row.change < y->row.change ? -1 : 1;
	if (x->row.ratio != y->row.ratio)
		return x->row.ratio > y->row.ratio ? -1 : 1;
	return x < y ? -1 : 1;
}

static int remember(struct fm_journal *journal, const struct fm_trend *t,
		    struct fm_why *why)
{
	struct fm_change_row *rows = calloc(t->n + 1, sizeof(*rows));
	size_t n = 0;
	int err;

	if (!rows)
		return fm_fail(why, ENOMEM, "%s", strerror(ENOMEM));
	for (size_t i = 0; i < t->n; i++)
		if (!t->shift[i].told)
			rows[n++] = t->shift[i].row;
	err = n ? fm_journal_append(journal, rows, n, why) : 0;
	free(rows);
	return err;
}

/* How many changes have a shift that calls for attention. */
static size_t alarms(const struct fm_trend *t)
{
	size_t n = 0, seen = SIZE_MAX;

	for (size_t i = 0; i < t->n; i++)
		if (fm_trend_is_alarm(t, &t->shift[i]) &&
		    t->shift[i].row.change != seen) {
			seen = t->shift[i].row.change;
			n++;
		}
	return n;
}

static const char *plural(size_t n)
{
	return n == 1 ? "" : "s";
}

/* What was found, and in what. */
static void sum_up(const struct fm_trend *t, size_t worse)
{
	char news[64] = "nothing new is slower", shifts[96] = "";
	size_t told = 0, machines, runs = fm_trend_count_runs(t, &machines);

	for (size_t i = 0; i < t->n; i++)
		told += t->shift[i].told != NULL;
	if (worse)
		snprintf(news, sizeof(news), "%zu new change%s for the worse",
			 worse, plural(worse));
	if (t->n)
		snprintf(shifts, sizeof(shifts),
			 "; %zu shift%s, %zu of them told before", t->n,
			 plural(t->n), told);
	if (t->judged)
		fm_say_note("%s%s; %zu series judged, of %zu run%s on %zu "
			    "machine%s",
			    news, shifts, t->judged, runs, plural(runs),
			    machines, plural(machines));
	else
		fm_say_note("no series could be judged, of %zu run%s on %zu "
			    "machine%s",
			    runs, plural(runs), machines, plural(machines));
}

static int conclude(const struct fm_trend *t)
{
	size_t worse = alarms(t);

	sum_up(t, worse);
	if (t->series > t->judged)
		fm_say_note("series with fewer than %zu runs, not judged: %zu",
			    2 * fm_edivisive_usual.least,
			    t->series - t->judged);
	if (t->other)
		fm_say_note(
			"changes besides, of the spread alone, or too small "
			"or too new to say: %zu",
			t->other);
	if (t->judged && !t->n)
		fm_say_note("a change is told from its run number %zu on, at "
			    "the earliest",
			    fm_edivisive_usual.least);
	if (t->gone)
		fm_say_note("shifts that were told and are not found any more, "
			    "with the runs of now: %zu",
			    t->gone);
	return worse ? FM_REGRESSION : t->judged ? FM_DONE : FM_NOISY;
}

static int look(struct fm_trend *t, struct fm_journal *journal,
		enum fm_format format, struct fm_why *why)
{
	char now[32];
	int err = fm_trend_open(t, fm_rundir_results(), why);

	if (!err)
		err = fm_trend_find(t, why);
	if (!err && t->metric && !t->series)
		err = fm_trend_check_metric(t, why);
	if (!err)
		err = fm_trend_number(t);
	if (!err)
		err = fm_trend_explain(t, why);
	if (err)
		return err;
	fm_trend_now(now, sizeof(now));
	for (size_t i = 0; i < t->n; i++)
		if (!t->shift[i].told)
			strcpy(t->shift[i].row.told, now);
	if (t->n)
		qsort(t->shift, t->n, sizeof(*t->shift), compare_shifts);
	err = fm_trend_print(t, format);
	if (err)
		return fm_fail(why, -err, "%s", strerror(-err));
	return journal ? remember(journal, t, why) : 0;
}

static int open_history(struct fm_history **history)
{
	struct fm_why why = { "" };
	int err = fm_history_open(history, fm_rundir_results(), FM_HISTORY_READ,
				  &why);

	if (err)
		fm_say("%s", why.text);
	return err == -ENOENT || err == -EOPNOTSUPP ? FM_USAGE :
	       err				    ? FM_BROKEN :
						      FM_DONE;
}

/* What is told is remembered, and nobody else tells it meanwhile. */
static int trend(const struct fm_options *o)
{
	struct fm_journal journal = { .fd = -1 };
	struct fm_trend t = { 0 };
	struct fm_why why = { "no memory" };
	int remembers = !o->dry_run, status, err;
	enum fm_format format;

	if (o->args) {
		fm_say("trend %s: there is accept, or no word at all; see "
		       "forkmeter trend --help",
		       o->arg[0]);
		return FM_USAGE;
	}
	if (parse(&t, o, &format))
		return FM_USAGE;
	status = open_history(&t.history);
	if (status)
		return status;
	err = remembers ? fm_journal_open(&journal, &fm_change_table,
					  fm_rundir_results(), FM_TREND_WAIT_MS,
					  &why) :
			  0;
	if (err == -EACCES || err == -EROFS) {
		fm_say("%s: what is found is told, and not remembered, as with "
		       "--dry-run",
		       why.text);
		remembers = err = 0;
	}
	if (!err)
		err = look(&t, remembers ? &journal : NULL, format, &why);
	if (err && err != -EINVAL) /* which was said */
		fm_say("%s", why.text);
	status = err == -EINVAL ? FM_USAGE : err ? FM_BROKEN : conclude(&t);
	fm_journal_close(&journal);
	fm_history_close(t.history);
	fm_trend_free(&t);
	return status;
}

int fm_cmd_trend(const struct fm_options *o)
{
	if (o->args && !strcmp(o->arg[0], "accept"))
		return fm_trend_accept(o);
	return trend(o);
}
