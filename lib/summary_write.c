/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The summary on disk. */
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "noise.h"
#include "slope.h"
#include "stability.h"
#include "summary_book.h"
#include "summary_row.h"

/* A derived table that is being made anew beside the old one. */
struct part {
	const struct fm_table *table;
	char part[PATH_MAX], path[PATH_MAX];
	FILE *file;
};

static int begin(struct part *p, const struct fm_table *table, const char *dir,
		 struct fm_why *why)
{
	p->table = table;
	snprintf(p->part, sizeof(p->part), "%s/%s.tsv.part", dir, table->name);
	snprintf(p->path, sizeof(p->path), "%s/%s.tsv", dir, table->name);
	p->file = fopen(p->part, "we");
	if (!p->file)
		return fm_fail(why, errno, "%s: %s", p->part, strerror(errno));
	fm_table_write_header(table, p->file);
	return 0;
}

/* Replaces the old one, or leaves it as it is where err says so. */
static int end(struct part *p, int err, struct fm_why *why)
{
	if (!p->file)
		return err;
	if (ferror(p->file) && !err)
		err = -EIO;
	if (fclose(p->file) && !err)
		err = -errno;
	if (!err && rename(p->part, p->path) < 0)
		err = -errno;
	if (err) {
		unlink(p->part);
		fm_fail(why, -err, "%s: %s", p->path, strerror(-err));
	}
	return err;
}

/* What is made together from one reading of the run. */
enum { SUMMARY, QUANTILES, STABILITY, NOISE, SLOPES, PARTS };

static const struct fm_table *const tables[PARTS] = {
	[SUMMARY] = &fm_summary_table,	   [QUANTILES] = &fm_quantile_table,
	[STABILITY] = &fm_stability_table, [NOISE] = &fm_noise_table,
	[SLOPES] = &fm_slope_table,
};

struct writing {
	struct fm_summary_book *book;
	struct part part[PARTS];
	struct fm_stability_row *stability; /* a line of the summary each */
	size_t lines, room;
	struct fm_noise noise;
	struct fm_slopes slopes;
	uint64_t told;	 /* the last point whose main metric was told */
	double floor_ns; /* an empty sample; NaN where none was measured */
	const struct fm_block_row **row_of; /* block number i + 1 */
};

static int keep_stability(struct writing *w, const struct fm_quantile_row *rows,
			  size_t k)
{
	if (w->lines == w->room) {
		size_t room = w->room ? 2 * w->room : 64;
		struct fm_stability_row *bigger =
			realloc(w->stability, room * sizeof(*bigger));

		if (!bigger)
			return -ENOMEM;
		w->stability = bigger;
		w->room = room;
	}
	return fm_stability_make(&w->stability[w->lines++], rows, k);
}

/* The first metric of a point that has values is its main one. */
static int keep_noise(struct writing *w, const struct fm_quantile_row *rows,
		      size_t k)
{
	int err = 0;

	if (!k || rows[0].point == w->told)
		return 0;
	w->told = rows[0].point;
	for (size_t i = 0; i < k && !err; i++)
		err = fm_noise_add(&w->noise, w->row_of[rows[i].block - 1],
				   &rows[i]);
	return err;
}

static int write_line(struct writing *w, const struct fm_summary_row *row,
		      const struct fm_quantile_row *rows, size_t k, int is_time)
{
	struct fm_summary_facts *facts = &w->book->facts;
	int err = k && is_time ? keep_stability(w, rows, k) : 0;

	fm_table_write(&fm_summary_table, w->part[SUMMARY].file, row);
	for (size_t i = 0; i < k; i++)
		fm_table_write(&fm_quantile_table, w->part[QUANTILES].file,
			       &rows[i]);
	facts->points++;
	/* The samples that counters come from are told by their times. */
	facts->broken += is_time && !strcmp(row->verdict, "broken");
	facts->disagree += is_time && !strcmp(row->verdict, "disagrees");
	return err || !is_time ? err : keep_noise(w, rows, k);
}

/* A batch is one sample, with one harness around all its operations. */
static void put_floor(const struct writing *w, const struct fm_series *s,
		      struct fm_summary_row *row)
{
	double ops = s->of->under ? (double)s->ops : 1;

	if (s->n && row->median > 0 && s->of->is_time)
		row->floor_share = w->floor_ns / (row->median * ops);
}

static int write_slopes(struct writing *w)
{
	struct fm_slope_row *row = NULL;
	size_t n = 0;
	int err = fm_slopes_make(&w->slopes, w->book->t_level, &row, &n);

	for (size_t i = 0; i < n && !err; i++)
		fm_table_write(&fm_slope_table, w->part[SLOPES].file, &row[i]);
	free(row);
	return err;
}

