/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a child is made, what it does, and how it is reaped. */
#ifndef FM_STRATEGY_H
#define FM_STRATEGY_H

#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

#include "err.h"
#include "setting.h"
#include "target.h"

struct fm_region;

struct fm_job {
	/* Runs in the child; never returns. */
	void (*child)(const struct fm_job *job);
	/* For strategies that exec by themselves. */
	const char *path;
	char *const *argv;
	char *const *envp;
	struct fm_shared *shared; /* memory that parent and child share */
	const struct fm_region *mem;
	size_t touch_bytes; /* of mem, by a child that touches */
	/* What a thread does, which is no child; NULL: nothing. */
	void (*thread)(const struct fm_job *job);
};

enum fm_capability {
	FM_RUNS_CODE = 1,    /* the child can run our code */
	FM_OWN_MEMORY = 2,   /* and has a copy-on-write copy of our memory */
	FM_RETURNS_LATE = 4, /* returns only after the child's exec or exit */
	FM_COPIES = 8,	     /* the copy is made in the call: no write faults */
	FM_CHILD_COPIES =
		16,	   /* the child copied it all before it runs our code */
	FM_IS_THREAD = 32, /* no process: runs nothing but a return */
	FM_IN_SERVER = 64, /* the child is another process's, and its copy */
	FM_REAPS = 128,	   /* the call ends only when the child is reaped */
};

struct fm_strategy {
	const char *summary;
	unsigned int caps; /* enum fm_capability */
	/*
	 * Whether this machine has it: 0, or -errno with what a person can do
	 * about it. Adds what must be set while it is measured. NULL: always.
	 */
	int (*offer)(struct fm_settings *settings, struct fm_why *why);
	/*
	 * Not timed. Called before the parent's memory is made (job->mem->base
	 * is NULL), and again each time after it was. NULL: nothing to do.
	 */
	int (*prepare)(const struct fm_job *job, struct fm_why *why);
	/*
	 * Makes a child. Returns its pid, or another number > 0 by which its
	 * own reap knows the child; or -errno.
	 */
	pid_t (*spawn)(const struct fm_job *job);
	/*
	 * As wait4(2): 0 or -errno. What the child used may be unknown: then
	 * ru_minflt is -1. NULL: wait4(2) itself.
	 */
	int (*reap)(pid_t pid, int *status, struct rusage *child);
};

/* As strategy->reap, or wait4(2); NULL: wait4(2). */
int fm_reap(const struct fm_strategy *strategy, pid_t pid, int *status,
	    struct rusage *child);

/* The same by a descriptor of the child, which is closed then. */
int fm_reap_pidfd(pid_t pidfd, int *status, struct rusage *child);
/* Whether the kernel can: 0, or -ENOSYS. */
int fm_reap_pidfd_offer(struct fm_why *why);

/*
 * Path and arguments as a command for the shell, quoted. Returns 0, or -E2BIG
 * where it does not fit size.
 */
int fm_job_command(const struct fm_job *job, char *command, size_t size,
		   struct fm_why *why);
/* Whether there is a shell; the offer of strategies that need one. */
int fm_shell_offer(struct fm_settings *settings, struct fm_why *why);

/* The child's action of that name, without or with a stamp; NULL: unknown. */
struct fm_child {
	const char *name;
	const char *summary;
	void (*run)(const struct fm_job *job);
	void (*run_stamped)(const struct fm_job *job);
	const char *program; /* what it execs, beside the worker; or NULL */
};
extern const struct fm_child fm_children[]; /* ended by a NULL name */
const struct fm_child *fm_child_find(const char *name);
/* The percentage of touch:PERCENT; -1 for another or a wrong one. */
int fm_child_percent(const char *name);

#endif
