/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shifts of a history's series. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "metric.h"
#include "trend.h"
#include "where.h"

int fm_trend_open(struct fm_trend *t, const char *dir, struct fm_why *why)
{
	int err = fm_history_load(t->history, &fm_history_run_table,
				  "ORDER BY host, host_id, at, run",
				  (void **)&t->run, &t->runs, why);

	for (size_t i = 0; i < t->runs && !err; i++)
		t->newest =
			t->run[i].run > t->newest ? t->run[i].run : t->newest;
	t->place = calloc(t->newest + 1, sizeof(*t->place));
	t->looked_at = calloc(t->runs + 1, 1);
	if (!err && (!t->place || !t->looked_at))
		err = fm_fail(why, ENOMEM, "%s", strerror(ENOMEM));
	for (size_t i = 0; i < t->runs && !err; i++)
		t->place[t->run[i].run] = i;
	return err ? err :
		     fm_journal_load(&fm_change_table, dir, (void **)&t->told,
				     &t->tolds, why);
}

void fm_trend_free(struct fm_trend *t)
{
	free(t->run);
	free(t->place);
	free(t->looked_at);
	free(t->told);
	free(t->shift);
}

static int is_wanted(const struct fm_trend *t, const struct fm_change_row *row)
{
	/* The floor of all others is a few steps of the clock. */
	if (!strcmp(row->workload, "null"))
		return 0;
	if (t->metric ? strcmp(t->metric, row->metric) != 0 :
			!fm_metric_is_time(row->metric))
		return 0;
	for (size_t i = 0; i < t->where->n; i++)
		if (!fm_where_wants(&fm_change_table, t->where->item[i], row))
			return 0;
	return 1;
}

int fm_trend_is_machine(const struct fm_change_row *row, const char *host,
			const char *host_id)
{
	return !strcmp(row->host, host) && !strcmp(row->host_id, host_id);
}

int fm_trend_is_series(const struct fm_change_row *a,
		       const struct fm_change_row *b)
{
	return fm_trend_is_machine(a, b->host, b->host_id) &&
	       !strcmp(a->settings, b->settings) &&
	       !strcmp(a->workload, b->workload) &&
	       !strcmp(a->strategy, b->strategy) &&
	       !strcmp(a->backing, b->backing) &&
	       a->rss_bytes == b->rss_bytes && !strcmp(a->child, b->child) &&
	       !strcmp(a->parameters, b->parameters) &&
	       !strcmp(a->metric, b->metric);
}

/* A series' values, oldest first. */
struct values {
	struct fm_history_value *value;
	double *x; /* logarithms */
	size_t n;
};

/* No snapshot is held, for that would keep others from adding runs. */
static int check_runs(const struct fm_trend *t, const struct values *v,
		      struct fm_why *why)
{
	for (size_t i = 0; i < v->n; i++)
		if (t->run[t->place[v->value[i].run]].at != v->value[i].at)
			return fm_fail(why, ESTALE,
				       "the history was rebuilt meanwhile; try "
				       "again");
	return 0;
}

static int load_values(struct fm_trend *t, uint64_t series, struct values *v,
		       struct fm_why *why)
{
	char rest[200];
	size_t n, k = 0;
	int err;

	snprintf(rest, sizeof(rest),
		 "WHERE series = %llu AND median > 0 AND verdict <> 'broken' "
		 "AND run <= %llu ORDER BY at DESC, run DESC LIMIT %zu",
		 (unsigned long long)series, (unsigned long long)t->newest,
		 t->last);
	err = fm_history_load(t->history, &fm_history_value_table, rest,
			      (void **)&v->value, &n, why);
	if (err)
		return err;
	for (; k < n / 2; k++) {
		struct fm_history_value swap = v->value[k];

		v->value[k] = v->value[n - 1 - k];
		v->value[n - 1 - k] = swap;
	}
	v->n = n;
	v->x = calloc(n + 1, sizeof(*v->x));
	if (!v->x)
		return fm_fail(why, ENOMEM, "%s", strerror(ENOMEM));
	for (size_t i = 0; i < n; i++)
		v->x[i] = log(v->value[i].median);
	for (size_t i = 0; i < n; i++)
		t->looked_at[t->place[v->value[i].run]] = 1;
	return check_runs(t, v, why);
}

size_t fm_trend_count_runs(const struct fm_trend *t, size_t *machines)
{
	const struct fm_history_run *last = NULL;
	size_t n = 0;

	*machines = 0;
	for (size_t i = 0; i < t->runs; i++) {
		if (!t->looked_at[i])
			continue;
		*machines += !last || strcmp(last->host, t->run[i].host) ||
			     strcmp(last->host_id, t->run[i].host_id);
		last = &t->run[i];
		n++;
	}
	return n;
}

static const struct fm_history_run *run_of(const struct fm_trend *t,
					   const struct values *v, size_t i)
{
	return &t->run[t->place[v->value[i].run]];
}

