/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A process of the lab on Linux, and what is said between it and the driver. */
#ifndef FM_LAB_ACTOR_H
#define FM_LAB_ACTOR_H

#include "bench.h"
#include "lab.h"

/* Orders beyond those that are steps of a script. */
enum { FM_LAB_LOOK = 100, FM_LAB_REAP };

struct fm_lab_order {
	int what;
	int child;	 /* of FM_LAB_FORK: which process it is */
	size_t from, to; /* pages of a write */
	unsigned char byte;
	long pid; /* of FM_LAB_REAP */
};

/* The answer to each order but FM_LAB_EXIT, and to the beginning. */
struct fm_lab_report {
	int err;	 /* 0 or -errno */
	uint64_t faults; /* of a write */
	uint64_t pss_kib;
	size_t wrong;
	long pid; /* of FM_LAB_FORK's child */
};

struct fm_lab_actor {
	int process; /* which one it is */
	int socket[FM_LAB_PROCESSES];
	int bytes[2]; /* a pipe, for read(2) to have something */
	const struct fm_lab_views *views;
	struct fm_region mem;
};

/*
 * Joins the group (or none), maps the memory, says so, and obeys. It ends with
 * the process parent. Never returns.
 */
__attribute__((noreturn)) void
fm_lab_actor_begin(struct fm_lab_actor *actor, int parent,
		   const struct fm_lab_cgroup *group);

/* Obeys, as a child of the process parent. */
__attribute__((noreturn)) void fm_lab_actor_run(struct fm_lab_actor *actor,
						int parent);

/*
 * The driver's side: gives the order, and waits for the report, for the
 * process's death or for too long a time. Returns 0, -ENOMEM where the kernel
 * killed a process for lack of memory, or -errno.
 */
int fm_lab_ask(const struct fm_lab_linux *lab, int process,
	       const struct fm_lab_order *order, struct fm_lab_report *report,
	       struct fm_why *why);
/* The same for a report that needs no order: the one of the beginning. */
int fm_lab_hear(const struct fm_lab_linux *lab, int process,
		struct fm_lab_report *report, struct fm_why *why);

#endif
