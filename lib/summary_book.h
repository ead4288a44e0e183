/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole run in memory, between its reading and its summary. */
#ifndef FM_SUMMARY_BOOK_H
#define FM_SUMMARY_BOOK_H

#include "series.h"
#include "summary.h"
#include "summary_singles.h"

struct fm_summary_book {
	struct fm_plan_row *plan;
	size_t points;
	struct fm_block_row *block;
	size_t blocks;
	uint64_t *promised; /* samples of block number i + 1 */
	uint64_t *found;    /* and how many of them are there */
	uint64_t block_max;
	unsigned char *bit_of; /* and which of FM_BLOCKS_TIMED ... it is */
	struct fm_sample_columns columns;
	struct fm_metrics metrics;
	struct fm_series *series; /* metrics.n a point */
	uint64_t *point_of;	  /* of block number i + 1 */
	uint64_t lost;		  /* a block whose line is missing, or 0 */
	size_t foreign;	  /* samples of another point than their block's */
	size_t valueless; /* samples without a value in any metric */
	struct fm_single_book singles;
	double t_level;	  /* of Student's t behind intervals, see stopping.h */
	uint64_t touches; /* that blocks.tsv promises in histograms.tsv */
	struct fm_summary_facts facts;
};

/*
 * Writes the derived tables of the run in dir anew (summary, quantiles,
 * stability, noise), each by way of a file of that name and .part, and counts
 * in book->facts. Returns 0 or -errno with the reason.
 */
int fm_summary_write(struct fm_summary_book *book, const char *dir,
		     struct fm_why *why);

#endif
