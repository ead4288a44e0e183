/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Samples of what a processor does, taken by the kernel at a steady rate
 * (perf_event_open(2)), whichever task runs there. Events of single tasks would
 * need fewer rights, but a child's begins with a whole period, so that children
 * shorter than one would hardly ever be seen.
 */
#ifndef FM_SAMPLER_H
#define FM_SAMPLER_H

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

#include "err.h"

/* By what samples are spaced. */
enum fm_sampler_by { FM_SAMPLER_ANY, FM_SAMPLER_CYCLES, FM_SAMPLER_CLOCK };

struct fm_sampler {
	int cpu;
	enum fm_sampler_by by;	 /* never FM_SAMPLER_ANY */
	uint64_t rate;		 /* samples a second, as asked for */
	uint64_t period;	 /* cycles or ns between two samples */
	struct fm_why no_cycles; /* why not cycles, or "" */
	/* While it samples, and after it: */
	int fd, stop, err;
	void *map;
	size_t ring_bytes;
	pthread_t reader;
	unsigned char *record; /* as lib/perf_record.h decodes them */
	size_t bytes, room;
};

/* "cycles" or "cpu-clock". */
const char *fm_sampler_name(enum fm_sampler_by by);

/*
 * Finds by opening it what the processor can be sampled by: cycles where a PMU
 * counts them, else the CPU clock (a timer, which comes late to code that runs
 * with interrupts off). by other than FM_SAMPLER_ANY leaves no choice. rate is
 * at least 1. Returns 0; or -errno with what would allow it in why: -EACCES or
 * -EPERM where rights lack, -ERANGE for a rate beyond the kernel's, -ENOENT
 * where there are no such events.
 */
int fm_sampler_choose(struct fm_sampler *s, int cpu, enum fm_sampler_by by,
		      uint64_t rate, struct fm_why *why);

/*
 * Samples from begin to end, which leaves the records in s->record until the
 * next begin. A thread of this process empties the ring meanwhile. Times are on
 * the clock of lib/clock.h. Return 0, or -errno with the reason in why.
 */
int fm_sampler_begin(struct fm_sampler *s, struct fm_why *why);
int fm_sampler_end(struct fm_sampler *s, struct fm_why *why);

void fm_sampler_free(struct fm_sampler *s);

#endif
