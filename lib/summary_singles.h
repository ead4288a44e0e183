/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the histograms of single faults to lines of the summary. */
#ifndef FM_SUMMARY_SINGLES_H
#define FM_SUMMARY_SINGLES_H

#include <gsl/gsl_histogram.h>

#include "record.h"
#include "series.h"

/* One metric of one point: each block's quantiles, and all blocks pooled. */
struct fm_single_series {
	struct fm_quantile_row now; /* the block that is being read */
	struct fm_quantile_row *row;
	size_t blocks, room; /* of row */
	gsl_histogram *block, *pooled;
};

struct fm_single_book {
	struct fm_single_series *series;
	size_t n, room;
	uint64_t touches; /* read, of committed blocks */
	/* Whether blocks.tsv commits the block; its other lines are left out.
	 */
	int (*committed)(uint64_t block, const void *ctx);
	const void *ctx;
};

/*
 * Reads histograms.tsv of the run in dir; a run without the file has none.
 * Returns 0 or -errno with the reason in why.
 */
int fm_single_book_read(struct fm_single_book *book, const char *dir,
			struct fm_why *why);
void fm_single_book_free(struct fm_single_book *book);

/*
 * Fills the row, for the point of that plan row: the median over blocks with
 * its interval (t_level: see fm_summary_put_blocks), and the quantiles of all
 * blocks pooled, each interpolated in its bin (gsl_histogram_pdf_sample); min
 * and max are the ends of bins. Returns 0 or -ENOMEM.
 */
int fm_single_row_make(const struct fm_single_series *series,
		       const struct fm_plan_row *point, double t_level,
		       struct fm_summary_row *row);

/*
 * A failed sample's touches cannot be told from those of others: where there
 * is one, its number stands with the line, and what breaks the point breaks it.
 */
void fm_single_row_judge(struct fm_summary_row *row,
			 const struct fm_series *of_point);

#endif
