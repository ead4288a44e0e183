/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a plug-in is, and what it is given. A plug-in is one file that defines
 * one const vtable named fm_KIND_NAME (file bench/KIND/NAME.c) and one line in
 * Makefile.am. It neither prints, nor reads options, nor includes another.
 */
#ifndef FM_BENCH_H
#define FM_BENCH_H

#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

#include "err.h"
#include "record.h"
#include "target.h"

/* ------------------------------------------------------------- strategies */

struct fm_job {
	/* Runs in the child; never returns. NULL where only exec will do. */
	void (*child)(const struct fm_job *job);
	/* For strategies that exec by themselves. */
	const char *path;
	char *const *argv;
	char *const *envp;
	struct fm_shared *shared; /* memory that parent and child share */
	const struct fm_region *mem;
};

enum fm_capability {
	FM_RUNS_CODE = 1,    /* the child can run our code */
	FM_OWN_MEMORY = 2,   /* and has a copy-on-write copy of our memory */
	FM_RETURNS_LATE = 4, /* returns only after the child's exec or exit */
};

struct fm_strategy {
	const char *summary;
	unsigned int caps; /* enum fm_capability */
	/* Makes a child. Returns its pid, or -errno. */
	pid_t (*spawn)(const struct fm_job *job);
	/* 0, or -errno with what a person can do about it. NULL: always. */
	int (*offer)(struct fm_why *why);
};

/* --------------------------------------------------------------- backings */

struct fm_backing;

/* Memory of one kind. bytes 0 and base NULL for backing `none`. */
struct fm_region {
	const struct fm_backing *backing;
	char *base;
	size_t bytes;
	size_t touch_bytes; /* what one first touch brings in; set by map */
};

struct fm_backing {
	const char *summary;
	size_t (*unit)(void); /* bytes must be a multiple of it; NULL: empty */
	/* Sets base and touch_bytes; nothing is resident yet. 0 or -errno. */
	int (*map)(struct fm_region *region, struct fm_why *why);
	/* The populated region is what the name says: 0 or -errno. */
	int (*prove)(const struct fm_region *region, struct fm_why *why);
	int (*offer)(struct fm_why *why);
};

int fm_region_make(struct fm_region *region, const struct fm_backing *backing,
		   size_t bytes, struct fm_why *why);
void fm_region_populate(const struct fm_region *region);
int fm_region_prove(const struct fm_region *region, struct fm_why *why);
void fm_region_drop(struct fm_region *region);

/*
 * How many bytes one write fault copies after a fork of such memory, found by
 * a fork whose child writes all of one touch_bytes: touch_bytes, or a base page
 * where the kernel splits first. Returns 0 or -errno.
 */
int fm_region_cow_bytes(const struct fm_region *region, size_t *bytes,
			struct fm_why *why);

/* -------------------------------------------------------------- workloads */

/* One loop over pages, timed and counted in the task that touches them. */
struct fm_window {
	uint64_t ns;
	uint64_t minflt; /* RUSAGE_THREAD of the toucher, around the loop */
	uint64_t nivcsw;
};
/* What a child tells its parent, in memory that both share. */
struct fm_shared {
	uint64_t stamp_ns;
	struct fm_window window;
};

/* One call of a workload's run, as the worker saw it from outside. */
struct fm_call {
	uint64_t from_ns, to_ns;
	struct rusage before, after; /* RUSAGE_THREAD */
	int cpu_before, cpu_after;
	long result; /* what run returned */
	int status;  /* wait4(2)'s, for a run that waits */
	struct rusage child;
};

struct fm_block {
	const struct fm_plan_row *point;
	const struct fm_strategy *strategy; /* NULL where none is used */
	const struct fm_backing *backing;
	struct fm_job job;
	struct fm_call call;
	struct fm_window window; /* of a run that touches in this process */
	int unproved;		 /* -errno of that memory's proof, or 0 */
	struct fm_why why_unproved;
	struct fm_region mem; /* the parent's memory */
	int remake;	      /* samples spoil mem: made anew before each */
	int stamp_pipe;	      /* where the target's stamp is read */
	size_t fault_bytes;   /* bytes behind one expected fault */
};

