/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A comparison for people and for programs. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "compare.h"
#include "units.h"

const char *fm_compare_answer(const struct fm_comparison_row *rows, size_t n,
			      char *buf, size_t size)
{
	size_t slower = fm_compare_count(rows, n, FM_SLOWER);
	size_t faster = fm_compare_count(rows, n, FM_FASTER);
	double least = INFINITY;
	int used;

	/* They stand first. */
	for (size_t i = 0; i < slower + faster; i++)
		if (fabs(log(rows[i].ratio)) < fabs(log(least)))
			least = rows[i].ratio;
	used = snprintf(buf, size,
			"%zu slower, %zu faster, %zu unsure, %zu same of %zu",
			slower, faster, fm_compare_count(rows, n, FM_UNSURE),
			fm_compare_count(rows, n, FM_SAME), n);
	if (isfinite(least))
		snprintf(buf + used, size - (size_t)used,
			 "; the smallest difference found is %+.2f %%",
			 100 * (least - 1));
	return buf;
}

/* A ratio as a change, in per cent. */
static double percent(double ratio)
{
	return 100 * (ratio - 1);
}

/* Digits behind the point, so that three or four say what there is. */
static int digits(double p)
{
	return fabs(p) < 9.995 ? 2 : fabs(p) < 99.95 ? 1 : 0;
}

static void change_text(double ratio, char *buf, size_t size)
{
	double p = percent(ratio);

	if (isfinite(p))
		snprintf(buf, size, "%+.*f %%", digits(p),
			 fabs(p) < 0.005 ? 0 : p);
	else
		snprintf(buf, size, "-");
}

static void interval_text(double lo, double hi, char *buf, size_t size)
{
	int n = digits(fmax(fabs(percent(lo)), fabs(percent(hi))));

	if (isfinite(lo) && isfinite(hi))
		snprintf(buf, size, "%+.*f .. %+.*f %%", n, percent(lo), n,
			 percent(hi));
	else
		snprintf(buf, size, "-");
}

static void value_text(const struct fm_comparison_row *r, double x, char *buf,
		       size_t size)
{
	if (isfinite(x))
		fm_units_value_text(x, r->unit, buf, size);
	else
		snprintf(buf, size, "-");
}

/* The quantities of a line, as text. */
struct cells {
	char rss[32], base[32], new[32], change[32], own[80], all[80];
	char matters[32], n[80];
	char note[2 * FM_WHY_MAX + 4];
};

static void fill_cells(struct cells *l, const struct fm_comparison_row *r)
{
	unsigned long long a = r->base_observations, b = r->new_observations;

	fm_units_size_text(r->rss_bytes, l->rss, sizeof(l->rss));
	value_text(r, r->base, l->base, sizeof(l->base));
	value_text(r, r->new, l->new, sizeof(l->new));
	change_text(r->ratio, l->change, sizeof(l->change));
	interval_text(r->ratio_lo, r->ratio_hi, l->own, sizeof(l->own));
	interval_text(r->ratio_slo, r->ratio_shi, l->all, sizeof(l->all));
	if (isfinite(r->delta))
		snprintf(l->matters, sizeof(l->matters), "+-%.*f %%",
			 digits(100 * r->delta), 100 * r->delta);
	else
		snprintf(l->matters, sizeof(l->matters), "-");
	if (a == b)
		snprintf(l->n, sizeof(l->n), "%llu %s", a, r->over);
	else
		snprintf(l->n, sizeof(l->n), "%llu/%llu %s", a, b, r->over);
	snprintf(l->note, sizeof(l->note), "%s%s%s", r->reason,
		 *r->reason && *r->note ? "; " : "", r->note);
}

static int print_short(enum fm_format format,
		       const struct fm_comparison_row *rows, size_t n,
		       double family)
{
	char own[32], all[64], drop[128];
	const char *const header[] = {
		"verdict", "workload", "strategy", "child",  "parameters",
		"backing", "rss",      "across",   "metric", "base",
		"new",	   "change",   own,	   all,	     "matters",
		"n",	   "note",
	};
	enum { COLUMNS = sizeof(header) / sizeof(*header) };
	struct fm_print print;
	struct cells l;

	snprintf(own, sizeof(own), "%g %%", 100 * FM_COMPARE_LEVEL);
	snprintf(all, sizeof(all), "all at %g %%", 100 * family);
	snprintf(drop, sizeof(drop), "%s,n,metric,matters,note,base,parameters",
		 all);
	fm_print_begin(&print, format, header, COLUMNS);
	print.drop = drop;
	for (size_t i = 0; i < n; i++) {
		const struct fm_comparison_row *r = &rows[i];
		const char *cells[COLUMNS] = {
			r->verdict,    r->workload, r->strategy, r->child,
			r->parameters, r->backing,  l.rss,	 r->across,
			r->metric,     l.base,	    l.new,	 l.change,
			l.own,	       l.all,	    l.matters,	 l.n,
			l.note,
		};

		fill_cells(&l, r);
		fm_print_row(&print, cells);
	}
	return fm_print_end(&print);
}

int fm_compare_print(enum fm_format format,
		     const struct fm_comparison_row *rows, size_t n,
		     double family)
{
	char answer[256];

	if (format == FM_TSV || format == FM_CSV || format == FM_JSON)
		return fm_print_rows(format, &fm_comparison_table, rows, n);
	if (format == FM_TEXT)
		printf("%s\n\n",
		       fm_compare_answer(rows, n, answer, sizeof(answer)));
	return print_short(format, rows, n, family);
}
