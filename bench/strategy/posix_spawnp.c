/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * posix_spawnp - posix_spawn that searches PATH for the program: two folders
 * that every system has, in vain, and then the right one, as for a program that
 * somebody installed for himself.
 */
#include <errno.h>
#include <limits.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"

static const char *name;

/* An environment of one variable, without setenv(3), which allocates. */
static int prepare(const struct fm_job *job, struct fm_why *why)
{
	static char path[PATH_MAX + 32];
	static char *one[] = { path, NULL };
	const char *slash = strrchr(job->path, '/');

	if (!slash || strchr(job->path, ':'))
		return fm_fail(
			why, EOPNOTSUPP,
			"%s cannot be found by PATH; move it to a folder "
			"without a colon",
			job->path);
	name = slash + 1;
	snprintf(path, sizeof(path), "PATH=/usr/bin:/bin:%.*s",
		 slash == job->path ? 1 : (int)(slash - job->path), job->path);
	environ = one;
	return 0;
}

static pid_t spawn(const struct fm_job *job)
{
	pid_t pid;
	int err = posix_spawnp(&pid, name, NULL, NULL, job->argv, job->envp);

	return err ? -err : pid;
}

const struct fm_strategy fm_strategy_posix_spawnp = {
	.summary = "posix_spawnp(3): found in the third folder of PATH",
	.caps = FM_RETURNS_LATE,
	.prepare = prepare,
	.spawn = spawn,
};
