/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * _Fork - fork without the C library's handlers and locks (POSIX 2024): what
 * remains is the system call and the reset of the thread's own state.
 */
#include "config.h"

#include <errno.h>
#include <unistd.h>

#include "bench.h"

#ifdef HAVE__FORK
static pid_t spawn(const struct fm_job *job)
{
	pid_t pid = _Fork();

	if (pid == 0)
		job->child(job);
	return pid < 0 ? -errno : pid;
}
#define OFFER NULL
#else
static pid_t spawn(const struct fm_job *job)
{
	(void)job;
	return -ENOSYS;
}

#define OFFER offer
static int offer(struct fm_settings *settings, struct fm_why *why)
{
	(void)settings;
	return fm_fail(why, ENOSYS,
		       "the C library that the worker was built with has no "
		       "_Fork; build with glibc 2.34 or musl 1.2.2");
}
#endif

const struct fm_strategy fm_strategy__Fork = {
	.summary = "_Fork(3): fork without the C library's handlers",
	.caps = FM_RUNS_CODE | FM_OWN_MEMORY,
	.spawn = spawn,
	.offer = OFFER,
};
