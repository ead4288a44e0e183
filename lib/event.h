/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Events by name: from what a person types to the numbers that
 * perf_event_open(2) takes, and whether this machine counts them.
 */
#ifndef FM_EVENT_H
#define FM_EVENT_H

#include <stddef.h>

#include "counters.h"
#include "err.h"
#include "record.h"

/* So that it fits into its column with the longest prefix, and no two share. */
#define FM_EVENT_LONGEST_PREFIX "process."
enum {
	FM_EVENT_NAME = sizeof(((struct fm_event_row *)0)->metric) -
			sizeof(FM_EVENT_LONGEST_PREFIX) + 1
};

enum fm_event_status {
	FM_EVENT_UNTRIED,
	FM_EVENT_COUNTS,
	FM_EVENT_DENIED,      /* by a setting, or for want of a capability */
	FM_EVENT_UNSUPPORTED, /* by the processor, its hypervisor, the kernel */
};

struct fm_event {
	char name[FM_EVENT_NAME]; /* as it was typed, "perf::" left out */
	struct fm_counter counter;
	enum fm_event_status status;
	struct fm_why why; /* of another status than counts: with what to do */
	uint64_t tried;	   /* what it counted when it was tried */
	int is_clock;	   /* counts ns */
};

/* "untried", "counts", "denied", "unsupported". */
const char *fm_event_status_name(enum fm_event_status status);

/*
 * The event of that name, in this order: the kernel's generic, cache and
 * software events as perf-list(1) names them (with or without libpfm4's
 * "perf::", in any case); rHEX and TYPE/CONFIG by number; tracepoints as
 * SYSTEM:NAME; and whatever libpfm4 knows, where we are built with it. Each
 * may be followed by modes that count, such as :u, :k or :uk (:h, the
 * hypervisor's, is left out unless named). Returns 0, -ENOENT for one that
 * nobody knows, -EACCES or -ENODEV for a tracepoint that cannot be looked up,
 * -EINVAL for a mode that is none, with the reason in why.
 */
int fm_event_find(const char *name, struct fm_event *event, struct fm_why *why);

/*
 * Opens it in this task, provokes what can be provoked, and reads it: sets
 * status, why, and tried, and takes the hypervisor in where its PMU leaves no
 * mode out. Some 3 ms.
 */
void fm_event_try(struct fm_event *event);

/*
 * The part of it that judges what was counted, value[0] of counts: a part of
 * the time alone, or nothing of an event of the processor's, is unsupported.
 */
void fm_event_judge(struct fm_event *event, const struct fm_counts *counts);

/* A denial or a lack, by the error of perf_event_open(2). */
void fm_event_refused(struct fm_event *event, int err);

/*
 * Whether all of them fit on the counters at once, opened twice over where
 * copies is 2 (a task's own, and one that children inherit), or on the
 * processor cpu for all its tasks where that is not -1. Returns 0, -ENOSPC
 * where they do not fit, or another -errno of perf_event_open(2).
 */
int fm_events_fit(const struct fm_counter *events, int n, int copies, int cpu);

/*
 * Calls fn with each name that there is: the kernel's, those of libpfm4's
 * PMUs that seem present, and tracepoints of a system that is named by
 * "SYSTEM:". Returns 0 or what fn returned.
 */
typedef int fm_event_name_fn(const char *name, void *ctx);
int fm_event_names(fm_event_name_fn *fn, void *ctx);
int fm_event_tracepoints(const char *system, fm_event_name_fn *fn, void *ctx);

/* libpfm4's part: 0 or -ENOENT; both do nothing where we are built without. */
int fm_event_find_pfm(const char *name, struct fm_counter *counter);
int fm_event_names_pfm(fm_event_name_fn *fn, void *ctx);

/* The kernel's part: the numbers of a name without its modes, or -ENOENT. */
int fm_event_find_generic(const char *name, struct fm_event *event);
int fm_event_names_generic(fm_event_name_fn *fn, void *ctx);

#endif