static int write_series(struct writing *w, struct fm_series *s)
{
	struct fm_quantile_row *blocks;
	struct fm_summary_row row;
	int err = fm_series_quantiles(s, &blocks);

	if (!err)
		err = fm_summary_row_make(s, blocks, w->book->t_level, &row);
	if (!err)
		err = fm_slopes_add_series(&w->slopes, s, blocks, w->row_of);
	if (!err) {
		put_floor(w, s, &row);
		err = write_line(w, &row, blocks, s->blocks, s->of->is_time);
	}
	free(blocks);
	return err;
}

static int write_singles(struct writing *w, const struct fm_plan_row *point)
{
	struct fm_summary_book *book = w->book;
	/* The point's op_ns, whose samples the touches are of. */
	const struct fm_series *op =
		&book->series[(point->point - 1) * book->metrics.n +
			      fm_metrics_times()->n - 1];
	struct fm_summary_row row;
	int err = 0;

	for (size_t i = 0; i < book->singles.n && !err; i++) {
		const struct fm_single_series *s = &book->singles.series[i];

		if (s->now.point != point->point || !s->blocks)
			continue;
		err = fm_single_row_make(s, point, book->t_level, &row);
		if (err)
			break;
		fm_single_row_judge(&row, op);
		err = write_line(w, &row, s->row, s->blocks, 1);
	}
	return err;
}

static int write_points(struct writing *w)
{
	struct fm_summary_book *book = w->book;
	int err = 0;

	size_t metrics = book->metrics.n, times = fm_metrics_times()->n;

	for (size_t i = 0; i < book->points * metrics && !err; i++) {
		struct fm_series *s = &book->series[i];

		if (s->n || s->failed)
			err = write_series(w, s);
		if (i % metrics == times - 1 && !err)
			err = write_singles(w, &book->plan[i / metrics]);
	}
	return err;
}

/* What can be told only when all points have been. */
static int write_whole(struct writing *w)
{
	struct fm_noise_row *noise = NULL;
	size_t n = 0;
	int err = fm_stability_judge(w->stability, w->lines);

	for (size_t i = 0; i < w->lines && !err; i++)
		fm_table_write(&fm_stability_table, w->part[STABILITY].file,
			       &w->stability[i]);
	if (!err)
		err = fm_noise_make(&w->noise, &noise, &n);
	for (size_t i = 0; i < n && !err; i++)
		fm_table_write(&fm_noise_table, w->part[NOISE].file, &noise[i]);
	free(noise);
	return err ? err : write_slopes(w);
}

/* The median of the point null, and where each block's line is. */
static int prepare(struct writing *w)
{
	const struct fm_summary_book *book = w->book;
	int err = 0;

	w->floor_ns = NAN;
	w->row_of = calloc(book->block_max + 1, sizeof(const void *));
	if (!w->row_of)
		return -ENOMEM;
	for (size_t i = 0; i < book->blocks; i++)
		if (book->block[i].block && book->block[i].block != FM_ABSENT)
			w->row_of[book->block[i].block - 1] = &book->block[i];
	for (size_t i = 0; i < book->points * book->metrics.n && !err; i++) {
		const struct fm_series *s = &book->series[i];
		struct fm_quantile_row *rows;

		if (!s->n || !s->of->is_time ||
		    strcmp(s->point->workload, "null"))
			continue;
		err = fm_series_quantiles(s, &rows);
		if (!err)
			w->floor_ns =
				exp(fm_quantiles_mean(
					    rows, s->blocks,
					    offsetof(struct fm_quantile_row,
						     median),
					    FM_CLOCK_STEP)
					    .value);
		free(rows);
	}
	return err;
}

int fm_summary_write(struct fm_summary_book *book, const char *dir,
		     struct fm_why *why)
{
	struct writing *w = calloc(1, sizeof(*w));
	int err;

	if (!w)
		return fm_fail(why, ENOMEM, "%s: no memory for its summary",
			       dir);
	w->book = book;
	err = prepare(w);
	if (err)
		fm_fail(why, -err, "%s: %s", dir, strerror(-err));
	for (int i = 0; i < PARTS && !err; i++)
		err = begin(&w->part[i], tables[i], dir, why);
	if (!err)
		err = write_points(w);
	if (!err)
		err = write_whole(w);
	/* The summary last: that it is new tells that all are. */
	for (int i = PARTS; i-- > 0;)
		err = end(&w->part[i], err, why);
	fm_noise_free(&w->noise);
	fm_slopes_free(&w->slopes);
	free(w->stability);
	free(w->row_of);
	free(w);
	return err;
}
