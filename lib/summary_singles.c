/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the histograms of single faults to lines of the summary. */
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "singles.h"
#include "summary_row.h"
#include "summary_singles.h"

static gsl_histogram *make_histogram(void)
{
	static double edge[FM_SINGLES_BINS + 1];
	gsl_histogram *h = gsl_histogram_alloc(FM_SINGLES_BINS);

	for (size_t i = 0; i <= FM_SINGLES_BINS; i++)
		edge[i] = (double)fm_singles_from(i);
	if (h)
		gsl_histogram_set_ranges(h, edge, FM_SINGLES_BINS + 1);
	return h;
}

/* The quantiles q of a histogram, interpolated within their bins. */
static int quantiles(const gsl_histogram *h, const double *q, double *x,
		     size_t n)
{
	gsl_histogram_pdf *pdf = gsl_histogram_pdf_alloc(FM_SINGLES_BINS);

	if (!pdf)
		return -ENOMEM;
	gsl_histogram_pdf_init(pdf, h);
	for (size_t i = 0; i < n; i++)
		x[i] = gsl_histogram_pdf_sample(pdf, q[i]);
	gsl_histogram_pdf_free(pdf);
	return 0;
}

/* What the block that was read to its end supports. */
static int fill_block(struct fm_single_series *s)
{
	static const double q[] = { 0.10, 0.25, 0.50, 0.75, 0.90, 0.99 };
	double *const column[] = { &s->now.p10, &s->now.p25, &s->now.median,
				   &s->now.p75, &s->now.p90, &s->now.p99 };
	double x[sizeof(q) / sizeof(*q)];

	s->now.n = (uint64_t)gsl_histogram_sum(s->block);
	if (quantiles(s->block, q, x, sizeof(q) / sizeof(*q)))
		return -ENOMEM;
	for (size_t i = 0; i < sizeof(q) / sizeof(*q); i++)
		if (fm_quantiles_supported(s->now.n, q[i]))
			*column[i] = x[i];
	return 0;
}

/* It becomes one row, and part of the pool. */
static int close_block(struct fm_single_series *s)
{
	int err;

	if (gsl_histogram_sum(s->block) <= 0)
		return 0;
	if (s->blocks == s->room) {
		size_t room = s->room ? 2 * s->room : 16;
		struct fm_quantile_row *row =
			realloc(s->row, room * sizeof(*row));

		if (!row)
			return -ENOMEM;
		s->row = row;
		s->room = room;
	}
	err = fill_block(s);
	if (err)
		return err;
	s->row[s->blocks++] = s->now;
	gsl_histogram_add(s->pooled, s->block);
	gsl_histogram_reset(s->block);
	return 0;
}

static void open_block(struct fm_single_series *s,
		       const struct fm_histogram_row *row)
{
	fm_row_clear(&fm_quantile_table, &s->now);
	s->now.point = row->point;
	s->now.round = row->round;
	s->now.block = row->block;
	strcpy(s->now.metric, row->metric);
}

static struct fm_single_series *find(struct fm_single_book *book,
				     const struct fm_histogram_row *row)
{
	struct fm_single_series *s;

	for (size_t i = book->n; i-- > 0;)
		if (book->series[i].now.point == row->point &&
		    !strcmp(book->series[i].now.metric, row->metric))
			return &book->series[i];
	if (book->n == book->room) {
		size_t room = book->room ? 2 * book->room : 16;

		s = realloc(book->series, room * sizeof(*s));
		if (!s)
			return NULL;
		book->series = s;
		book->room = room;
	}
	s = &book->series[book->n];
	memset(s, 0, sizeof(*s));
	open_block(s, row);
	s->block = make_histogram();
	s->pooled = make_histogram();
	book->n++; /* what of it could be had is freed with the book */
	return s->block && s->pooled ? s : NULL;
}

