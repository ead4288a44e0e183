/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter show --counts: what was counted, and what counting cost. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "metric.h"
#include "names.h"
#include "say.h"
#include "show.h"
#include "units.h"

const char *fm_show_value(const struct fm_summary_row *row, double x, char *buf,
			  size_t size)
{
	return fm_units_value_text(x, row->unit, buf, size);
}

/* The line of the same point whose metric is that; NULL: none. */
static const struct fm_summary_row *find(const struct fm_show_run *run,
					 const struct fm_summary_row *of,
					 const char *metric)
{
	for (size_t i = 0; i < run->n; i++)
		if (run->row[i].point == of->point &&
		    !strcmp(run->row[i].metric, metric))
			return &run->row[i];
	return NULL;
}

/* Of a time of blocks that count: against those that do not. */
static void note(const struct fm_show_run *run,
		 const struct fm_summary_row *row, char *buf, size_t size)
{
	const char *metric = strrchr(row->metric, '.');
	const struct fm_summary_row *timed = NULL;
	char before[32];

	*buf = '\0';
	if (!strncmp(row->metric, FM_COUNTED_PREFIX, strlen(FM_COUNTED_PREFIX)))
		timed = find(run, row, metric + 1);
	if (timed && timed->median > 0)
		snprintf(buf, size, "timed alone %s: counting adds %+.2g %%",
			 fm_units_time_text(timed->median, before,
					    sizeof(before)),
			 100 * (row->median / timed->median - 1));
}

static void interval(const struct fm_summary_row *row, char *buf, size_t size)
{
	char lo[32], hi[32];

	if (isnan(row->median_lo))
		snprintf(buf, size, "-");
	else
		snprintf(buf, size, "%s .. %s",
			 fm_show_value(row, row->median_lo, lo, sizeof(lo)),
			 fm_show_value(row, row->median_hi, hi, sizeof(hi)));
}

/* Whether that metric is 0 in every sample of the run. */
static int is_nothing(const struct fm_show_run *run, const char *metric)
{
	for (size_t i = 0; i < run->n; i++)
		if (!strcmp(run->row[i].metric, metric) &&
		    !(run->row[i].max <= 0))
			return 0;
	return 1;
}

static void say_nothing(const struct fm_show_run *run)
{
	char names[1024] = "";

	for (size_t i = 0; i < run->n; i++) {
		const struct fm_summary_row *r = &run->row[i];
		size_t k = 0;

		while (k < i && strcmp(run->row[k].metric, r->metric))
			k++;
		if (k == i && !fm_metric_is_time(r->metric) &&
		    is_nothing(run, r->metric))
			fm_names_append(names, sizeof(names), r->metric);
	}
	if (*names)
		fm_say("0 in every sample of every point: %s", names);
}

int fm_show_counts(const struct fm_options *o, enum fm_format format,
		   const struct fm_show_run *run)
{
	static const char *const header[] = {
		"workload", "strategy", "child",  "parameters", "backing",
		"rss",	    "metric",	"median", "unit",	"95 % interval",
		"mean",	    "n",	"blocks", "note",
	};
	enum { COLUMNS = sizeof(header) / sizeof(*header) };
	char rss[32], median[32], ends[80], mean[32], n[32], blocks[32];
	char remark[128];
	struct fm_print print;

	fm_print_begin(&print, format, header, COLUMNS);
	print.drop = "blocks,n,mean,parameters";
	for (size_t i = 0; i < run->n; i++) {
		const struct fm_summary_row *r = &run->row[i];
		int is_clock = !strcmp(r->unit, "ns");
		const char *cells[COLUMNS] = {
			r->workload,   r->strategy, r->child,
			r->parameters, r->backing,  rss,
			r->metric,     median,	    is_clock ? NULL : r->unit,
			ends,	       mean,	    n,
			blocks,	       remark,
		};

		if (fm_metric_is_time(r->metric) || !fm_show_is_wanted(o, r) ||
		    (format == FM_TEXT && is_nothing(run, r->metric)))
			continue;
		fm_units_size_text(r->rss_bytes, rss, sizeof(rss));
		fm_show_value(r, r->median, median, sizeof(median));
		fm_show_value(r, r->mean, mean, sizeof(mean));
		interval(r, ends, sizeof(ends));
		snprintf(n, sizeof(n), "%llu", (unsigned long long)r->n);
		snprintf(blocks, sizeof(blocks), "%llu",
			 (unsigned long long)r->blocks);
		note(run, r, remark, sizeof(remark));
		fm_print_row(&print, cells);
	}
	if (format == FM_TEXT)
		say_nothing(run);
	return fm_print_end(&print);
}

void fm_show_say_counts(const char *dir, const struct fm_show_run *run)
{
	char names[1024] = "";

	for (size_t i = 0; i < run->n; i++) {
		const struct fm_summary_row *r = &run->row[i];
		size_t k = 0;

		if (fm_metric_is_time(r->metric) ||
		    !strncmp(r->metric, FM_COUNTED_PREFIX,
			     strlen(FM_COUNTED_PREFIX)))
			continue;
		while (k < i && strcmp(run->row[k].metric, r->metric))
			k++;
		if (k == i)
			fm_names_append(names, sizeof(names), r->metric);
	}
	if (*names)
		fm_say("also counted: %s; %s show --counts %s", names,
		       program_invocation_name, dir);
}

static int is_still(const struct fm_slope_row *row)
{
	return !(row->slope_lo > 0 || row->slope_hi < 0);
}

/*
 * What a page of page tables adds: of counters, and of the time that they are
 * to explain.
 */
int fm_show_slopes(const struct fm_options *o, enum fm_format format,
		   const struct fm_slope_row *rows, size_t n)
{
	static const char *const header[] = {
		"workload",
		"strategy",
		"child",
		"parameters",
		"backing",
		"metric",
		"by a page-table page",
		"95 % interval",
		"sizes",
		"rounds",
	};
	enum { COLUMNS = sizeof(header) / sizeof(*header) };
	char slope[32], lo[32], hi[32], ends[80], sizes[32], rounds[32];
	struct fm_print print;

	fm_print_begin(&print, format, header, COLUMNS);
	for (size_t i = 0; i < n; i++) {
		const struct fm_slope_row *r = &rows[i];
		const char *cells[COLUMNS] = {
			r->workload, r->strategy, r->child, r->parameters,
			r->backing,  r->metric,	  slope,    ends,
			sizes,	     rounds,
		};

		if ((o->metric && strcmp(o->metric, r->metric)) ||
		    (!o->metric && is_still(r)) ||
		    !strncmp(r->metric, FM_COUNTED_PREFIX,
			     strlen(FM_COUNTED_PREFIX)))
			continue;
		fm_units_value_text(r->slope, r->unit, slope, sizeof(slope));
		fm_units_value_text(r->slope_lo, r->unit, lo, sizeof(lo));
		fm_units_value_text(r->slope_hi, r->unit, hi, sizeof(hi));
		snprintf(ends, sizeof(ends), "%s .. %s", lo, hi);
		snprintf(sizes, sizeof(sizes), "%llu",
			 (unsigned long long)r->sizes);
		snprintf(rounds, sizeof(rounds), "%llu",
			 (unsigned long long)r->rounds);
		fm_print_row(&print, cells);
	}
	return fm_print_end(&print);
}
