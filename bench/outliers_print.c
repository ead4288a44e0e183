/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outliers for people and for programs. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "outliers.h"
#include "units.h"

/* The quantities of a row, as text. */
struct cells {
	char peers[32], rss[32], median[32], others[32], change[32], own[80];
	char least[32], spread[32], points[32], slower[32], faster[32];
	char machines[32];
};

static void change_text(double ratio, char *buf, size_t size)
{
	if (isfinite(ratio))
		snprintf(buf, size, "%+.1f %%", 100 * (ratio - 1));
	else
		*buf = '\0';
}

static void interval_text(double lo, double hi, char *buf, size_t size)
{
	if (isfinite(lo) && isfinite(hi))
		snprintf(buf, size, "%+.1f .. %+.1f %%", 100 * (lo - 1),
			 100 * (hi - 1));
	else
		*buf = '\0';
}

static void value_text(double x, const char *unit, char *buf, size_t size)
{
	if (isfinite(x))
		fm_units_value_text(x, unit, buf, size);
	else
		*buf = '\0';
}

static void percent_text(double x, char *buf, size_t size)
{
	if (isfinite(x))
		fm_units_percent_text(x, buf, size);
	else
		*buf = '\0';
}

static void number_text(uint64_t x, char *buf, size_t size)
{
	if (x != FM_ABSENT)
		snprintf(buf, size, "%llu", (unsigned long long)x);
	else
		*buf = '\0';
}

static void fill_cells(struct cells *c, const struct fm_outlier_row *r)
{
	number_text(r->peers, c->peers, sizeof(c->peers));
	number_text(r->points, c->points, sizeof(c->points));
	number_text(r->slower, c->slower, sizeof(c->slower));
	number_text(r->faster, c->faster, sizeof(c->faster));
	number_text(r->machines, c->machines, sizeof(c->machines));
	*c->rss = '\0';
	if (r->rss_bytes != FM_ABSENT)
		fm_units_size_text(r->rss_bytes, c->rss, sizeof(c->rss));
	value_text(r->median, r->unit, c->median, sizeof(c->median));
	value_text(r->others, r->unit, c->others, sizeof(c->others));
	change_text(r->ratio, c->change, sizeof(c->change));
	interval_text(r->ratio_lo, r->ratio_hi, c->own, sizeof(c->own));
	percent_text(r->least, c->least, sizeof(c->least));
	percent_text(r->spread, c->spread, sizeof(c->spread));
}

/* Each machine, over all its points. */
static int print_machines(const struct fm_outliers *o, enum fm_format format)
{
	char own[32];
	const char *const header[] = {
		"verdict", "group",  "host", "kernel",	  "points", "slower",
		"faster",  "change", own,    "told from", "note",
	};
	enum { COLUMNS = sizeof(header) / sizeof(*header) };
	struct fm_print print;
	struct cells c;

	snprintf(own, sizeof(own), "%g %%", 100 * FM_COMPARE_LEVEL);
	fm_print_begin(&print, format, header, COLUMNS);
	print.drop = "note,kernel,told from";
	for (size_t i = 0; i < o->rows; i++) {
		const struct fm_outlier_row *r = &o->row[i];
		const char *cells[COLUMNS] = {
			r->verdict, c.peers,  r->host,	 r->kernel,
			c.points,   c.slower, c.faster,	 c.change,
			c.own,	    c.least,  r->reason,
		};

		if (strcmp(r->over, "machine"))
			continue;
		fill_cells(&c, r);
		fm_print_row(&print, cells);
	}
	return fm_print_end(&print);
}

static int is_outlier(const struct fm_outlier_row *r)
{
	return !strcmp(r->verdict, fm_verdict_names[FM_SLOWER]) ||
	       !strcmp(r->verdict, fm_verdict_names[FM_FASTER]);
}

/* The points that are off by themselves. */
static int print_points(const struct fm_outliers *o, enum fm_format format)
{
	char own[32];
	const char *const header[] = {
		"verdict", "group",	 "host",    "workload", "strategy",
		"child",   "parameters", "backing", "rss",	"metric",
		"median",  "others",	 "change",  own,	"machines",
	};
	enum { COLUMNS = sizeof(header) / sizeof(*header) };
	struct fm_print print;
	struct cells c;

	snprintf(own, sizeof(own), "%g %%", 100 * FM_COMPARE_LEVEL);
	fm_print_begin(&print, format, header, COLUMNS);
	print.drop = "machines,others,metric,parameters,group";
	for (size_t i = 0; i < o->rows; i++) {
		const struct fm_outlier_row *r = &o->row[i];
		const char *cells[COLUMNS] = {
			r->verdict,  c.peers,	r->host,       r->workload,
			r->strategy, r->child,	r->parameters, r->backing,
			c.rss,	     r->metric, c.median,      c.others,
			c.change,    c.own,	c.machines,
		};

		if (strcmp(r->over, "point") || !is_outlier(r))
			continue;
		fill_cells(&c, r);
		fm_print_row(&print, cells);
	}
	return fm_print_end(&print);
}

int fm_outliers_print(const struct fm_outliers *o, enum fm_format format)
{
	int err;

	if (format == FM_TSV || format == FM_CSV || format == FM_JSON)
		return fm_print_rows(format, &fm_outlier_table, o->row,
				     o->rows);
	err = print_machines(o, format);
	if (err || !(fm_outliers_count(o, 0, FM_SLOWER) +
		     fm_outliers_count(o, 0, FM_FASTER)))
		return err;
	putchar('\n');
	return print_points(o, format);
}
