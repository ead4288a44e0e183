/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The quantities that are summarised. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "metric.h"

/* With what metrics of its counters begin; and of the times, when it counts. */
static const struct {
	const char *counted;
	unsigned int bit;
	const char *times;
} kinds[] = {
	{ "", FM_BLOCKS_TIMED, "" },
	{ "self", FM_BLOCKS_SELF, FM_COUNTED_PREFIX },
	{ "child", FM_BLOCKS_CHILD, FM_COUNTED_PREFIX "child." },
	{ "cpu", FM_BLOCKS_CPU, FM_COUNTED_PREFIX "cpu." },
};

enum { KINDS = sizeof(kinds) / sizeof(*kinds) };

/* The first number of blocks that count that task's events. */
static uint64_t first_of(const struct fm_sample_columns *c, const char *task)
{
	uint64_t first = FM_ABSENT;

	for (size_t i = 0; i < c->counts; i++)
		if (!strcmp(c->event[i].task, task) &&
		    c->event[i].together < first)
			first = c->event[i].together;
	return first;
}

unsigned int fm_blocks_bit(const struct fm_sample_columns *c,
			   const struct fm_block_row *block)
{
	for (size_t i = 0; i < KINDS; i++)
		if (!strcmp(block->counted, kinds[i].counted))
			return i && block->together != first_of(
							       c,
							       block->counted) ?
				       FM_BLOCKS_MORE :
				       kinds[i].bit;
	return 0;
}

static struct fm_metric *add(struct fm_metrics *m)
{
	if (m->n == m->room) {
		size_t room = m->room ? 2 * m->room : 32;
		struct fm_metric *bigger =
			realloc(m->metric, room * sizeof(*bigger));

		if (!bigger)
			return NULL;
		m->metric = bigger;
		m->room = room;
	}
	m->metric[m->n] = (struct fm_metric){ .over = NULL };
	return &m->metric[m->n++];
}

static int add_time(struct fm_metrics *m, const char *prefix,
		    const struct fm_column *column, unsigned int blocks)
{
	int is_batch = !strcmp(column->name, "batch_ns");
	struct fm_metric *metric = add(m);

	if (!metric)
		return -ENOMEM;
	snprintf(metric->name, sizeof(metric->name), "%s%s", prefix,
		 is_batch ? "op_ns" : column->name);
	strcpy(metric->unit, "ns");
	metric->over = column;
	metric->under =
		is_batch ? fm_table_column(&fm_sample_table, "ops") : NULL;
	metric->blocks = blocks;
	metric->is_time = !*prefix;
	return 0;
}

/* Those columns in ns that are one operation, op_ns last. */
static int add_times(struct fm_metrics *m, const char *prefix,
		     unsigned int blocks)
{
	const struct fm_table *t = &fm_sample_table;
	int err = 0;

	for (size_t i = 0; i < t->columns && !err; i++)
		if (!strcmp(t->column[i].unit, "ns") &&
		    strcmp(t->column[i].name, "batch_ns"))
			err = add_time(m, prefix, &t->column[i], blocks);
	return err ? err :
		     add_time(m, prefix, fm_table_column(t, "batch_ns"),
			      blocks);
}

/* By what one of its values is counted, per kind of task. */
static const char *unit_of(const struct fm_event_row *event)
{
	if (*event->unit)
		return event->unit;
	return !strcmp(event->task, "self")  ? "per op" :
	       !strcmp(event->task, "child") ? "per child" :
	       !strcmp(event->task, "cpu")   ? "per teardown" :
					       "per process";
}

static int add_count(struct fm_metrics *m, const struct fm_sample_columns *c,
		     size_t i)
{
	const struct fm_event_row *event = &c->event[i];
	struct fm_metric *metric = add(m);

	if (!metric)
		return -ENOMEM;
	snprintf(metric->name, sizeof(metric->name), "%s", event->metric);
	snprintf(metric->unit, sizeof(metric->unit), "%s", unit_of(event));
	metric->over = fm_table_column(&c->table, event->metric);
	if (!strcmp(event->task, "self"))
		metric->under = fm_table_column(&fm_sample_table, "ops");
	metric->blocks = ~(unsigned int)FM_BLOCKS_TIMED;
	return 0;
}

