/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * thread - pthread_create(3) of a thread that returns, with the library's
 * defaults: the floor, for no process is made at all. What such a thread used,
 * nobody tells.
 */
#include <pthread.h>

#include "bench.h"

static pthread_t thread;

static void *run(void *ctx)
{
	const struct fm_job *job = ctx;

	if (job->thread)
		job->thread(job);
	return NULL;
}

static pid_t spawn(const struct fm_job *job)
{
	int err = pthread_create(&thread, NULL, run, (void *)job);

	return err ? -err : 1;
}

static int reap(pid_t pid, int *status, struct rusage *child)
{
	int err = pthread_join(thread, NULL);

	(void)pid;
	*status = FM_CHILD_STATUS << 8; /* as wait4(2) says it */
	*child = (struct rusage){ .ru_minflt = -1 };
	return -err;
}

const struct fm_strategy fm_strategy_thread = {
	.summary = "pthread_create(3) of a thread that returns: the floor",
	.caps = FM_IS_THREAD,
	.spawn = spawn,
	.reap = reap,
};
