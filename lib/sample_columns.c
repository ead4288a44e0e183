/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of samples.tsv: the fixed ones, and a run's counters. */
#include <errno.h>
#include <string.h>

#include "metric.h"

void fm_sample_columns_begin(struct fm_sample_columns *c)
{
	c->counts = 0;
	memcpy(c->column, fm_sample_table.column,
	       fm_sample_table.columns * sizeof(*c->column));
	c->table = (struct fm_table){
		.name = fm_sample_table.name,
		.row_size = sizeof(struct fm_counted_sample),
		.columns = fm_sample_table.columns,
		.column = c->column,
	};
}

int fm_sample_columns_add(struct fm_sample_columns *c,
			  const struct fm_event_row *event)
{
	struct fm_event_row *mine = &c->event[c->counts];

	if (c->counts == FM_COUNTS_MAX)
		return -E2BIG;
	*mine = *event;
	c->column[c->table.columns++] = (struct fm_column){
		.kind = fm_num,
		.name = mine->metric,
		.unit = mine->unit,
		.meaning = "a counter of events.tsv",
		.offset = offsetof(struct fm_counted_sample, count) +
			  c->counts * sizeof(uint64_t),
		.size = sizeof(uint64_t),
	};
	c->counts++;
	return 0;
}

static int add(const void *row, void *ctx)
{
	const struct fm_event_row *event = row;

	return strcmp(event->status, "counts") ?
		       0 :
		       fm_sample_columns_add(ctx, event);
}

int fm_sample_columns_read(struct fm_sample_columns *c, const char *dir,
			   struct fm_why *why)
{
	int err;

	fm_sample_columns_begin(c);
	err = fm_table_read(&fm_event_table, dir, add, c, why);
	return err == -ENOENT ? 0 : err;
}
