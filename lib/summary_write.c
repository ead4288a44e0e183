/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The summary on disk. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

static void write_row(struct fm_summary_book *book, struct part *part,
		      const struct fm_summary_row *row)
{
	fm_table_write(&fm_summary_table, part->file, row);
	book->facts.points++;
	book->facts.broken += !strcmp(row->verdict, "broken");
	book->facts.disagree += !strcmp(row->verdict, "disagrees");
}

static void write_blocks(struct part *part, const struct fm_quantile_row *row,
			 size_t k)
{
	for (size_t i = 0; i < k; i++)
		fm_table_write(&fm_quantile_table, part->file, &row[i]);
}

static int write_series(struct fm_summary_book *book, struct fm_series *s,
			struct part *summary, struct part *quantiles)
{
	struct fm_quantile_row *blocks;
	struct fm_summary_row row;
	int err = fm_series_quantiles(s, &blocks);

	if (!err)
		err = fm_summary_row_make(s, blocks, &row);
	if (!err) {
		write_row(book, summary, &row);
		write_blocks(quantiles, blocks, s->blocks);
	}
	free(blocks);
	return err;
}

static int write_singles(struct fm_summary_book *book,
			 const struct fm_plan_row *point, struct part *summary,
			 struct part *quantiles)
{
	/* The point's op_ns, whose samples the touches are of. */
	const struct fm_series *op =
		&book->series[point->point * book->metrics - 1];
	struct fm_summary_row row;
	int err = 0;

	for (size_t i = 0; i < book->singles.n && !err; i++) {
		const struct fm_single_series *s = &book->singles.series[i];

		if (s->now.point != point->point || !s->blocks)
			continue;
		err = fm_single_row_make(s, point, &row);
		if (err)
			break;
		fm_single_row_judge(&row, op);
		write_row(book, summary, &row);
		write_blocks(quantiles, s->row, s->blocks);
	}
	return err;
}

int fm_summary_write(struct fm_summary_book *book, const char *dir,
		     struct fm_why *why)
{
	struct part summary = { 0 }, quantiles = { 0 };
	int err = begin(&summary, &fm_summary_table, dir, why);

	if (!err)
		err = begin(&quantiles, &fm_quantile_table, dir, why);
	for (size_t i = 0; i < book->points * book->metrics && !err; i++) {
		struct fm_series *s = &book->series[i];

		if (s->n || s->failed)
			err = write_series(book, s, &summary, &quantiles);
		if (i % book->metrics == book->metrics - 1 && !err)
			err = write_singles(book,
					    &book->plan[i / book->metrics],
					    &summary, &quantiles);
	}
	err = end(&quantiles, err, why);
	return end(&summary, err, why);
}
