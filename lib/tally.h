/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a block's samples were spent on: those inside its timed intervals, by
 * function and by class.
 */
#ifndef FM_TALLY_H
#define FM_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include "err.h"
#include "kallsyms.h"
#include "perf_record.h"

/* From when to when, on the samples' clock; to_ns itself is outside. */
struct fm_tally_interval {
	uint64_t from_ns, to_ns;
};

/* self: sampled there; inclusive: there or in what it called. */
struct fm_tally_count {
	uint64_t self, inclusive;
};

enum { FM_TALLY_OTHERS = 32 };

struct fm_tally {
	const struct fm_kallsyms *kernel;
	/*
	 * Of each symbol of kernel; of each class; and of each what sample was
	 * the last to be counted in it, so that recursion counts once.
	 */
	struct fm_tally_count *function, *class;
	uint64_t *function_seen, *class_seen;
	size_t *class_of;    /* of each symbol, SIZE_MAX: none */
	unsigned char *ours; /* a bit a process: the worker and its children */
	uint64_t worker_pid;
	const struct fm_tally_interval *interval;
	size_t intervals;
	uint64_t inside, outside;		 /* samples */
	uint64_t worker, children, idle, others; /* those inside, by task */
	uint64_t user, unknown; /* those inside, ours: user mode, no symbol */
	uint64_t lost, throttled;
	struct fm_tally_other {
		uint32_t pid;
		uint64_t samples;
	} other[FM_TALLY_OTHERS]; /* the first so many, by pid */
	size_t other_pids;
};

/* Returns 0 or -ENOMEM. To be freed, also after an error. */
int fm_tally_open(struct fm_tally *t, const struct fm_kallsyms *kernel);
void fm_tally_free(struct fm_tally *t);

/*
 * Counts one block anew: n bytes of records of a worker, and its intervals in
 * order of time, none within another. Samples of other processes inside them
 * are told apart and have no function. Returns 0, or -EBADMSG.
 *
 * A sample's class is that of its function; where that is in none (a lock, a
 * copy of memory), that of its nearest caller that is in one.
 */
int fm_tally_block(struct fm_tally *t, const unsigned char *records, size_t n,
		   uint64_t worker_pid,
		   const struct fm_tally_interval *interval, size_t intervals);

/*
 * The other processes, "COMM:SAMPLES" by their names in /proc, the most first,
 * as far as they fit; those that are gone are told as one. Returns buf.
 */
const char *fm_tally_others(const struct fm_tally *t, char *buf, size_t size);

#endif
