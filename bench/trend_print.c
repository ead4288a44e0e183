/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shifts of a history, for people and for programs. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trend.h"
#include "units.h"

/* The quantities of a line, as text. */
struct cells {
	char change[32], rss[32], before[80], after[80], shift[32];
	char interval[80], runs[48];
};

static void level_text(const struct fm_change_row *r, double level, char *buf,
		       size_t size)
{
	if (!strcmp(r->unit, "ns"))
		fm_units_time_text(level, buf, size);
	else
		snprintf(buf, size, "%.4g%s%s", level, *r->unit ? " " : "",
			 r->unit);
}

static void fill_cells(struct cells *l, const struct fm_change_row *r)
{
	snprintf(l->change, sizeof(l->change), "%llu",
		 (unsigned long long)r->change);
	fm_units_size_text(r->rss_bytes, l->rss, sizeof(l->rss));
	level_text(r, r->before, l->before, sizeof(l->before));
	level_text(r, r->after, l->after, sizeof(l->after));
	snprintf(l->shift, sizeof(l->shift), "%+.1f %%", 100 * (r->ratio - 1));
	snprintf(l->interval, sizeof(l->interval), "%+.1f .. %+.1f %%",
		 100 * (r->ratio_lo - 1), 100 * (r->ratio_hi - 1));
	snprintf(l->runs, sizeof(l->runs), "%llu + %llu",
		 (unsigned long long)r->runs_before,
		 (unsigned long long)r->runs_after);
}

static int print_short(const struct fm_trend *t, enum fm_format format)
{
	char own[32];
	const char *const header[] = {
		"change",   "status",	"host",	  "since",	"verdict",
		"workload", "strategy", "child",  "parameters", "backing",
		"rss",	    "settings", "metric", "before",	"after",
		"shift",    own,	"runs",
	};
	enum { COLUMNS = sizeof(header) / sizeof(*header) };
	struct fm_print print;
	struct cells l;

	snprintf(own, sizeof(own), "%g %%", 100 * FM_SHIFT_LEVEL);
	fm_print_begin(&print, format, header, COLUMNS);
	print.drop = "runs,metric,host,before,parameters";
	for (size_t i = 0; i < t->n; i++) {
		const struct fm_change_row *r = &t->shift[i].row;
		const char *cells[COLUMNS] = {
			l.change,      r->status,   r->host,	 r->started,
			r->verdict,    r->workload, r->strategy, r->child,
			r->parameters, r->backing,  l.rss,	 r->settings,
			r->metric,     l.before,    l.after,	 l.shift,
			l.interval,    l.runs,
		};

		fill_cells(&l, r);
		fm_print_row(&print, cells);
	}
	return fm_print_end(&print);
}

static size_t count(const struct fm_trend *t, uint64_t change,
		    const char *verdict)
{
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++)
		n += t->shift[i].row.change == change &&
		     !strcmp(t->shift[i].row.verdict, verdict);
	return n;
}

/* Of the shifts of a change, the one whose place is known best. */
static const struct fm_change_row *surest(const struct fm_trend *t,
					  uint64_t change)
{
	const struct fm_trend_shift *best = NULL;

	for (size_t i = 0; i < t->n; i++) {
		const struct fm_trend_shift *s = &t->shift[i];

		if (s->row.change == change &&
		    (!best || s->hi - s->lo < best->hi - best->lo))
			best = s;
	}
	return &best->row;
}

/* A paragraph a change: how much of it there is, when, and what with it. */
static void print_changes(const struct fm_trend *t)
{
	for (size_t i = 0; i < t->n; i++) {
		uint64_t change = t->shift[i].row.change;
		const struct fm_change_row *r = surest(t, change);

		if (i && t->shift[i - 1].row.change == change)
			continue;
		printf("change %llu, %s: %zu slower, %zu faster, after %s",
		       (unsigned long long)change, r->host,
		       count(t, change, "slower"), count(t, change, "faster"),
		       r->last_before);
		if (strcmp(r->earliest, r->latest))
			printf(" (first run after it: %s .. %s)", r->earliest,
			       r->latest);
		printf("\n  changed: %s\n", r->changed);
		if (*r->reason)
			printf("  accepted: %s\n", r->reason);
	}
}

static int print_full(const struct fm_trend *t, enum fm_format format)
{
	struct fm_change_row *rows = calloc(t->n + 1, sizeof(*rows));
	int err;

	if (!rows)
		return -ENOMEM;
	for (size_t i = 0; i < t->n; i++)
		rows[i] = t->shift[i].row;
	err = fm_print_rows(format, &fm_change_table, rows, t->n);
	free(rows);
	return err;
}

int fm_trend_print(const struct fm_trend *t, enum fm_format format)
{
	int err;

	if (format == FM_TSV || format == FM_CSV || format == FM_JSON)
		return print_full(t, format);
	if (format == FM_TEXT && !t->n)
		return 0;
	err = print_short(t, format);
	if (!err && format == FM_TEXT) {
		putchar('\n');
		print_changes(t);
	}
	return err;
}
