/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one clock that everything is timed by: CLOCK_MONOTONIC_RAW, which is the
 * same in parent, child and exec'ed program and is not steered by NTP.
 */
#ifndef FM_CLOCK_H
#define FM_CLOCK_H

#include <stdint.h>
#include <time.h>

#define FM_CLOCK_NAME "CLOCK_MONOTONIC_RAW"

/* Now, in ns, through the vDSO (vdso(7)). Reading faults in the vvar page. */
static inline uint64_t fm_clock_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC_RAW, &ts);
	return (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
}

/*
 * Now, in ns, by a system call: for a fresh child, in which the vvar page is
 * not mapped yet and the vDSO's read would therefore take a page fault.
 */
uint64_t fm_clock_syscall_ns(void);

struct fm_clock_facts {
	uint64_t resolution_ns; /* clock_getres(2) */
	uint64_t step_ns;	/* the smallest difference seen but zero */
	uint64_t cost_ns;	/* of one read: mean over a long loop */
};

void fm_clock_measure(struct fm_clock_facts *facts);

#endif
