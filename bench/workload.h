/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is timed: a block of samples, and what fills one. */
#ifndef FM_WORKLOAD_H
#define FM_WORKLOAD_H

#include "backing.h"
#include "strategy.h"
#include "touch.h"
#include "window.h"

/* What a child tells its parent, in memory that both share. */
struct fm_shared {
	uint64_t stamp_ns; /* of the child's first or last own instruction */
	uint64_t exec_ns;  /* of its call of execve */
	struct fm_window window, second; /* second: of who writes after it */
	int look; /* whether the writer shall find out what follows */
	uint64_t private_pages; /* the writer's alone, FM_ABSENT: not known */
	int astray; /* -errno of fm_region_prove_node after its writes, or 0 */
	struct fm_counts counts; /* of the processor, at the child's end */
	struct fm_window_room room;
	struct fm_why why_astray;
};

/* Zeroed. NULL: no memory. */
struct fm_shared *fm_shared_make(void);

/* One call of a workload's run, as the worker saw it from outside. */
struct fm_call {
	uint64_t from_ns, to_ns;
	struct rusage before, after; /* RUSAGE_THREAD */
	int cpu_before, cpu_after;
	long result; /* what run returned */
	int status;  /* wait4(2)'s, for a run that waits */
	struct rusage child;
	struct fm_counts
		window; /* the events of a window, if one was counted */
};

struct fm_timed;

struct fm_block {
	const struct fm_plan_row *point;
	const struct fm_strategy *strategy; /* NULL where none is used */
	const struct fm_backing *backing;
	struct fm_job job;
	struct fm_call call;
	struct fm_window window; /* of a run that touches in this process */
	int unproved;		 /* -errno of that memory's proof, or 0 */
	struct fm_why why_unproved;
	struct fm_region mem;	  /* the parent's memory */
	int remake;		  /* samples spoil mem: made anew before each */
	int stamp_pipe;		  /* where the target's stamp is read */
	struct fm_touch touch;	  /* the point's walk over such memory */
	struct fm_block_row *row; /* for what is known of the whole block */
	struct fm_singles *singles; /* of all its samples but the first */
	/* The sample's intervals, of reply.h; NULL: nobody asks for them. */
	struct fm_timed *timed;
};

struct fm_scenario;

enum fm_need {
	FM_NEEDS_STRATEGY = 1, /* makes children by the strategy */
	FM_NEEDS_CHILD = 2,    /* which do what the axis `child` says */
	FM_NEEDS_MEMORY = 4,   /* makes no sense without memory */
	FM_USES_MEMORY = 8,    /* a populated backing is part of the parent */
	FM_NEEDS_COPY = 16,    /* the child must have its own copy of memory */
	FM_NEEDS_CODE = 32,    /* the child must run our code */
	FM_NEEDS_EXEC = 64,    /* the child must exec */
	FM_WRITES_FRESH = 128, /* memory of its own, not there before */
	FM_READS_FRESH = 256,
};

struct fm_workload {
	const char *summary;
	unsigned int needs;	       /* enum fm_need */
	const struct fm_param *params; /* ended by a NULL name; or NULL */
	/*
	 * Whether it goes with the point's backing and parameters: 0, or -errno
	 * with what a person can do about it. NULL: always.
	 */
	int (*offer)(const struct fm_plan_row *point, struct fm_why *why);
	/*
	 * Does on the model what run does, for the counts that there must be;
	 * what was before the timed part is forgotten. NULL: counts no faults.
	 */
	int (*model)(struct fm_scenario *scenario);
	/* Once a block, before the parent's memory is there. NULL: nothing. */
	int (*setup)(struct fm_block *b, struct fm_why *why);
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

/*
 * The point's walk over the region in this process, as fm_window_run does it,
 * with the room of b->job.shared. Returns 0 or -errno.
 */
long fm_block_touch(struct fm_block *b, const struct fm_region *r, int write,
		    struct fm_window *window);

/* Only b->touch, for those who run it themselves. */
void fm_block_touch_prepare(struct fm_block *b, const struct fm_region *r,
			    int write);

/* Takes the sample's single times over into those of the block. */
void fm_block_take_singles(struct fm_block *b);

/* What a sample with look set tells of the writer's memory after its writes. */
void fm_block_look(struct fm_shared *shared, const struct fm_region *r);
/* Takes that over, if so. Returns 0, or -errno if it is on a wrong node. */
int fm_block_take_look(struct fm_block *b, struct fm_why *why);

/*
 * A walk over fresh memory of the block's backing and size, which is dropped
 * again; into b->window. The second touch is a write after all was read; _by
 * does one call in place of the walk, which is given the struct fm_region.
 * These return 0 or -errno.
 */
int fm_first_touch_setup(struct fm_block *b, struct fm_why *why);
long fm_first_touch(struct fm_block *b, int write);
long fm_first_touch_by(struct fm_block *b, int write,
		       int (*call)(void *region));
long fm_second_touch(struct fm_block *b);

/* The check that goes with them: the window's proof and that of its memory. */
int fm_first_touch_check(struct fm_block *b, struct fm_sample *s,
			 struct fm_why *why);

/*
 * A window's result, and the count that the model expects, into a sample; and
 * the window's interval, unless its from_ns is 0.
 */
void fm_sample_from_window(struct fm_sample *s, const struct fm_window *w,
			   struct fm_block *b);

/*
 * For check, which knows: from when to when the sample was timed, on the clock
 * of lib/clock.h. At most FM_TIMED_MAX times a sample.
 */
void fm_block_timed(const struct fm_block *b, uint64_t from_ns, uint64_t to_ns);

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

/* For run: makes a child; or waits for it, too, into b->call. */
long fm_block_spawn(struct fm_block *b);
long fm_block_spawn_and_reap(struct fm_block *b);

/* Reaps the child of the block's last call, then fm_sample_reaped. */
int fm_block_reap(struct fm_block *b, struct fm_sample *s, struct fm_why *why);

enum fm_stamp {
	FM_STAMP_START, /* the child's first instruction, the program's */
	FM_STAMP_END,	/* the last */
	FM_STAMP_EXEC,	/* its call of execve, and the program's first */
};
/* Stamped children from now on (workloads that time the child itself). */
int fm_block_stamp(struct fm_block *b, enum fm_stamp when, struct fm_why *why);
/* The stamp of the child just reaped; 0 when it left none. */
uint64_t fm_block_stamp_ns(struct fm_block *b);

/*
 * What the parent carries beside its memory, each alone: descriptors, sleeping
 * threads, pthread_atfork handlers, threads that run on other processors.
 */
extern const struct fm_param fm_burden_params[];
int fm_bystanders_offer(const char *value, struct fm_why *why);
#define FM_BYSTANDERS_PARAM                                                    \
	{                                                                      \
		.name = "bystanders", .values = "0", .most = FM_THREADS_MAX,   \
		.meaning = "threads of the parent that run elsewhere",         \
		.offer = fm_bystanders_offer                                   \
	}
int fm_burden_setup(struct fm_block *b, struct fm_why *why);

/* The model's machine for one point: process 0 has the area, not yet filled. */
struct fm_scenario {
	const struct fm_plan_row *point;
	const struct fm_strategy *strategy; /* or NULL */
	struct fm_area area;
	struct fm_touch touch;
	struct fm_model model;
};

/* Fills as the backing does. These return 0 or more, or -errno. */
int fm_scenario_fill(struct fm_scenario *s);
/* Forks as the strategy does. */
int fm_scenario_fork(struct fm_scenario *s, int process);
/* The point's walk. */
int fm_scenario_touch(struct fm_scenario *s, int process, int write);

#endif