static int take_bin(const void *data, void *ctx)
{
	const struct fm_histogram_row *row = data;
	struct fm_single_book *book = ctx;
	struct fm_single_series *s;
	int err = 0;

	if (!book->committed(row->block, book->ctx))
		return 0;
	s = find(book, row);
	if (!s)
		return -ENOMEM;
	if (s->now.block != row->block) {
		err = close_block(s);
		open_block(s, row);
	}
	book->touches += row->count;
	gsl_histogram_accumulate(s->block, (double)row->from_ns,
				 (double)row->count);
	return err;
}

int fm_single_book_read(struct fm_single_book *book, const char *dir,
			struct fm_why *why)
{
	char path[PATH_MAX];
	int err;

	snprintf(path, sizeof(path), "%s/%s.tsv", dir, fm_histogram_table.name);
	if (access(path, F_OK) < 0)
		return 0; /* a run from before there were any */
	err = fm_table_read(&fm_histogram_table, dir, take_bin, book, why);
	for (size_t i = 0; i < book->n && !err; i++)
		err = close_block(&book->series[i]);
	return err;
}

void fm_single_book_free(struct fm_single_book *book)
{
	for (size_t i = 0; i < book->n; i++) {
		struct fm_single_series *s = &book->series[i];

		free(s->row);
		if (s->block)
			gsl_histogram_free(s->block);
		if (s->pooled)
			gsl_histogram_free(s->pooled);
	}
	free(book->series);
}

static void put_ends(const gsl_histogram *h, struct fm_summary_row *row)
{
	size_t first = 0, last = FM_SINGLES_BINS - 1;

	while (first < last && gsl_histogram_get(h, first) <= 0)
		first++;
	while (last > first && gsl_histogram_get(h, last) <= 0)
		last--;
	row->min = (double)fm_singles_from(first);
	row->max = (double)fm_singles_from(last + 1);
}

/* The bins of the summary are coarser; a bin goes where its middle lies. */
static void put_shape(const gsl_histogram *h, struct fm_summary_row *row)
{
	size_t count[FM_SUMMARY_BINS] = { 0 };
	double width = log(row->p99 / row->min) / FM_SUMMARY_BINS;

	for (size_t i = 0; i < FM_SINGLES_BINS; i++) {
		double middle = ((double)fm_singles_from(i) +
				 (double)fm_singles_from(i + 1)) /
				2;
		double at = width > 0 ? log(middle / row->min) / width : 0;
		size_t bin = at < 0		      ? 0 :
			     at < FM_SUMMARY_BINS - 1 ? (size_t)at :
							FM_SUMMARY_BINS - 1;

		count[bin] += (size_t)gsl_histogram_get(h, i);
	}
	fm_summary_put_bins(row, count);
}

int fm_single_row_make(const struct fm_single_series *s,
		       const struct fm_plan_row *point, double t_level,
		       struct fm_summary_row *row)
{
	static const double q[] = { 0.01, 0.05, 0.25, 0.75,
				    0.90, 0.95, 0.99, 0.999 };
	double x[sizeof(q) / sizeof(*q)];

	fm_summary_begin(row, point, s->now.metric);
	if (quantiles(s->pooled, q, x, sizeof(q) / sizeof(*q)))
		return -ENOMEM;
	row->n = (uint64_t)gsl_histogram_sum(s->pooled);
	row->failed = row->disturbed = row->extra = 0;
	fm_summary_put_blocks(row, s->row, s->blocks, t_level);
	row->mean = gsl_histogram_mean(s->pooled);
	row->sd = gsl_histogram_sigma(s->pooled);
	row->p1 = x[0];
	row->p5 = x[1];
	row->p25 = x[2];
	row->p75 = x[3];
	row->p90 = x[4];
	row->p95 = x[5];
	row->p99 = x[6];
	row->p999 = x[7];
	put_ends(s->pooled, row);
	put_shape(s->pooled, row);
	return 0;
}

void fm_single_row_judge(struct fm_summary_row *row,
			 const struct fm_series *of_point)
{
	row->failed = of_point->failed;
	strcpy(row->verdict, fm_summary_verdict(of_point));
}
