/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fork_raw - the system call alone: no handlers, no locks, and nothing of the
 * C library's own state is put right in the child.
 */
#include <errno.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bench.h"

static pid_t spawn(const struct fm_job *job)
{
#ifdef SYS_fork
	long pid = syscall(SYS_fork);
#else /* arm64 and riscv64 have clone alone */
	long pid = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
#endif

	if (pid == 0)
		job->child(job);
	return pid < 0 ? -errno : (pid_t)pid;
}

const struct fm_strategy fm_strategy_fork_raw = {
	.summary = "the fork system call, past the C library",
	.caps = FM_RUNS_CODE | FM_OWN_MEMORY,
	.spawn = spawn,
};
