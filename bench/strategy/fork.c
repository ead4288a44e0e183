/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fork - the child gets a copy of our page tables; pages are shared until
 * either side writes. glibc's fork also runs atfork handlers and locks.
 */
#include <errno.h>
#include <unistd.h>

#include "bench.h"

static pid_t spawn(const struct fm_job *job)
{
	pid_t pid = fork();

	if (pid == 0)
		job->child(job);
	return pid < 0 ? -errno : pid;
}

const struct fm_strategy fm_strategy_fork = {
	.summary = "fork(2): page tables copied, pages shared until written",
	.caps = FM_RUNS_CODE | FM_OWN_MEMORY,
	.spawn = spawn,
};
