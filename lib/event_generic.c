/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The events that the kernel names itself: perf_event_open(2). */
#include <ctype.h>
#include <errno.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "event.h"

#define HARDWARE(x) PERF_TYPE_HARDWARE, PERF_COUNT_HW_##x
#define SOFTWARE(x) PERF_TYPE_SOFTWARE, PERF_COUNT_SW_##x
#define CACHE(cache, op, result)                                               \
	PERF_TYPE_HW_CACHE, PERF_COUNT_HW_CACHE_##cache |                      \
				    PERF_COUNT_HW_CACHE_OP_##op << 8 |         \
				    PERF_COUNT_HW_CACHE_RESULT_##result << 16

static const struct {
	const char *name, *other; /* as perf-list(1) has them */
	uint32_t type;
	uint64_t config;
} generic[] = {
	{ "cycles", "cpu-cycles", HARDWARE(CPU_CYCLES) },
	{ "instructions", NULL, HARDWARE(INSTRUCTIONS) },
	{ "cache-references", NULL, HARDWARE(CACHE_REFERENCES) },
	{ "cache-misses", NULL, HARDWARE(CACHE_MISSES) },
	{ "branches", "branch-instructions", HARDWARE(BRANCH_INSTRUCTIONS) },
	{ "branch-misses", NULL, HARDWARE(BRANCH_MISSES) },
	{ "bus-cycles", NULL, HARDWARE(BUS_CYCLES) },
	{ "ref-cycles", NULL, HARDWARE(REF_CPU_CYCLES) },
	{ "stalled-cycles-frontend", NULL, HARDWARE(STALLED_CYCLES_FRONTEND) },
	{ "stalled-cycles-backend", NULL, HARDWARE(STALLED_CYCLES_BACKEND) },
	{ "L1-dcache-loads", NULL, CACHE(L1D, READ, ACCESS) },
	{ "L1-dcache-load-misses", NULL, CACHE(L1D, READ, MISS) },
	{ "L1-icache-load-misses", NULL, CACHE(L1I, READ, MISS) },
	{ "LLC-loads", NULL, CACHE(LL, READ, ACCESS) },
	{ "LLC-load-misses", NULL, CACHE(LL, READ, MISS) },
	{ "LLC-store-misses", NULL, CACHE(LL, WRITE, MISS) },
	{ "dTLB-loads", NULL, CACHE(DTLB, READ, ACCESS) },
	{ "dTLB-load-misses", NULL, CACHE(DTLB, READ, MISS) },
	{ "dTLB-stores", NULL, CACHE(DTLB, WRITE, ACCESS) },
	{ "dTLB-store-misses", NULL, CACHE(DTLB, WRITE, MISS) },
	{ "iTLB-loads", NULL, CACHE(ITLB, READ, ACCESS) },
	{ "iTLB-load-misses", NULL, CACHE(ITLB, READ, MISS) },
	{ "node-loads", NULL, CACHE(NODE, READ, ACCESS) },
	{ "node-load-misses", NULL, CACHE(NODE, READ, MISS) },
	{ "task-clock", NULL, SOFTWARE(TASK_CLOCK) },
	{ "cpu-clock", NULL, SOFTWARE(CPU_CLOCK) },
	{ "page-faults", "faults", SOFTWARE(PAGE_FAULTS) },
	{ "minor-faults", NULL, SOFTWARE(PAGE_FAULTS_MIN) },
	{ "major-faults", NULL, SOFTWARE(PAGE_FAULTS_MAJ) },
	{ "context-switches", "cs", SOFTWARE(CONTEXT_SWITCHES) },
	{ "cpu-migrations", "migrations", SOFTWARE(CPU_MIGRATIONS) },
	{ "alignment-faults", NULL, SOFTWARE(ALIGNMENT_FAULTS) },
	{ "emulation-faults", NULL, SOFTWARE(EMULATION_FAULTS) },
};

enum { GENERIC = sizeof(generic) / sizeof(*generic) };

/* rHEX, or TYPE/CONFIG with each number as C writes it. */
static int find_number(const char *name, struct fm_counter *counter)
{
	const char *slash = strchr(name, '/');
	char *end;

	if (*name == 'r' && isxdigit((unsigned char)name[1])) {
		counter->type = PERF_TYPE_RAW;
		counter->config = strtoull(name + 1, &end, 16);
		return *end ? -ENOENT : 0;
	}
	if (!slash || !isdigit((unsigned char)*name) ||
	    !isdigit((unsigned char)slash[1]))
		return -ENOENT;
	counter->type = (uint32_t)strtoul(name, &end, 0);
	if (end != slash)
		return -ENOENT;
	counter->config = strtoull(slash + 1, &end, 0);
	return *end ? -ENOENT : 0;
}

int fm_event_find_generic(const char *name, struct fm_event *event)
{
	int err = -ENOENT;

	for (size_t i = 0; i < GENERIC && err; i++)
		if (!strcasecmp(name, generic[i].name) ||
		    (generic[i].other && !strcasecmp(name, generic[i].other))) {
			event->counter.type = generic[i].type;
			event->counter.config = generic[i].config;
			snprintf(event->name, sizeof(event->name), "%s",
				 generic[i].name);
			err = 0;
		}
	if (err)
		err = find_number(name, &event->counter);
	event->is_clock = !err && fm_counter_is_clock(&event->counter);
	return err;
}

int fm_event_names_generic(fm_event_name_fn *fn, void *ctx)
{
	int err = 0;

	for (size_t i = 0; i < GENERIC && !err; i++)
		err = fn(generic[i].name, ctx);
	return err;
}
