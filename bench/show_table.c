/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter show: the lines of a summary that are wanted, as a table. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "metric.h"
#include "nearest.h"
#include "say.h"
#include "show.h"
#include "units.h"
#include "where.h"

int fm_show_is_wanted(const struct fm_options *o,
		      const struct fm_summary_row *row)
{
	if (o->metric && strcmp(o->metric, row->metric))
		return 0;
	for (size_t i = 0; i < o->where.n; i++)
		if (!fm_where_wants(&fm_summary_table, o->where.item[i], row))
			return 0;
	return 1;
}

/* The wanted lines with all columns, as they stand in the file. */
static int print_full(const struct fm_options *o, enum fm_format format,
		      const struct fm_summary_row *rows, size_t n)
{
	struct fm_summary_row *found = calloc(n + 1, sizeof(*found));
	size_t k = 0;
	int err;

	if (!found)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++)
		if (fm_show_is_wanted(o, &rows[i]))
			found[k++] = rows[i];
	err = fm_print_rows(format, &fm_summary_table, found, k);
	free(found);
	return err;
}

static void interval_text(const struct fm_summary_row *row, char *buf,
			  size_t size)
{
	char lo[32], hi[32];

	if (isnan(row->median_lo))
		snprintf(buf, size, "-");
	else {
		fm_show_value(row, row->median_lo, lo, sizeof(lo));
		fm_show_value(row, row->median_hi, hi, sizeof(hi));
		/* One unit for both, where it is one. */
		if (strchr(lo, ' ') && strchr(hi, ' ') &&
		    !strcmp(strchr(lo, ' '), strchr(hi, ' ')))
			*strchr(lo, ' ') = '\0';
		snprintf(buf, size, "%s .. %s", lo, hi);
	}
}

/* The quantities of a line that print_short shows, as text. */
struct line {
	char rss[32], median[32], interval[80], p99[32], n[32], blocks[32];
	char shape[64], note[128];
};

static void fill_line(struct line *line, const struct fm_show_run *run,
		      const struct fm_summary_row *r)
{
	fm_units_size_text(r->rss_bytes, line->rss, sizeof(line->rss));
	if (strcmp(r->verdict, "broken"))
		fm_show_value(r, r->median, line->median, sizeof(line->median));
	else
		strcpy(line->median, "BROKEN");
	interval_text(r, line->interval, sizeof(line->interval));
	fm_show_value(r, r->p99, line->p99, sizeof(line->p99));
	snprintf(line->n, sizeof(line->n), "%llu", (unsigned long long)r->n);
	snprintf(line->blocks, sizeof(line->blocks), "%llu",
		 (unsigned long long)r->blocks);
	fm_show_shape(r->histogram, line->shape, sizeof(line->shape));
	fm_show_note(run, r, line->note, sizeof(line->note));
}

static int print_short(const struct fm_options *o, enum fm_format format,
		       const struct fm_show_run *run)
{
	static const char *const header[] = {
		"workload", "strategy",	  "child",  "parameters",
		"backing",  "rss",	  "median", "95 % interval",
		"p99",	    "min to p99", "n",	    "blocks",
		"metric",   "note",
	};
	enum { COLUMNS = sizeof(header) / sizeof(*header) };
	struct fm_print print;
	struct line l;

	fm_print_begin(&print, format, header, COLUMNS);
	/* A workload has one metric but for the rarest. */
	print.drop = "metric,blocks,n,note,p99,min to p99";
	for (size_t i = 0; i < run->n; i++) {
		const struct fm_summary_row *r = &run->row[i];
		const char *cells[COLUMNS] = {
			r->workload, r->strategy, r->child, r->parameters,
			r->backing,  l.rss,	  l.median, l.interval,
			l.p99,	     l.shape,	  l.n,	    l.blocks,
			r->metric,   l.note,
		};

		if (!fm_show_is_wanted(o, r) ||
		    (!o->metric && !fm_metric_is_time(r->metric)))
			continue;
		fill_line(&l, run, r);
		if (format == FM_LATEX) /* whose fonts have no such blocks */
			l.shape[0] = '\0';
		fm_print_row(&print, cells);
	}
	return fm_print_end(&print);
}

static int is_any_wanted(const struct fm_options *o,
			 const struct fm_summary_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (fm_show_is_wanted(o, &rows[i]))
			return 1;
	return 0;
}

/* The different values of a column, as a comma list. */
static void values_of(const struct fm_column *c,
		      const struct fm_summary_row *rows, size_t n, char *list,
		      size_t size)
{
	char value[FM_WHY_MAX], with[FM_WHY_MAX + 2];
	size_t used = 0;

	*list = '\0';
	for (size_t i = 0; i < n; i++) {
		snprintf(with, sizeof(with), ",%s,",
			 fm_row_text(c, &rows[i], value));
		if (*value && used + strlen(value) + 2 < size &&
		    !strstr(list, with))
			used += (size_t)snprintf(list + used, size - used,
						 "%s%s,", used ? "" : ",",
						 value);
	}
}

/* Which of the wishes no line fulfils, and what there is instead. */
static int refuse(const struct fm_options *o, const struct fm_summary_row *rows,
		  size_t n)
{
	char list[1024], near[64];

	for (size_t i = 0; i <= o->where.n; i++) {
		const char *wish = i < o->where.n ? o->where.item[i] : NULL;
		struct fm_options alone = {
			.where = { { wish }, wish ? 1 : 0 },
			.metric = wish ? NULL : o->metric,
		};
		const char *value = wish ? strchr(wish, '=') + 1 : o->metric;
		const struct fm_column *c = fm_where_column(
			&fm_summary_table, wish ? wish : "metric");

		if (!value || is_any_wanted(&alone, rows, n))
			continue;
		values_of(c, rows, n, list, sizeof(list));
		if (*list)
			list[strlen(list) - 1] = '\0';
		if (fm_nearest(value, list, near, sizeof(near)))
			return fm_say_usage("%s: this run has no such %s; did "
					    "you mean %s? There is: %s",
					    value, c->name, near,
					    *list ? list + 1 : "nothing");
		return fm_say_usage("%s: this run has no such %s; there is: %s",
				    value, c->name,
				    *list ? list + 1 : "nothing");
	}
	return fm_say_usage("no line of this run has all of that together; "
			    "leave one --where or --metric out");
}

int fm_show_check(const struct fm_options *o, const struct fm_summary_row *rows,
		  size_t n)
{
	return is_any_wanted(o, rows, n) ? 0 : refuse(o, rows, n);
}

int fm_show_table(const struct fm_options *o, enum fm_format format,
		  const struct fm_show_run *run)
{
	int err = fm_show_check(o, run->row, run->n);

	if (err)
		return err;
	if (format == FM_TSV || format == FM_CSV || format == FM_JSON)
		return print_full(o, format, run->row, run->n);
	return o->counts ? fm_show_counts(o, format, run) :
			   print_short(o, format, run);
}
