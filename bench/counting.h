/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a block counts, and in whom. Blocks that count are apart from those
 * that time: an open event makes a fork dearer.
 *
 * self: the task that is timed, in its timed interval. A window of touches is
 * counted by who touches, whichever process or thread that is: it opens the
 * events for itself. Another workload's interval is the parent's call.
 * child: the child's whole life, as (inherited - own); it has no descriptor of
 * its own. Since Linux 6.16 or so that leaves out its teardown: the policy
 * child_counts tells. The parent's part and the child's together, from the call
 * to the child reaped, are counted as "process".
 * cpu: all tasks on the processor, from the child's last instruction to its
 * end as the parent sees it: its teardown, and whatever else ran there.
 */
#ifndef FM_COUNTING_H
#define FM_COUNTING_H

#include "counters.h"

enum fm_count_scope {
	FM_COUNT_NOTHING,
	FM_COUNT_SELF,
	FM_COUNT_CHILD,
	FM_COUNT_CPU,
};

/* "", "self", "child", "cpu": of an argument of the worker. */
extern const char *const fm_count_scopes[];

struct fm_counting {
	enum fm_count_scope scope;
	int n;
	struct fm_counter event[FM_COUNTERS_AT_ONCE];
};

/* Values a sample: one an event, or two (child and process). */
int fm_counting_values(const struct fm_counting *counting);

/* An event as the worker's argument, and back: 0 or -EINVAL. */
void fm_counting_write(const struct fm_counter *event, char *text, int size);
int fm_counting_parse(struct fm_counting *counting, const char *text);

/* From here on, in this process and in those that it forks. */
void fm_counting_begin(const struct fm_counting *counting);

int fm_counting_is_wanted(void);

/*
 * Opens self's events for the calling thread, once; nothing where self is not
 * counted. A window that cannot have them is not counted, and so marked.
 */
void fm_counting_open_own(void);
/* Before a thread ends. */
void fm_counting_close_own(void);
/* Whether self is counted, and whether the calling thread has it open. */
int fm_counting_wants_own(void);
int fm_counting_has_own(void);
void fm_counting_read_own(struct fm_counts *counts);

/*
 * The events that a whole sample needs, opened by the worker before the first.
 * Returns 0 or -errno.
 */
int fm_counting_open(void);
/* In the child, as its last act but the exit; in memory that both share. */
void fm_counting_stamp(struct fm_counts *counts);

/* Around the call of a workload's run, and up to the child's end. */
struct fm_counting_sample {
	struct fm_counts own_before, own_after;
	struct fm_counts all_before, all_after;
};
void fm_counting_before_sample(struct fm_counting_sample *sample);
void fm_counting_after_call(struct fm_counting_sample *sample);
/* The sample's child is reaped: its life is over. */
void fm_counting_reaped(void);

/*
 * The sample's values, fm_counting_values of them: window, where a window was
 * wanted (its enabled is not 0, or it is lost), else the call; stamp is what
 * fm_counting_stamp left, its enabled 0 where it was not called. Returns 0, or
 * -EAGAIN where events were multiplexed, -ENODATA where they were not counted
 * at all: the values are then FM_ABSENT.
 */
int fm_counting_take(const struct fm_counting_sample *sample,
		     const struct fm_counts *window,
		     const struct fm_counts *stamp, uint64_t *values);

#endif