static void fill(const struct fm_trend *t, const struct values *v,
		 const struct fm_shift *s, struct fm_trend_shift *out)
{
	struct fm_interval ratio =
		fm_mean_interval_exp(s->ratio, FM_SHIFT_LEVEL);
	struct fm_change_row *row = &out->row;

	strcpy(row->verdict, fm_verdict_names[s->verdict]);
	strcpy(row->started, run_of(t, v, s->at)->started);
	row->at = v->value[s->at].at;
	strcpy(row->last_before, run_of(t, v, s->at - 1)->started);
	strcpy(row->earliest, run_of(t, v, s->lo)->started);
	strcpy(row->latest, run_of(t, v, s->hi)->started);
	row->runs_before = s->at - s->from;
	row->runs_after = s->to - s->at;
	row->before = exp(s->before.value);
	row->after = exp(s->after.value);
	row->ratio = ratio.middle;
	row->ratio_lo = ratio.lo;
	row->ratio_hi = ratio.hi;
	row->level = FM_SHIFT_LEVEL;
	row->delta = expm1(t->delta);
	row->p = s->p;
	out->at = t->place[v->value[s->at].run];
	/* Of runs that lack the point it is not known on which side they are.
	 */
	out->lo = t->place[v->value[s->lo - 1].run] + 1;
	out->hi = t->place[v->value[s->hi].run];
}

/* The shifts of this series that were told, where they are now in it. */
static size_t told_of(const struct fm_trend *t, const struct values *v,
		      const struct fm_change_row *series,
		      struct fm_shift_told *told,
		      const struct fm_change_row **row)
{
	size_t n = 0;

	for (size_t i = 0; i < t->tolds; i++) {
		size_t at = 0;

		if (strcmp(t->told[i].status, "new") ||
		    t->told[i].at < v->value[0].at ||
		    !fm_trend_is_series(&t->told[i], series))
			continue;
		while (at < v->n && v->value[at].at < t->told[i].at)
			at++;
		row[n] = &t->told[i];
		told[n++] =
			(struct fm_shift_told){ at,
						{ log(t->told[i].ratio),
						  log(t->told[i].ratio_lo),
						  log(t->told[i].ratio_hi) } };
	}
	return n;
}

static int is_shift(const struct fm_shift *s)
{
	return s->verdict == FM_SLOWER || s->verdict == FM_FASTER;
}

/* Keeps those that are shifts, after the others that were found so far. A told
 * one that is older than what is looked at is not gone. */
static int keep(struct fm_trend *t, const struct values *v,
		const struct fm_change_row *series, struct fm_shift *shift,
		size_t n)
{
	const struct fm_change_row **row = calloc(t->tolds + 1, sizeof(*row));
	struct fm_shift_told *told = calloc(t->tolds + 1, sizeof(*told));
	size_t *is = calloc(n + 1, sizeof(*is)), k = 0, m;
	struct fm_trend_shift *more =
		realloc(t->shift, (t->n + n + 1) * sizeof(*more));

	t->shift = more ? more : t->shift;
	for (size_t i = 0; i < n; i++)
		if (is_shift(&shift[i]))
			shift[k++] = shift[i];
	t->other += n - k;
	if (row && told && is && more) {
		m = told_of(t, v, series, told, row);
		fm_shifts_match(shift, k, told, m, t->delta, is);
		for (size_t i = 0; i < k; i++) {
			struct fm_trend_shift *out = &t->shift[t->n++];

			*out = (struct fm_trend_shift){ .row = *series };
			fill(t, v, &shift[i], out);
			out->told = is[i] == SIZE_MAX ? NULL : row[is[i]];
			if (out->told)
				told[is[i]].at = 0;
		}
		for (size_t i = 0; i < m; i++)
			t->gone += told[i].at >= fm_edivisive_usual.least;
	}
	n = row && told && is && more;
	free(row);
	free(told);
	free(is);
	return n ? 0 : -ENOMEM;
}

static int find_in(struct fm_trend *t, const struct fm_history_series *series,
		   const struct fm_change_row *row, struct fm_why *why)
{
	const struct fm_edivisive_plan *plan = &fm_edivisive_usual;
	struct fm_shift *shift = NULL;
	struct values v = { 0 };
	int err = load_values(t, series->series, &v, why);
	long n = 0;

	if (!err && v.n >= 2 * plan->least) {
		t->judged++;
		shift = calloc(v.n, sizeof(*shift));
		n = shift ? fm_shifts_find(v.x, v.n, plan, t->delta, shift) :
			    -ENOMEM;
		err = n < 0 ? (int)n : keep(t, &v, row, shift, (size_t)n);
		if (err)
			fm_fail(why, -err, "%s", strerror(-err));
	}
	free(v.value);
	free(v.x);
	free(shift);
	return err;
}

int fm_trend_find(struct fm_trend *t, struct fm_why *why)
{
	struct fm_history_series *series;
	struct fm_change_row row;
	size_t n;
	int err = fm_history_load(t->history, &fm_history_series_table,
				  "ORDER BY host, host_id, series",
				  (void **)&series, &n, why);

	for (size_t i = 0; i < n && !err; i++) {
		fm_row_clear(&fm_change_table, &row);
		fm_row_copy(&fm_change_table, &row, &fm_history_series_table,
			    &series[i]);
		if (!is_wanted(t, &row))
			continue;
		t->series++;
		err = find_in(t, &series[i], &row, why);
	}
	free(series);
	return err;
}
