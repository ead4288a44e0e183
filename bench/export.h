/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run in the formats of tools that people already have. */
#ifndef FM_EXPORT_H
#define FM_EXPORT_H

#include <stddef.h>

#include "err.h"
#include "fact.h"
#include "record.h"

/*
 * What is exported: every point of the plan, and of the summary the lines that
 * were asked for, in the order of points, with the blocks behind them.
 */
struct fm_export {
	char run[512]; /* HOST/TIME, or the folder's own name */
	struct fm_facts facts;
	struct fm_plan_row *plan;
	size_t points;
	struct fm_summary_row *row;
	size_t rows;
	struct fm_quantile_row *block; /* by point, metric and time */
	size_t blocks;
	int is_part; /* --metric or --where leave something out */
};

/* The blocks of the line: n of them from first on, in order of time. */
struct fm_export_blocks {
	const struct fm_quantile_row *first;
	size_t n;
};
struct fm_export_blocks fm_export_blocks(const struct fm_export *run,
					 const struct fm_summary_row *row);

/* The fact's value, or "" where it is not known. */
const char *fm_export_fact(const struct fm_export *run, const char *key);

/* Whether the line is of nanoseconds, and so fits what knows times alone. */
int fm_export_is_time(const struct fm_summary_row *row);

/* Whether so many samples failed that the line's figures mean nothing. */
int fm_export_is_broken(const struct fm_summary_row *row);

/*
 * The point and metric as one word, "wait/strategy:fork/child:exit/rss:64M";
 * is stands between key and value. Where the metric is not the workload's own,
 * it stands there as well. What is neither a letter, a digit nor one of _.:,+
 * becomes %XX, so that no reader takes it for a separator. Returns buf.
 */
const char *fm_export_name(const struct fm_summary_row *row, char is, char *buf,
			   size_t size);

/*
 * Each writes the run to standard output. They return 0, or -EIO when it could
 * not be written.
 */
int fm_export_csv(const struct fm_export *run);
int fm_export_gobench(const struct fm_export *run);
int fm_export_googlebench(const struct fm_export *run);
int fm_export_json(const struct fm_export *run);
int fm_export_openmetrics(const struct fm_export *run);

#endif