/* The counter of the same task and modes whose event begins otherwise. */
static const struct fm_column *beside(const struct fm_sample_columns *c,
				      size_t i, const char *event)
{
	const char *modes = strchr(c->event[i].event, ':');
	char name[64];

	snprintf(name, sizeof(name), "%s%s", event, modes ? modes : "");
	for (size_t k = 0; k < c->counts; k++)
		if (!strcmp(c->event[k].task, c->event[i].task) &&
		    c->event[k].together == c->event[i].together &&
		    !strcmp(c->event[k].event, name))
			return fm_table_column(&c->table, c->event[k].metric);
	return NULL;
}

/* instructions:u by cycles:u, of the same group and task. */
static int add_ipc(struct fm_metrics *m, const struct fm_sample_columns *c,
		   size_t i)
{
	const struct fm_event_row *event = &c->event[i];
	const char *at = strstr(event->metric, "instructions");
	const struct fm_column *cycles = beside(c, i, "cycles");
	struct fm_metric *metric;

	if (strncmp(event->event, "instructions", 12) || !at || !cycles)
		return 0;
	metric = add(m);
	if (!metric)
		return -ENOMEM;
	snprintf(metric->name, sizeof(metric->name), "%.*sipc%s",
		 (int)(at - event->metric), event->metric, at + 12);
	strcpy(metric->unit, "per cycle");
	metric->over = fm_table_column(&c->table, event->metric);
	metric->under = cycles;
	metric->blocks = ~(unsigned int)FM_BLOCKS_TIMED;
	return 0;
}

static int add_by_page(struct fm_metrics *m, const struct fm_sample_columns *c,
		       size_t i)
{
	const struct fm_event_row *event = &c->event[i];
	struct fm_metric *metric;

	if (!strstr(event->event, "TLB") || strcmp(event->task, "self"))
		return 0;
	metric = add(m);
	if (!metric)
		return -ENOMEM;
	snprintf(metric->name, sizeof(metric->name), "%.40s/page",
		 event->metric);
	strcpy(metric->unit, "per page");
	metric->over = fm_table_column(&c->table, event->metric);
	metric->by_page = 1;
	metric->blocks = ~(unsigned int)FM_BLOCKS_TIMED;
	return 0;
}

int fm_metrics_make(struct fm_metrics *m, const struct fm_metrics_of *of)
{
	const struct fm_sample_columns *c = of->columns;
	size_t counts = c ? c->counts : 0;
	int err = add_times(m, "",
			    of->all_count ? FM_BLOCKS_SELF : FM_BLOCKS_TIMED);

	for (size_t i = 1; i < KINDS && counts && !err; i++)
		if (!of->all_count || kinds[i].bit != FM_BLOCKS_SELF)
			err = add_times(m, kinds[i].times, kinds[i].bit);
	for (size_t i = 0; i < counts && !err; i++)
		err = add_count(m, c, i);
	for (size_t i = 0; i < counts && !err && !of->is_emulated; i++) {
		err = add_ipc(m, c, i);
		if (!err)
			err = add_by_page(m, c, i);
	}
	return err;
}

void fm_metrics_free(struct fm_metrics *m)
{
	free(m->metric);
	*m = (struct fm_metrics){ .n = 0 };
}

const struct fm_metrics *fm_metrics_times(void)
{
	static struct fm_metrics times;
	const struct fm_metrics_of of = { .columns = NULL };

	if (!times.n && fm_metrics_make(&times, &of))
		fm_metrics_free(&times);
	return &times;
}

int fm_metric_is_time(const char *name)
{
	const struct fm_metrics *times = fm_metrics_times();

	for (size_t i = 0; i < times->n; i++)
		if (!strcmp(name, times->metric[i].name))
			return 1;
	return !strcmp(name, "touch_ns") || !strcmp(name, "first_touch_ns");
}

static uint64_t field(const void *sample, const struct fm_column *column)
{
	return *(const uint64_t *)(const void *)((const char *)sample +
						 column->offset);
}

double fm_metric_value(const struct fm_metric *m, const void *sample,
		       double pages)
{
	uint64_t over = field(sample, m->over);
	uint64_t under = m->under ? field(sample, m->under) : 1;

	if (over == FM_ABSENT)
		return NAN;
	if (m->by_page) /* a sample that touches nothing has no operations */
		return pages > 0 && ((const struct fm_sample *)sample)->ops !=
					       FM_ABSENT ?
			       (double)over / pages :
			       NAN;
	/* Where a sample has no operations it is one itself. */
	if (under == FM_ABSENT && !m->is_time)
		under = 1;
	return !under || under == FM_ABSENT ? NAN :
					      (double)over / (double)under;
}
