/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clone3_pidfd - the child comes with a descriptor that cannot come to mean
 * another process. It is part of the price: made in the call, waited on, and
 * closed before the child counts as reaped.
 */
#include <errno.h>
#include <signal.h>

#include "bench.h"
#include "clone3.h"

static int offer(struct fm_settings *settings, struct fm_why *why)
{
	int err = fm_clone3_offer(settings, why);

	return err ? err : fm_reap_pidfd_offer(why);
}

/*
 * The kernel writes the descriptor to a page that the parent will write to in
 * any case: that of its stack.
 */
static pid_t spawn(const struct fm_job *job)
{
	int pidfd = -EBADF;
	const struct fm_clone3 args = {
		.flags = CLONE_PIDFD,
		.pidfd = (uintptr_t)&pidfd,
		.exit_signal = SIGCHLD,
	};
	long pid = fm_clone3(&args);

	if (pid == 0)
		job->child(job);
	return pid < 0 ? (pid_t)pid : pidfd;
}

const struct fm_strategy fm_strategy_clone3_pidfd = {
	.summary = "clone3(2) with CLONE_PIDFD, reaped by descriptor",
	.caps = FM_RUNS_CODE | FM_OWN_MEMORY,
	.offer = offer,
	.spawn = spawn,
	.reap = fm_reap_pidfd,
};
