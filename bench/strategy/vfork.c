/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * vfork - the child borrows our memory and stack; we sleep until it is done.
 *
 * The child may therefore only _exit or exec, and must do it below this
 * frame: job->child never returns, so neither does the child's call to us.
 */
#include <errno.h>
#include <unistd.h>

#include "bench.h"

static pid_t spawn(const struct fm_job *job)
{
	pid_t pid = vfork();

	if (pid == 0)
		job->child(job);
	return pid < 0 ? -errno : pid;
}

const struct fm_strategy fm_strategy_vfork = {
	.summary = "vfork(2): no copy at all, parent suspended",
	.caps = FM_RUNS_CODE | FM_RETURNS_LATE,
	.spawn = spawn,
};
