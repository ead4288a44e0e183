/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the clock itself costs and can tell apart. */
#include <sys/syscall.h>
#include <unistd.h>

#include "clock.h"

uint64_t fm_clock_syscall_ns(void)
{
	struct timespec ts;

	syscall(SYS_clock_gettime, CLOCK_MONOTONIC_RAW, &ts);
	return (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
}

void fm_clock_measure(struct fm_clock_facts *facts)
{
	enum { READS = 100000 };
	struct timespec res;
	uint64_t first, last, now;

	clock_getres(CLOCK_MONOTONIC_RAW, &res);
	facts->resolution_ns =
		(uint64_t)res.tv_sec * 1000000000u + (uint64_t)res.tv_nsec;
	facts->step_ns = UINT64_MAX;
	first = last = fm_clock_ns();
	for (int i = 0; i < READS; i++) {
		now = fm_clock_ns();
		if (now != last && now - last < facts->step_ns)
			facts->step_ns = now - last;
		last = now;
	}
	facts->cost_ns = (last - first + READS / 2) / READS;
}
