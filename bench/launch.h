/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starting a worker and hearing what it says; never waiting without end. */
#ifndef FM_LAUNCH_H
#define FM_LAUNCH_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "err.h"
#include "place.h"
#include "programs.h"
#include "record.h"
#include "reply.h"

/*
 * From here on SIGINT, SIGTERM and SIGHUP end the run in order: fm_launch
 * returns -EINTR, and fm_launch_signal() the signal's number (0: none yet).
 */
void fm_launch_catch_signals(void);
int fm_launch_signal(void);
/* From here on they end the program again. */
void fm_launch_release_signals(void);

/*
 * Starts the worker on place (NULL: where we are) in a process group of its
 * own, with in and out as its standard input and output. Returns its number, or
 * -errno with the reason in why.
 */
pid_t fm_launch_start(const char *worker, char *const argv[],
		      const struct fm_place *place, int in, int out,
		      struct fm_why *why);

/*
 * Waits until it ends, and kills what it left of its group. Returns 0, or
 * -ECHILD with the reason in why when it ended badly.
 */
int fm_launch_reap(pid_t pid, struct fm_why *why);

/*
 * Runs the worker with these arguments (ended by NULL) on place (NULL: where
 * we are), in a process group of its own, and reads its standard output to the
 * end, at most size bytes. After timeout_ms, or on a signal, the whole group is
 * killed. Returns the number of bytes, or -errno with the reason in why.
 */
int64_t fm_launch(const char *worker, char *const argv[],
		  const struct fm_place *place, uint64_t timeout_ms, void *data,
		  size_t size, struct fm_why *why);

struct fm_count_group;

struct fm_block_request {
	const struct fm_programs *programs;
	const struct fm_place *place;
	const struct fm_plan_row *point;
	uint64_t samples_min, samples_max, time_ns;
	const struct fm_tunables *tunables; /* of the run; NULL: none */
	/* Those of the point's plug-ins are slowed: see inject.h. */
	const struct fm_inject *inject;
	size_t injects;
	/*
	 * What the block counts, NULL: nothing; and where a row of
	 * fm_counting_values goes for each of samples_max samples.
	 */
	const struct fm_count_group *group;
	uint64_t *counts;
	/* Room for FM_TIMED_MAX intervals a sample; NULL: not asked for. */
	struct fm_timed *timed;
};

/*
 * One block in a fresh worker. samples has room for samples_max of them. A
 * worker that crashed or hung gives a reply whose status is broken. Returns 0,
 * or -EINTR after a signal.
 */
int fm_launch_block(const struct fm_block_request *request,
		    struct fm_reply *reply, struct fm_sample *samples);

/* The reply of a block that came to nothing, for that reason. */
void fm_launch_no_block(struct fm_reply *reply, int err, const char *reason);

#endif
