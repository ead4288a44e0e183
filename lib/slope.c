/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a page of page tables adds, by a straight line a round. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_fit.h>

#include "contrast.h"
#include "pages.h"
#include "slope.h"
#include "summary_row.h"

static int add(struct fm_slopes *s, const struct fm_slope_block *block)
{
	if (s->n == s->room) {
		size_t room = s->room ? 2 * s->room : 256;
		struct fm_slope_block *bigger =
			realloc(s->block, room * sizeof(*bigger));

		if (!bigger)
			return -ENOMEM;
		s->block = bigger;
		s->room = room;
	}
	s->block[s->n++] = *block;
	return 0;
}

int fm_slopes_add_series(struct fm_slopes *slopes, const struct fm_series *s,
			 const struct fm_quantile_row *blocks,
			 const struct fm_block_row *const *row_of)
{
	double page_kib = (double)fm_pages_base() / 1024;
	int err = 0;

	if (!*s->point->strategy || s->ops != FM_ABSENT)
		return 0;
	for (size_t i = 0; i < s->blocks && !err; i++) {
		uint64_t kib = row_of[blocks[i].block - 1]->pte_kib;
		const struct fm_slope_block block = {
			.point = s->point,
			.metric = s->metric,
			.unit = s->of->unit,
			.round = blocks[i].round,
			.pages = (double)kib / page_kib,
			.median = blocks[i].median,
		};

		if (kib != FM_ABSENT)
			err = add(slopes, &block);
	}
	return err;
}

void fm_slopes_free(struct fm_slopes *s)
{
	free(s->block);
	*s = (struct fm_slopes){ .n = 0 };
}

/* By all that tells points apart, but for their size. */
static int compare_points(const struct fm_plan_row *a,
			  const struct fm_plan_row *b)
{
	for (size_t i = 0; i < fm_plan_table.columns; i++) {
		const struct fm_column *c = &fm_plan_table.column[i];
		char x[FM_WHY_MAX], y[FM_WHY_MAX];
		int order;

		if (!fm_is_axis(c->name) || !strcmp(c->name, "rss_bytes"))
			continue;
		order = strcmp(fm_row_text(c, a, x), fm_row_text(c, b, y));
		if (order)
			return order;
	}
	return 0;
}

static int compare_lines(const struct fm_slope_block *a,
			 const struct fm_slope_block *b)
{
	int order =
		a->point == b->point ? 0 : compare_points(a->point, b->point);

	return order ? order : strcmp(a->metric, b->metric);
}

static int compare_blocks(const void *a, const void *b)
{
	const struct fm_slope_block *x = a, *y = b;
	int order = compare_lines(x, y);

	if (order)
		return order;
	if (x->round != y->round)
		return x->round < y->round ? -1 : 1;
	return (x->pages > y->pages) - (x->pages < y->pages);
}

/* The slope and the start of a round's line, NaN where its sizes are too few.
 */
static void fit(const struct fm_slope_block *b, size_t n, double *slope,
		double *start)
{
	double *x = malloc((3 * n + 1) * sizeof(*x)), *y = x + n, *w = y + n;
	double cov00, cov01, cov11, sum;
	size_t sizes = 0;
	int is_positive = 1;

	*slope = *start = NAN;
	for (size_t i = 0; x && i < n; i++) {
		x[i] = b[i].pages;
		y[i] = b[i].median;
		is_positive &= y[i] > 0;
		sizes += !i ||
			 b[i].point->rss_bytes != b[i - 1].point->rss_bytes;
	}
	/* Noise is a share of the value, not an amount. */
	for (size_t i = 0; x && i < n; i++)
		w[i] = is_positive ? 1 / (y[i] * y[i]) : 1;
	if (x && sizes >= FM_SLOPE_LEAST_SIZES && x[n - 1] > x[0])
		gsl_fit_wlinear(x, 1, w, 1, y, 1, n, start, slope, &cov00,
				&cov01, &cov11, &sum);
	free(x);
}

/* The largest distance of a point's mean from the line, by the line. */
static double largest_miss(const struct fm_slope_block *b, size_t n,
			   double slope, double start)
{
	double worst = 0;

	for (size_t i = 0; i < n; i++) {
		double sum = 0, line = 0;
		size_t k = 0;

		for (size_t j = 0; j < n; j++)
			if (b[j].point == b[i].point) {
				sum += b[j].median;
				line += start + slope * b[j].pages;
				k++;
			}
		if (k && line > 0)
			worst = fmax(worst, fabs(sum / line - 1));
	}
	return worst;
}

static size_t count_sizes(const struct fm_slope_block *b, size_t n)
{
	size_t sizes = 0;

	for (size_t i = 0; i < n; i++) {
		size_t k = 0;

		while (k < i && b[k].point->rss_bytes != b[i].point->rss_bytes)
			k++;
		sizes += k == i;
	}
	return sizes;
}

/* One set of points and a metric, n blocks. Returns 0, or 1 for no row. */
static int make_row(const struct fm_slope_block *b, size_t n, double t_level,
		    struct fm_slope_row *row)
{
	double *slope = malloc((2 * n + 1) * sizeof(*slope)),
	       *start = slope + n;
	struct fm_interval x;
	size_t rounds = 0;

	if (!slope)
		return -ENOMEM;
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i; end < n && b[end].round == b[i].round; end++)
			;
		fit(&b[i], end - i, &slope[rounds], &start[rounds]);
		rounds += isfinite(slope[rounds]);
	}
	if (rounds) {
		fm_row_clear(&fm_slope_table, row);
		fm_row_copy(&fm_slope_table, row, &fm_plan_table, b->point);
		x = fm_mean_interval(fm_mean_of(slope, rounds), t_level);
		snprintf(row->metric, sizeof(row->metric), "%s", b->metric);
		snprintf(row->unit, sizeof(row->unit), "%s", b->unit);
		row->sizes = count_sizes(b, n);
		row->rounds = rounds;
		row->slope = x.middle;
		row->slope_lo = x.lo;
		row->slope_hi = x.hi;
		row->level = FM_SUMMARY_LEVEL;
		row->start = fm_mean_of(start, rounds).value;
		row->miss = largest_miss(b, n, row->slope, row->start);
	}
	free(slope);
	return !rounds;
}

int fm_slopes_make(struct fm_slopes *s, double t_level,
		   struct fm_slope_row **rows, size_t *n)
{
	int err = 0;

	*n = 0;
	*rows = malloc((s->n + 1) * sizeof(**rows));
	if (!*rows)
		return -ENOMEM;
	if (s->n) /* else there is no array */
		qsort(s->block, s->n, sizeof(*s->block), compare_blocks);
	for (size_t i = 0, end; i < s->n && err >= 0; i = end) {
		for (end = i;
		     end < s->n && !compare_lines(&s->block[end], &s->block[i]);
		     end++)
			;
		err = make_row(&s->block[i], end - i, t_level, &(*rows)[*n]);
		*n += !err;
	}
	return err < 0 ? err : 0;
}
