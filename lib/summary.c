/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a run's samples to its summary. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fact.h"
#include "record.h"
#include "series.h"
#include "stopping.h"
#include "summary_book.h"
#include "summary_row.h"

static int committed(uint64_t block, const void *ctx)
{
	const struct fm_summary_book *book = ctx;

	return block && block <= book->block_max && book->promised[block - 1];
}

static int take_sample(const void *row, void *ctx)
{
	const struct fm_sample *sample = row;
	struct fm_summary_book *book = ctx;
	int err = 0, had_value = 0;

	if (!sample->block || sample->block > book->block_max ||
	    sample->sample > book->promised[sample->block - 1] ||
	    !sample->point || sample->point > book->points) {
		/* A run that ends early leaves no more than one without. */
		if (sample->block != book->block_max + 1 && !book->lost)
			book->lost = sample->block;
		book->facts.torn++;
		return 0;
	}
	book->foreign += sample->point != book->point_of[sample->block - 1];
	book->facts.samples++;
	book->found[sample->block - 1]++;
	for (size_t m = 0; m < book->metrics.n && err >= 0; m++) {
		if (!(book->metrics.metric[m].blocks &
		      book->bit_of[sample->block - 1]))
			continue;
		err = fm_series_add(
			&book->series[(sample->point - 1) * book->metrics.n +
				      m],
			sample);
		had_value |= err > 0;
	}
	book->valueless += !had_value;
	return err < 0 ? err : 0;
}

/* The metrics of such a run, and an empty series of each for every point. */
static int open_series(struct fm_summary_book *book, const char *dir,
		       struct fm_why *why)
{
	struct fm_metrics_of of = { .columns = &book->columns,
				    .all_count = book->blocks > 0 };
	size_t n;
	char emulator[64];
	int err = fm_sample_columns_read(&book->columns, dir, why);

	if (!err)
		err = fm_fact_read_one(dir, "emulator", emulator,
				       sizeof(emulator), why);
	if (err)
		return err;
	of.is_emulated = *emulator != 0;
	for (size_t i = 0; i < book->blocks; i++) {
		const struct fm_block_row *b = &book->block[i];

		of.all_count &= *b->counted != '\0';
		if (b->block && b->block != FM_ABSENT)
			book->bit_of[b->block - 1] =
				(unsigned char)fm_blocks_bit(&book->columns, b);
	}
	err = fm_metrics_make(&book->metrics, &of);
	n = book->metrics.n;
	book->series = calloc(book->points * n + 1, sizeof(*book->series));
	if (err || !book->series)
		return -ENOMEM;
	for (size_t i = 0; i < book->points * n; i++)
		fm_series_open(&book->series[i], &book->plan[i / n],
			       &book->metrics.metric[i % n]);
	return 0;
}

static void promise(struct fm_summary_book *book, const struct fm_block_row *b)
{
	book->promised[b->block - 1] = b->samples;
	book->point_of[b->block - 1] = b->point;
	if (b->touches != FM_ABSENT)
		book->touches += b->touches;
}

static int open_book(struct fm_summary_book *book, const char *dir,
		     struct fm_why *why)
{
	int err = fm_table_load(&fm_plan_table, dir, (void **)&book->plan,
				&book->points, why);

	if (!err)
		err = fm_table_load(&fm_block_table, dir, (void **)&book->block,
				    &book->blocks, why);
	if (err)
		return err;
	for (size_t i = 0; i < book->points; i++)
		if (book->plan[i].point != i + 1)
			return fm_fail(why, EBADMSG,
				       "%s/plan.tsv: line %zu is not point "
				       "%zu: the run is damaged; measure it "
				       "again",
				       dir, i + 2, i + 1);
	for (size_t i = 0; i < book->blocks; i++)
		if (book->block[i].point == FM_ABSENT ||
		    book->block[i].point > book->points)
			return fm_fail(why, EBADMSG,
				       "%s/blocks.tsv: line %zu names a point "
				       "that is not in plan.tsv",
				       dir, i + 2);
	for (size_t i = 0; i < book->blocks; i++)
		if (book->block[i].block != FM_ABSENT &&
		    book->block[i].block > book->block_max)
			book->block_max = book->block[i].block;
	if (book->block_max > UINT32_MAX)
		return fm_fail(why, EBADMSG, "%s/blocks.tsv: block %llu", dir,
			       (unsigned long long)book->block_max);
	book->promised = calloc(book->block_max + 1, sizeof(*book->promised));
	book->found = calloc(book->block_max + 1, sizeof(*book->found));
	book->point_of = calloc(book->block_max + 1, sizeof(*book->point_of));
	book->bit_of = calloc(book->block_max + 1, sizeof(*book->bit_of));
	if (!book->promised || !book->found || !book->point_of || !book->bit_of)
		return -ENOMEM;
	for (size_t i = 0; i < book->blocks; i++) {
		const struct fm_block_row *b = &book->block[i];

		if (!strcmp(b->status, "ok") && b->block &&
		    b->block != FM_ABSENT)
			promise(book, b);
		book->facts.blocks_broken += !strcmp(b->status, "broken");
	}
	return open_series(book, dir, why);
}

