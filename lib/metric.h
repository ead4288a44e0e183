/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a sample's columns amount to: the quantities that are summarised. Some
 * are a column, some one column by another.
 */
#ifndef FM_METRIC_H
#define FM_METRIC_H

#include "record.h"

/*
 * A run's samples with its counters behind the fixed columns: the columns of
 * samples.tsv that events.tsv names.
 */
enum { FM_COUNTS_MAX = 128 };

struct fm_counted_sample {
	struct fm_sample sample;
	uint64_t count[FM_COUNTS_MAX];
};

struct fm_sample_columns {
	struct fm_table table; /* of struct fm_counted_sample */
	struct fm_column column[FM_COUNTS_MAX + 32];
	struct fm_event_row event[FM_COUNTS_MAX]; /* of each count */
	size_t counts;
};

/* Those of struct fm_sample; then one more, for the event. 0 or -E2BIG. */
void fm_sample_columns_begin(struct fm_sample_columns *columns);
int fm_sample_columns_add(struct fm_sample_columns *columns,
			  const struct fm_event_row *event);
/* Those of the run in dir. A run without events.tsv counted nothing. */
int fm_sample_columns_read(struct fm_sample_columns *columns, const char *dir,
			   struct fm_why *why);

/*
 * Which blocks have it: "", "self", "child", "cpu" of blocks.tsv's counted. Of
 * a task whose events take several blocks, the first of a round tells times:
 * two of a round would be taken for two rounds.
 */
enum {
	FM_BLOCKS_TIMED = 1,
	FM_BLOCKS_SELF = 2,
	FM_BLOCKS_CHILD = 4,
	FM_BLOCKS_CPU = 8,
	FM_BLOCKS_MORE = 16, /* of a task whose first events others count */
};
/* The bit of a block, 0 where its word is none of them. */
unsigned int fm_blocks_bit(const struct fm_sample_columns *columns,
			   const struct fm_block_row *block);

/* Begins the names of times of blocks that count: what counting costs. */
#define FM_COUNTED_PREFIX "counted."

struct fm_metric {
	char name[48], unit[16];
	const struct fm_column *over, *under; /* under NULL: by 1 */
	unsigned int blocks;
	int by_page; /* over, by the base pages of the point's walk */
	int is_time; /* of a timed sample: what precision and noise are about */
};

struct fm_metrics {
	struct fm_metric *metric;
	size_t n, room;
};

/* How a run's metrics are to be made. */
struct fm_metrics_of {
	const struct fm_sample_columns *columns;
	int is_emulated; /* no ratio of counters means anything */
	int all_count;	 /* no block is timed alone: times are theirs */
};

/*
 * The times of samples first, op_ns (batch_ns / ops) last of them; then those
 * of blocks that count ("counted.spawn_ns", "counted.child.spawn_ns"); then
 * each counter by the operation, and what is derived of several: instructions
 * by the cycle (ipc), misses by the page. Returns 0 or -ENOMEM.
 */
int fm_metrics_make(struct fm_metrics *metrics, const struct fm_metrics_of *of);
void fm_metrics_free(struct fm_metrics *metrics);

/* The times of samples alone. */
const struct fm_metrics *fm_metrics_times(void);

/*
 * Whether a metric of summary.tsv is a time of samples or of single touches,
 * and not what was counted beside.
 */
int fm_metric_is_time(const char *name);

/* The sample's value, NaN where it has none. pages: of the point's walk. */
double fm_metric_value(const struct fm_metric *metric, const void *sample,
		       double pages);

#endif
