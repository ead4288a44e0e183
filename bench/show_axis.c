/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An axis of time, logarithmic, and what stands on it, in characters. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "show.h"
#include "units.h"

enum { BINS_MAX = 64 };
#define NARROW 1.1 /* an axis shorter than this ratio is widened */

/* A clock that counts ns can say 0, which no logarithm has. */
static double positive(double ns)
{
	return ns > 0.5 ? ns : 0.5;
}

void fm_show_axis_open(struct fm_show_axis *axis)
{
	axis->lo = INFINITY;
	axis->hi = 0;
}

void fm_show_axis_hold(struct fm_show_axis *axis,
		       const struct fm_summary_row *row)
{
	axis->lo = fmin(axis->lo, positive(row->min));
	axis->hi = fmax(axis->hi, positive(row->p99));
}

void fm_show_axis_close(struct fm_show_axis *axis, int columns)
{
	if (axis->hi < axis->lo * NARROW) {
		axis->lo /= NARROW;
		axis->hi *= NARROW;
	}
	axis->columns =
		columns > FM_SHOW_COLUMNS_MAX ? FM_SHOW_COLUMNS_MAX : columns;
}

/* Where on the axis, in columns from its left end. */
static double place(const struct fm_show_axis *axis, double ns)
{
	return axis->columns * log(positive(ns) / axis->lo) /
	       log(axis->hi / axis->lo);
}

/* Shares a bin's count out to the columns that it covers. */
static void pour(const struct fm_show_axis *axis, double *column, double count,
		 double from, double to)
{
	if (to - from < 1e-9) /* all of one value */
		to = from + 1e-9;
	for (int i = 0; i < axis->columns; i++) {
		double over = fmin(to, i + 1) - fmax(from, i);

		if (over > 0)
			column[i] += count * over / (to - from);
	}
}

static void fill_columns(const struct fm_show_axis *axis,
			 const struct fm_summary_row *r, double *column)
{
	double count[BINS_MAX], from, to;
	const char *c = r->histogram;
	int bins = 0;

	while (*c && bins < BINS_MAX) {
		count[bins++] = strtod(c, NULL);
		c += strcspn(c, ",");
		c += *c == ',';
	}
	from = place(axis, r->min);
	to = fmin(place(axis, r->p99), axis->columns);
	if (to - from < 1e-9) /* no width: its column is the last at most */
		from = to = fmin(from, axis->columns - 0.5);
	memset(column, 0, (size_t)axis->columns * sizeof(*column));
	for (int i = 0; i < bins; i++)
		pour(axis, column, count[i], from + (to - from) * i / bins,
		     from + (to - from) * (i + 1) / bins);
}

void fm_show_axis_bar(const struct fm_show_axis *axis,
		      const struct fm_summary_row *r)
{
	double column[FM_SHOW_COLUMNS_MAX], most = 0;

	fill_columns(axis, r, column);
	for (int i = 0; i < axis->columns; i++)
		most = fmax(most, column[i]);
	for (int i = 0; i < axis->columns; i++)
		fputs(fm_show_glyph(most > 0 ? column[i] / most : 0), stdout);
}

/* A mark and its time, where there is still room for them. */
static void put_tick(const struct fm_show_axis *axis, char *ruler, double ns)
{
	char text[40] = "|";
	int at = (int)place(axis, ns), n, end;

	fm_units_time_text(ns, text + 1, sizeof(text) - 1);
	n = (int)strlen(text);
	end = at + n + 1 < axis->columns ? at + n + 1 : axis->columns;
	if (at < 0 || at + n > axis->columns)
		return;
	for (int i = at ? at - 1 : 0; i < end; i++)
		if (ruler[i] != ' ')
			return;
	memcpy(ruler + at, text, (size_t)n);
}

void fm_show_axis_put(const struct fm_show_axis *axis)
{
	static const double steps[] = { 1, 2, 5 };
	char ruler[FM_SHOW_COLUMNS_MAX + 1];
	double ten = pow(10, floor(log10(axis->lo)));

	memset(ruler, ' ', (size_t)axis->columns);
	ruler[axis->columns] = '\0';
	/* Powers of ten first, then what fits between them. */
	for (int k = 0; k < 3; k++)
		for (double t = ten * steps[k]; t <= axis->hi; t *= 10)
			if (t >= axis->lo)
				put_tick(axis, ruler, t);
	if (strspn(ruler, " ") == (size_t)axis->columns)
		put_tick(axis, ruler, axis->lo);
	printf("%s\n", ruler);
}
