/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * system - system(3): a shell is started to start the program, and the call
 * returns when that shell is reaped. What it used, nobody tells.
 */
#include <errno.h>
#include <stdlib.h>

#include "bench.h"

static char command[8192];
static int status_of_call;

static int prepare(const struct fm_job *job, struct fm_why *why)
{
	return fm_job_command(job, command, sizeof(command), why);
}

static pid_t spawn(const struct fm_job *job)
{
	(void)job;
	status_of_call = system(command);
	return status_of_call < 0 ? -errno : 1;
}

static int reap(pid_t pid, int *status, struct rusage *child)
{
	(void)pid;
	*status = status_of_call;
	*child = (struct rusage){ .ru_minflt = -1 };
	return 0;
}

const struct fm_strategy fm_strategy_system = {
	.summary = "system(3): by a shell, and reaped within the call",
	.caps = FM_RETURNS_LATE | FM_REAPS,
	.offer = fm_shell_offer,
	.prepare = prepare,
	.spawn = spawn,
	.reap = reap,
};
