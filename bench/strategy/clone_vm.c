/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clone_vm - clone(2) with CLONE_VM and CLONE_VFORK: vfork's sharing, but the
 * child runs on a stack of its own, as posix_spawn does it in the C library.
 */
#include <errno.h>
#include <sched.h>
#include <signal.h>

#include "bench.h"

static _Alignas(64) char stack[16 * 1024];

static int enter(void *ctx)
{
	const struct fm_job *job = ctx;

	job->child(job);
	return 127;
}

static pid_t spawn(const struct fm_job *job)
{
	pid_t pid = clone(enter, stack + sizeof(stack),
			  CLONE_VM | CLONE_VFORK | SIGCHLD, (void *)job);

	return pid < 0 ? -errno : pid;
}

const struct fm_strategy fm_strategy_clone_vm = {
	.summary = "clone(2) with CLONE_VM|CLONE_VFORK and its own stack",
	.caps = FM_RUNS_CODE | FM_RETURNS_LATE,
	.spawn = spawn,
};
