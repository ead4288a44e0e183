/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The checks of a course's copy-on-write lab: scripts of writes, forks and
 * exits, and the stages that they are played on: the model, or Linux.
 */
#ifndef FM_LAB_H
#define FM_LAB_H

#include <stddef.h>
#include <stdint.h>

#include "err.h"
#include "model.h"

enum { FM_LAB_PROCESSES = 3 }; /* A, B and C */

struct fm_lab_step {
	enum {
		FM_LAB_WRITE,
		FM_LAB_KERNEL_WRITE, /* read(2) into the pages */
		FM_LAB_FORK,
		FM_LAB_EXIT,
	} what;
	int process;
	int child;	 /* of a fork */
	size_t from, to; /* of a write: in eighths of the memory */
};

struct fm_lab_script {
	size_t part, of; /* the processes' memory, as a part of all frames */
	const struct fm_lab_step *step;
	size_t steps;
};

enum { FM_LAB_SCRIPTS = 4 };

struct fm_lab_check {
	const char *name;
	const char *summary;
	const struct fm_lab_script *script[FM_LAB_SCRIPTS + 1];
};

extern const struct fm_lab_check fm_lab_checks[]; /* ended by a NULL name */
/* simple, but the child writes all of it: what an eager fork would copy. */
extern const struct fm_lab_script fm_lab_touch;

/*
 * What each process must see, by a naive copy in each fork: in every page the
 * number of the step that wrote it, or 0. In memory that processes share.
 */
struct fm_lab_views {
	size_t pages;
	int alive[FM_LAB_PROCESSES];
	unsigned char *byte[FM_LAB_PROCESSES];
};

/* What was seen in and after a step. */
struct fm_lab_seen {
	uint64_t faults, copies, zero_fills, reuses;
	uint64_t frames;    /* in use after the step */
	uint64_t usage_kib; /* by the memory cgroup, above the start */
	size_t wrong;	    /* pages that do not hold what they must */
};

struct fm_lab_stage {
	const char *on, *policy;
	int eager;     /* each process has frames of its own */
	int counts;    /* copies and zero-fills are known */
	int has_usage; /* so is usage_kib */
	size_t frames; /* that there are; SIZE_MAX: enough */
	void *self;
	/* Process A, with pages of untouched memory. Returns 0 or -errno. */
	int (*begin)(void *self, const struct fm_lab_views *views,
		     struct fm_why *why);
	/*
	 * Plays the step, a write with that byte, and looks at all living
	 * processes. Returns 0, -ENOMEM for lack of frames, or -errno.
	 */
	int (*act)(void *self, const struct fm_lab_step *step,
		   unsigned char byte, struct fm_lab_seen *seen,
		   struct fm_why *why);
	/*
	 * Ends what still lives. Returns 0, or -ERANGE with the reason where
	 * not every frame is back.
	 */
	int (*end)(void *self, struct fm_why *why);
};

enum fm_lab_verdict {
	FM_LAB_PASSED,
	FM_LAB_REFUSED, /* no frames, and there must be none */
	FM_LAB_FAILED,
};

struct fm_lab_result {
	enum fm_lab_verdict verdict;
	struct fm_lab_seen sum; /* frames and usage_kib: the most at once */
	uint64_t extra;		/* faults beyond those of the stage beside */
	struct fm_why why;	/* where not passed */
};

/* Told of each step; err is what it and its judge returned. */
typedef void fm_lab_told(void *ctx, const struct fm_lab_step *step,
			 const struct fm_lab_seen *seen, int err);

/*
 * Plays the script, in a memory of that many frames (which the stage may have
 * or not), and adds to the result, which begins as zero. Judged are: the bytes
 * that each process sees; the frames, which must be exactly as many as the
 * views need; that a step fails if and only if it needs more frames than there
 * are; that faults are not fewer than those of the stage beside (or NULL); and
 * that every frame is back at the end.
 */
void fm_lab_play(const struct fm_lab_script *script,
		 const struct fm_lab_stage *stage,
		 const struct fm_lab_stage *beside, size_t frames,
		 fm_lab_told *told, void *ctx, struct fm_lab_result *result);

/* ------------------------------------------------------------- the model */

struct fm_lab_model {
	struct fm_model m;
	unsigned char *content;	      /* of each frame */
	int number[FM_LAB_PROCESSES]; /* the model's; 0: not alive */
	const struct fm_lab_views *views;
};

/* A machine with that many frames. Returns 0 or -ENOMEM. */
int fm_lab_model_open(struct fm_lab_model *lab,
		      const struct fm_model_policy *policy, size_t frames,
		      struct fm_lab_stage *stage);
void fm_lab_model_close(struct fm_lab_model *lab);

/* ----------------------------------------------------------------- Linux */

/* A memory cgroup of our own, with a limit. */
struct fm_lab_cgroup {
	char dir[512];
	int v2;
	int keeper; /* our end of the pipe to who removes it */
	long keeper_pid;
};

/*
 * Makes it. Whatever becomes of us, it is removed when the last process that
 * we have forked since is gone. Returns 0, or -errno with the reason.
 */
int fm_lab_cgroup_open(struct fm_lab_cgroup *group, size_t limit,
		       struct fm_why *why);
/* Removes it. Returns 0, or -EBUSY where that could not be done. */
int fm_lab_cgroup_close(struct fm_lab_cgroup *group);

int fm_lab_cgroup_join(const struct fm_lab_cgroup *group); /* 0 or -errno */
/* KiB charged now, and how many processes were killed for lack of room. */
uint64_t fm_lab_cgroup_usage_kib(const struct fm_lab_cgroup *group);
uint64_t fm_lab_cgroup_kills(const struct fm_lab_cgroup *group);
/*
 * KiB charged above start once they are as near to want as they may be: waits
 * for what the kernel frees late, such as page tables, but 2 seconds at most.
 */
uint64_t fm_lab_cgroup_settle(const struct fm_lab_cgroup *group, uint64_t start,
			      uint64_t want, uint64_t may);

struct fm_lab_linux {
	const struct fm_lab_cgroup *group; /* NULL: no limit */
	const struct fm_lab_views *views;
	int us[FM_LAB_PROCESSES], them[FM_LAB_PROCESSES]; /* sockets */
	long pid[FM_LAB_PROCESSES]; /* of the living, else 0 */
	int parent[FM_LAB_PROCESSES];
	uint64_t usage_kib, kills; /* at the start */
	size_t processes;	   /* that live */
	uint64_t most_off_kib;	   /* usage against frames */
};

void fm_lab_linux_stage(struct fm_lab_linux *lab,
			const struct fm_lab_cgroup *group, size_t limit,
			struct fm_lab_stage *stage);

#endif
