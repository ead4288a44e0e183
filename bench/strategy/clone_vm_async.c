/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clone_vm_async - CLONE_VM without CLONE_VFORK: the child borrows our memory
 * while we go on. It has a stack of its own, which is nobody else's until the
 * child is reaped; errno and the rest of the thread's storage it shares with
 * us, so all that it may do is what a child does here: calls that do not fail,
 * and then _exit or exec.
 */
#include <errno.h>
#include <sched.h>
#include <signal.h>

#include "bench.h"

static _Alignas(64) char stack[16 * 1024];
static int taken;

static int enter(void *ctx)
{
	const struct fm_job *job = ctx;

	job->child(job);
	return 127;
}

static pid_t spawn(const struct fm_job *job)
{
	pid_t pid;

	if (taken)
		return -EBUSY;
	pid = clone(enter, stack + sizeof(stack), CLONE_VM | SIGCHLD,
		    (void *)job);
	if (pid < 0)
		return -errno;
	taken = 1;
	return pid;
}

static int reap(pid_t pid, int *status, struct rusage *child)
{
	int err = fm_reap(NULL, pid, status, child);

	taken = 0;
	return err;
}

const struct fm_strategy fm_strategy_clone_vm_async = {
	.summary = "clone(2) with CLONE_VM alone: borrowed memory, both run",
	.caps = FM_RUNS_CODE,
	.spawn = spawn,
	.reap = reap,
};
