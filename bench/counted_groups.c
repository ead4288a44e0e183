/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which events are counted together. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "counted_groups.h"
#include "plan.h"

/*
 * How a task's events are tried: a child's are opened twice, as the worker's
 * own and as what its children inherit.
 */
static const struct task {
	enum fm_count_scope scope;
	int copies, on_cpu;
	const char *prefix;
	const char *names[2]; /* of the values, first and second half */
} tasks[] = {
	{ FM_COUNT_SELF, 1, 0, "", { "self", NULL } },
	{ FM_COUNT_CHILD, 2, 0, "child.", { "child", "process" } },
	{ FM_COUNT_CPU, 1, 1, "cpu.", { "cpu", NULL } },
};

static struct fm_event_row *add_row(struct fm_counted *c,
				    const struct fm_event *e, const char *task)
{
	struct fm_event_row *row = &c->row[c->rows++];
	int is_self = !strcmp(task, "self");

	fm_row_clear(&fm_event_table, row);
	snprintf(row->event, sizeof(row->event), "%s", e->name);
	snprintf(row->task, sizeof(row->task), "%s", task);
	snprintf(row->metric, sizeof(row->metric), "%s%s%s",
		 is_self ? "" : task, is_self ? "" : ".", e->name);
	if (e->is_clock)
		strcpy(row->unit, "ns");
	strcpy(row->status, fm_event_status_name(e->status));
	snprintf(row->reason, sizeof(row->reason), "%s", e->why.text);
	fm_counting_write(&e->counter, row->encoding, sizeof(row->encoding));
	return row;
}

/* The group is full: its events get their columns. */
static int close_group(struct fm_counted *c, const struct task *t,
		       struct fm_why *why)
{
	struct fm_count_group *g = &c->group[c->groups];
	int n = g->counting.n, err = 0;

	if (!n)
		return 0;
	c->groups++;
	for (int half = 0; half < 2 && t->names[half]; half++)
		for (int i = 0; i < n && !err; i++) {
			struct fm_event_row *row = add_row(
				c, &c->event[g->event[i]], t->names[half]);

			row->together = (uint64_t)c->groups;
			g->column[half * n + i] = c->columns.counts;
			err = fm_sample_columns_add(&c->columns, row);
		}
	return err ? fm_fail(why, -err, "more than %d counters in all",
			     FM_COUNTS_MAX) :
		     0;
}

static void open_group(struct fm_counted *c, const struct task *t)
{
	c->group[c->groups] = (struct fm_count_group){
		.counting = { .scope = t->scope },
	};
}

/* Its row says why this task's is not counted, where others' is. */
static void refuse(struct fm_counted *c, int event, const struct task *t,
		   int err)
{
	struct fm_event e = c->event[event];

	if (err) {
		fm_event_refused(&e, err);
		if (err == -ENOSPC)
			fm_fail(&e.why, ENOSPC,
				"there are too few counters to count the "
				"parent and its children at once");
		if (t->on_cpu && e.status == FM_EVENT_DENIED)
			fm_fail(&e.why, EACCES,
				"teardown is counted on the whole processor: "
				"as root: sysctl kernel.perf_event_paranoid=0, "
				"or run with CAP_PERFMON");
	}
	for (int half = 0; half < 2 && t->names[half]; half++)
		add_row(c, &e, t->names[half]);
}

static int add_to_group(struct fm_counted *c, const struct task *t, int cpu,
			int event, struct fm_why *why)
{
	struct fm_counting *counting = &c->group[c->groups].counting;
	int full = counting->n == FM_COUNTERS_AT_ONCE;
	int err = full ? -ENOSPC : 0;

	for (int alone = 0; alone < 2; alone++) {
		if (!full) {
			counting->event[counting->n] = c->event[event].counter;
			err = fm_events_fit(counting->event, counting->n + 1,
					    t->copies, t->on_cpu ? cpu : -1);
		}
		if (!err) {
			c->group[c->groups].event[counting->n++] = event;
			return 0;
		}
		if (!counting->n)
			break;
		/* Then in a group of its own. */
		if (close_group(c, t, why))
			return -E2BIG;
		open_group(c, t);
		counting = &c->group[c->groups].counting;
		full = 0;
	}
	refuse(c, event, t, err);
	return 0;
}

static int group_task(struct fm_counted *c, const struct task *t, int cpu,
		      struct fm_why *why)
{
	int err = 0;

	open_group(c, t);
	for (int i = 0; i < c->events && !err; i++) {
		const struct fm_event *e = &c->event[i];

		if (t->on_cpu && e->is_clock) /* the wall's, or nobody's */
			continue;
		if (e->status != FM_EVENT_COUNTS)
			refuse(c, i, t, 0);
		else
			err = add_to_group(c, t, cpu, i, why);
	}
	return err ? err : close_group(c, t, why);
}

int fm_counted_group(struct fm_counted *c, int cpu, struct fm_why *why)
{
	int err = 0;

	for (size_t i = 0; i < sizeof(tasks) / sizeof(*tasks) && !err; i++)
		err = group_task(c, &tasks[i], cpu, why);
	return err;
}

/*
 * Only what runs our code to its end can read the processor's events there: a
 * program that was exec'ed has no descriptor of them.
 */
static int has_end(const struct fm_plan_row *point)
{
	const struct fm_strategy *s = fm_strategy_find(point->strategy);
	const struct fm_child *child = fm_child_find(point->child);

	return !strcmp(point->workload, "teardown") && s &&
	       (s->caps & FM_RUNS_CODE) && !(s->caps & FM_IS_THREAD) && child &&
	       !child->program;
}

void fm_counted_say_for(const struct fm_counted *c, const struct fm_plan *plan)
{
	size_t n = 0, ends = 0;
	struct fm_event_row *row = calloc(c->rows + 1, sizeof(*row));

	for (size_t i = 0; i < plan->n; i++)
		ends += !strcmp(plan->row[i].status, "measure") &&
			has_end(&plan->row[i]);
	for (size_t i = 0; row && i < c->rows; i++)
		if (ends || strcmp(c->row[i].task, "cpu"))
			row[n++] = c->row[i];
	fm_counted_say(row, n);
	free(row);
}

int fm_counted_applies(const struct fm_count_group *group,
		       const struct fm_plan_row *point)
{
	unsigned int needs = fm_workload_find(point->workload)->needs;
	const struct fm_strategy *s = fm_strategy_find(point->strategy);

	switch (group->counting.scope) {
	case FM_COUNT_CHILD:
		/* What a server's children inherit holds the server's life. */
		return (needs & FM_NEEDS_CHILD) && s &&
		       !(s->caps & FM_IN_SERVER);
	case FM_COUNT_CPU:
		return has_end(point);
	default:
		return 1;
	}
}
