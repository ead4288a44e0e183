/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * forkmeter trace: what the driver asks of processes A and B, which are
 * forkmeter-worker, and what it makes of the answers.
 */
#ifndef FM_TRACE_H
#define FM_TRACE_H

#include "bench.h"
#include "print.h"

enum { FM_TRACE_A, FM_TRACE_B, FM_TRACE_BOTH };

/* One page of each kind, with no other use; in the order of the tables. */
enum fm_trace_page {
	FM_TRACE_V, /* code: of the program, and run all the time */
	FM_TRACE_W, /* anonymous, only read until the last step */
	FM_TRACE_X, /* stack */
	FM_TRACE_Y, /* heap: behind the program break */
	FM_TRACE_Z, /* data: initialised, of the program's file */
	FM_TRACE_PAGES
};

enum fm_trace_act {
	FM_TRACE_READ,
	FM_TRACE_WRITE,
	FM_TRACE_KERNEL_WRITE, /* read(2) into the page */
	FM_TRACE_FORK,	       /* of A */
	FM_TRACE_EXIT,	       /* of B */
	FM_TRACE_REAP,	       /* of A: waits for B's end */
};

/* ------------------------------------------------------- between processes */

struct fm_trace_command {
	enum fm_trace_act act;
	enum fm_trace_page page;
};

struct fm_trace_reply {
	int err;   /* 0 or -errno */
	pid_t pid; /* of B, after the fork */
	uintptr_t at[FM_TRACE_PAGES];
	struct fm_window window; /* of the access, by the process itself */
	/*
	 * How often the kernel reused a frame meanwhile, for any process
	 * (pgreuse of /proc/vmstat); FM_ABSENT: not told.
	 */
	uint64_t reuses;
};

/*
 * Process A, and B, that it forks: answers, after a first reply unasked, the
 * commands that come in on descriptors 0 (A) and 1 (B), until they end. Returns
 * an exit status.
 */
int fm_trace_serve(void);

/* -------------------------------------------- the driver: processes A and B */

struct fm_place;
struct fm_trace_pair {
	pid_t pid[FM_TRACE_BOTH]; /* 0: is not there */
	int fd[FM_TRACE_BOTH];
	uintptr_t at[FM_TRACE_PAGES];
};

struct fm_trace_touch {
	int who; /* FM_TRACE_A or _B */
	struct fm_trace_command command;
};

/* Whether that is an access to this page. */
static inline int fm_trace_is_access(const struct fm_trace_touch *touch,
				     int who, int page)
{
	return touch->who == who && (int)touch->command.page == page &&
	       touch->command.act <= FM_TRACE_KERNEL_WRITE;
}

/*
 * Starts A on place. Returns 0, or -errno with the reason in why; fm_trace_end
 * in any case.
 */
int fm_trace_begin(struct fm_trace_pair *pair, const struct fm_place *place,
		   struct fm_why *why);
void fm_trace_end(struct fm_trace_pair *pair);

/*
 * Has it done, and waits for the answer, though not without end; keeps pair up
 * to date. Returns 0, -EINTR after a signal, or -errno with the reason in why.
 */
int fm_trace_do(struct fm_trace_pair *pair, const struct fm_trace_touch *touch,
		struct fm_trace_reply *reply, struct fm_why *why);

/* ---------------------------------------------- what is seen from outside */

/* One page of one process. */
struct fm_trace_seen {
	int present;
	int file;     /* not anonymous */
	int zero;     /* the zero page */
	int alone;    /* no other page table entry has the frame */
	int numbered; /* frame is the number; else it only tells frames apart */
	int unsure;   /* whether the frame is another than before */
	uint64_t frame;
	uint64_t sharers; /* entries that map it; FM_ABSENT: not told */
	int at_least;	  /* that many, or more */
};

struct fm_trace_view {
	int there[FM_TRACE_BOTH];
	struct fm_trace_seen page[FM_TRACE_BOTH][FM_TRACE_PAGES];
	uint64_t labels; /* that are in use */
};

/*
 * Both processes' pages now, after the touch that was so answered (touch and
 * reply NULL: none yet), with what was seen before it. Of one that is just gone
 * the frames stay in view. Returns 0, or -errno with the reason in why.
 */
int fm_trace_look(const struct fm_trace_pair *pair,
		  const struct fm_trace_touch *touch,
		  const struct fm_trace_reply *reply,
		  const struct fm_trace_view *before, struct fm_trace_view *now,
		  struct fm_why *why);

/*
 * What was done to the page between two views, if it took so many faults: share
 * (by the fork), map (a frame of the file), zero page, zero-fill, copy, reuse,
 * unmap, free, or "" for nothing; move for a frame changed without a fault;
 * lost for an entry that went by itself; unclear where the evidence does not
 * tell a copy from a reuse.
 */
const char *fm_trace_did(const struct fm_trace_view *before,
			 const struct fm_trace_view *now, int who,
			 enum fm_trace_page page, uint64_t faults);

/* Whether A and B have the same frame there. */
int fm_trace_is_shared(const struct fm_trace_view *view,
		       enum fm_trace_page page);

/* ---------------------------------------------------------------- the model */

struct fm_model;
int fm_trace_model_begin(struct fm_model *model, struct fm_trace_view *view);
/*
 * The same touch in the model, and how all looks afterwards; writable is set
 * for pages that a store needs no fault for. Returns the faults it took, or
 * -errno.
 */
int64_t fm_trace_model_do(struct fm_model *model,
			  const struct fm_trace_touch *touch,
			  struct fm_trace_view *view,
			  int (*writable)[FM_TRACE_PAGES]);

/* ---------------------------------------------------------------- the story */

/* What happened to one page of one process in a step. */
struct fm_trace_event {
	int told; /* the process was there, before or after */
	int touched;
	const char *did, *model_did;
	uint64_t faults, model_faults, ns; /* where touched */
	const char *agrees;		   /* yes, no, or unclear */
};

struct fm_trace_step {
	const char *action;
	struct fm_trace_view view, model; /* afterwards */
	struct fm_trace_event event[FM_TRACE_BOTH][FM_TRACE_PAGES];
	int model_writable[FM_TRACE_BOTH][FM_TRACE_PAGES];
};

/* Prints the steps for people, or as one table. Returns 0 or -EIO. */
int fm_trace_print_text(const struct fm_trace_pair *pair,
			const struct fm_trace_step *steps, size_t n);
int fm_trace_print_table(const struct fm_trace_pair *pair,
			 enum fm_format format,
			 const struct fm_trace_step *steps, size_t n);

#endif