/* What blocks.tsv promises must be there: samples are never lost quietly. */
static int check_found(const struct fm_summary_book *book, const char *dir,
		       struct fm_why *why)
{
	if (book->lost)
		return fm_fail(why, EBADMSG,
			       "%s/blocks.tsv ends with block %llu and has no "
			       "line of block %llu, of which samples.tsv has "
			       "samples: the run is damaged; measure it again",
			       dir, (unsigned long long)book->block_max,
			       (unsigned long long)book->lost);
	for (uint64_t i = 0; i < book->block_max; i++)
		if (book->found[i] != book->promised[i])
			return fm_fail(why, EBADMSG,
				       "%s/samples.tsv: block %llu has %llu "
				       "samples of %llu: the run is damaged; "
				       "measure it again",
				       dir, (unsigned long long)i + 1,
				       (unsigned long long)book->found[i],
				       (unsigned long long)book->promised[i]);
	if (book->foreign)
		return fm_fail(why, EBADMSG,
			       "%s/samples.tsv: %zu samples are not of their "
			       "block's point; the run is damaged; measure it "
			       "again",
			       dir, book->foreign);
	if (book->singles.touches != book->touches)
		return fm_fail(why, EBADMSG,
			       "%s/histograms.tsv: %llu touches of %llu; the "
			       "run is damaged; measure it again",
			       dir, (unsigned long long)book->singles.touches,
			       (unsigned long long)book->touches);
	if (book->valueless)
		return fm_fail(why, EBADMSG,
			       "%s/samples.tsv: %zu samples have no time; the "
			       "run is damaged; measure it again",
			       dir, book->valueless);
	return 0;
}

static void close_book(struct fm_summary_book *book)
{
	for (size_t i = 0; book->series && i < book->points * book->metrics.n;
	     i++)
		fm_series_close(&book->series[i]);
	free(book->series);
	fm_single_book_free(&book->singles);
	fm_metrics_free(&book->metrics);
	free(book->promised);
	free(book->bit_of);
	free(book->point_of);
	free(book->found);
	free(book->plan);
	free(book->block);
}

/*
 * Where the run was to end by the width of its intervals they are made wider,
 * also if its time ended it first: that it did was not known before.
 */
static int choose_level(struct fm_summary_book *book, const char *dir,
			struct fm_why *why)
{
	char precision[32];
	int err = fm_fact_read_one(dir, "precision", precision,
				   sizeof(precision), why);

	book->t_level = *precision ? fm_stopping_level(FM_SUMMARY_LEVEL) :
				     FM_SUMMARY_LEVEL;
	return err;
}

int fm_summary_make_in(const char *out, const char *dir,
		       struct fm_summary_facts *facts, struct fm_why *why)
{
	struct fm_summary_book *book = calloc(1, sizeof(*book));
	int err = book ? open_book(book, dir, why) :
			 fm_fail(why, ENOMEM, "%s: no memory", dir);

	if (!book)
		return err;
	if (!err)
		err = choose_level(book, dir, why);
	if (!err)
		err = fm_table_read(&book->columns.table, dir, take_sample,
				    book, why);
	book->singles.committed = committed;
	book->singles.ctx = book;
	if (!err)
		err = fm_single_book_read(&book->singles, dir, why);
	if (!err)
		err = check_found(book, dir, why);
	if (!err)
		err = fm_summary_write(book, out, why);
	*facts = book->facts;
	close_book(book);
	free(book);
	return err;
}

int fm_summary_make(const char *dir, struct fm_summary_facts *facts,
		    struct fm_why *why)
{
	return fm_summary_make_in(dir, dir, facts, why);
}
