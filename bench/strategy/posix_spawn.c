/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * posix_spawn - the C library makes a child in our memory (CLONE_VM|CLONE_VFORK
 * in glibc and musl) and execs there. Nothing of ours can run in between.
 */
#include <spawn.h>

#include "bench.h"

static pid_t spawn(const struct fm_job *job)
{
	pid_t pid;
	int err =
		posix_spawn(&pid, job->path, NULL, NULL, job->argv, job->envp);

	return err ? -err : pid;
}

const struct fm_strategy fm_strategy_posix_spawn = {
	.summary = "posix_spawn(3): borrowed memory until exec, by libc",
	.caps = FM_RETURNS_LATE,
	.spawn = spawn,
};
