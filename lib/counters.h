/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A group of counters of perf_event_open(2), read together. It knows numbers
 * alone, so that the measured process needs no library for it; names become
 * numbers in lib/event.h.
 */
#ifndef FM_COUNTERS_H
#define FM_COUNTERS_H

#include <stdint.h>
#include <sys/types.h>

enum { FM_COUNTERS_AT_ONCE = 12 }; /* in one group */

/* Modes that an event leaves out: bits of fm_counter.exclude. */
enum { FM_NOT_USER = 1, FM_NOT_KERNEL = 2, FM_NOT_HYPERVISOR = 4 };

/* As the fields of struct perf_event_attr of those names. */
struct fm_counter {
	uint32_t type;
	unsigned int exclude;
	uint64_t config, config1, config2;
};

struct fm_counters {
	int fd[FM_COUNTERS_AT_ONCE];
	signed char leader[FM_COUNTERS_AT_ONCE]; /* of each, or itself */
	int n;
};

/* Whether it counts ns. */
int fm_counter_is_clock(const struct fm_counter *event);

/* A reading, or the difference of two. */
struct fm_counts {
	uint64_t value[FM_COUNTERS_AT_ONCE];
	/* ns that events were wanted, and on the counters; of all leaders. */
	uint64_t enabled, running;
	int lost; /* a reading failed: nothing of this is known */
};

/* On the processor cpu all tasks are counted, where pid is -1; see the man
 * page. */
struct fm_counters_where {
	pid_t pid;
	int cpu;
	int inherit; /* by children that are made from then on, too */
};

/*
 * Opens them, those of one type as one group, a clock alone; they count from
 * then on. Returns 0, or -errno of perf_event_open(2); failed, where not NULL,
 * is then the event that failed.
 */
int fm_counters_open(struct fm_counters *counters,
		     const struct fm_counter *events, int n,
		     const struct fm_counters_where *where, int *failed);
void fm_counters_close(struct fm_counters *counters);

/*
 * One read(2) a group, with what children that ended added to it where it is
 * inherited. Returns 0, or -errno with counts->lost set.
 */
int fm_counters_read(const struct fm_counters *counters,
		     struct fm_counts *counts);

/* sum += after - before. */
void fm_counts_add(struct fm_counts *sum, const struct fm_counts *before,
		   const struct fm_counts *after);

/*
 * Whether the group was on the counters all the time; where not, the kernel
 * had it take turns with others (multiplexed), and the values are a part.
 */
int fm_counts_whole(const struct fm_counts *counts);

#endif