enum fm_need {
	FM_NEEDS_STRATEGY = 1, /* makes children by the strategy */
	FM_NEEDS_CHILD = 2,    /* which do what the axis `child` says */
	FM_NEEDS_MEMORY = 4,   /* makes no sense without memory */
	FM_USES_MEMORY = 8,    /* a populated backing is part of the parent */
	FM_NEEDS_COPY = 16,    /* the child must have its own copy of memory */
};

/* A parameter beyond the axes; its name is a column of plan.tsv. */
struct fm_param {
	const char *name;
	const char *values; /* a comma list; the first is the default */
	const char *meaning;
};

struct fm_workload {
	const char *summary;
	unsigned int needs;	       /* enum fm_need */
	const struct fm_param *params; /* ended by a NULL name; or NULL */
	int (*setup)(struct fm_block *b, struct fm_why *why); /* or NULL */
	/*
	 * Does it. The worker reads the clock directly before and after; what
	 * this writes to is faulted in. Returns 0 or more, or -errno.
	 */
	long (*run)(struct fm_block *b);
	/*
	 * Not timed: fills the sample from b->call, or from a window, and
	 * proves it. A sample whose proof fails is marked failed:REASON; only
	 * what makes the block worthless is -errno.
	 */
	int (*check)(struct fm_block *b, struct fm_sample *s,
		     struct fm_why *why);
};

/* Memory that children share with us, zeroed. NULL: no memory. */
struct fm_shared *fm_shared_make(void);

/*
 * Touches one byte every step bytes of [base, base + bytes) between two reads
 * of the clock, and counts this thread's faults around exactly that. It first
 * runs itself once over nothing, so that no page of ours faults inside.
 */
void fm_window_run(char *base, size_t bytes, size_t step, int write,
		   struct fm_window *window);

/*
 * A window over fresh memory of the block's backing and size, which is dropped
 * again; into b->window. Returns 0 or -errno.
 */
long fm_window_first_touch(struct fm_block *b, int write);

/* The check that goes with it: the window's proof and that of its memory. */
int fm_window_first_touch_check(struct fm_block *b, struct fm_sample *s,
				struct fm_why *why);

/* Puts a window's result into a sample, and its proof into the marks. */
void fm_sample_from_window(struct fm_sample *s, const struct fm_window *w,
			   uint64_t faults_expected);

/* Adds to the sample's comma list of marks. */
__attribute__((format(printf, 2, 3))) void fm_sample_mark(struct fm_sample *s,
							  const char *fmt, ...);

/* Our own faults and switches during the call, into the sample. */
void fm_sample_from_call(struct fm_sample *s, const struct fm_call *call);

/*
 * Takes what wait4(2) said of the child into the sample. A child that ended
 * otherwise than with FM_CHILD_STATUS makes it failed.
 */
void fm_sample_reaped(struct fm_sample *s, int status, const struct rusage *ru);

/* Waits for the child, then fm_sample_reaped. Returns 0 or -errno. */
int fm_reap(pid_t pid, struct fm_sample *s, struct fm_why *why);

/* The child's action of that name, without or with a stamp; NULL: unknown. */
struct fm_child {
	const char *name;
	const char *summary;
	void (*run)(const struct fm_job *job);
	void (*run_stamped)(const struct fm_job *job);
};
extern const struct fm_child fm_children[]; /* ended by a NULL name */
const struct fm_child *fm_child_find(const char *name);

/* Stamped children from now on (workloads that time the child's start). */
int fm_block_stamp(struct fm_block *b, struct fm_why *why);
/* The stamp of the child just reaped; 0 when it left none. */
uint64_t fm_block_stamp_ns(struct fm_block *b);

/* --------------------------------------------------------------- registry */

struct fm_strategy_row {
	const char *name;
	const struct fm_strategy *ops;
};
struct fm_backing_row {
	const char *name;
	const struct fm_backing *ops;
};
struct fm_workload_row {
	const char *name;
	const struct fm_workload *ops;
};

/* Generated by scripts/mkregistry; each ended by a NULL name. */
extern const struct fm_strategy_row fm_strategies[];
extern const struct fm_backing_row fm_backings[];
extern const struct fm_workload_row fm_workloads[];

const struct fm_strategy *fm_strategy_find(const char *name);
const struct fm_backing *fm_backing_find(const char *name);
const struct fm_workload *fm_workload_find(const char *name);

#endif
