/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The processors that threads of the measured process run on. */
#include <errno.h>
#include <sched.h>
#include <stdlib.h>

#include "crowd.h"

static int cpu[CPU_SETSIZE], cpus;

static void add(int number)
{
	for (int i = 0; i < cpus; i++)
		if (cpu[i] == number)
			return;
	if (cpus < CPU_SETSIZE)
		cpu[cpus++] = number;
}

void fm_crowd_allow(const char *list)
{
	cpus = 0;
	add(sched_getcpu());
	while (list && *list) {
		char *end;
		long from = strtol(list, &end, 10), to = from;

		if (*end == '-')
			to = strtol(end + 1, &end, 10);
		for (; from <= to && to < CPU_SETSIZE; from++)
			add((int)from);
		list = *end == ',' ? end + 1 : NULL;
	}
}

int fm_crowd_cpus(void)
{
	return cpus ? cpus : 1;
}

int fm_crowd_bind(int i)
{
	cpu_set_t set;

	if (!cpus)
		return 0;
	CPU_ZERO(&set);
	CPU_SET(cpu[i % cpus], &set);
	return sched_setaffinity(0, sizeof(set), &set) < 0 ? -errno : 0;
}

int fm_crowd_fits(const char *n, struct fm_why *why)
{
	int threads = atoi(n);

	if (threads <= fm_crowd_cpus())
		return 0;
	return fm_fail(why, EOPNOTSUPP,
		       "%d threads at once need as many processors; we may use "
		       "%d here",
		       threads, fm_crowd_cpus());
}
