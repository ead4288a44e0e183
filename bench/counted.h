/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run counts: the events that were asked for, in groups that fit. */
#ifndef FM_COUNTED_H
#define FM_COUNTED_H

#include "counting.h"
#include "event.h"
#include "metric.h"
#include "options.h"

struct fm_plan;

enum { FM_EVENTS_MAX = 32, FM_GROUPS_MAX = 3 * FM_EVENTS_MAX };

/* Events that are counted in the same blocks. */
struct fm_count_group {
	struct fm_counting counting;
	int event[FM_COUNTERS_AT_ONCE];		/* of fm_counted.event */
	size_t column[2 * FM_COUNTERS_AT_ONCE]; /* of fm_sample_columns.event */
};

struct fm_counted {
	struct fm_event event[FM_EVENTS_MAX];
	int events;
	struct fm_count_group group[FM_GROUPS_MAX];
	int groups;
	/* All that was asked for, with what became of it: events.tsv. */
	struct fm_event_row row[4 * FM_EVENTS_MAX];
	size_t rows;
	struct fm_sample_columns columns;
	int is_alone; /* no block is timed without counting */
};

/*
 * Finds and tries the events that options ask for (--counters and -e), and
 * puts those that count into groups, for a worker on processor cpu. Returns 0,
 * or -EINVAL for an unknown or mistyped one, or too many, with the reason in
 * why. Without options it counts nothing.
 */
int fm_counted_choose(struct fm_counted *counted,
		      const struct fm_options *options, int cpu,
		      struct fm_why *why);

/* Says, once, what is not counted and why. */
void fm_counted_say(const struct fm_event_row *rows, size_t n);

/* The same of what concerns a plan: a teardown only where one is measured. */
void fm_counted_say_for(const struct fm_counted *counted,
			const struct fm_plan *plan);

/* The names that --counters takes, a comma list. */
const char *fm_counted_sets(void);

/* Whether the group has anything to count at that point. */
int fm_counted_applies(const struct fm_count_group *group,
		       const struct fm_plan_row *point);

/* Blocks a round of the point: the timed one and those that count. */
int fm_counted_blocks(const struct fm_counted *counted,
		      const struct fm_plan_row *point);

/*
 * A block's samples and counts (a row of fm_counting_values each) as rows of
 * samples.tsv; group NULL: nothing was counted.
 */
void fm_counted_row(const struct fm_count_group *group,
		    const struct fm_sample *sample, const uint64_t *counts,
		    struct fm_counted_sample *row);

#endif
