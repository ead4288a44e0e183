/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * popen - popen(3): a shell is started to start the program, whose output we
 * could read through a stream; pclose(3) ends stream and shell. The stream is
 * part of the price. What the child used, nobody tells.
 */
#include <errno.h>
#include <stdio.h>

#include "bench.h"

static char command[8192];
static FILE *stream;

static int prepare(const struct fm_job *job, struct fm_why *why)
{
	return fm_job_command(job, command, sizeof(command), why);
}

static pid_t spawn(const struct fm_job *job)
{
	(void)job;
	stream = popen(command, "r");
	return stream ? 1 : -errno;
}

static int reap(pid_t pid, int *status, struct rusage *child)
{
	(void)pid;
	*status = pclose(stream);
	*child = (struct rusage){ .ru_minflt = -1 };
	return *status < 0 ? -errno : 0;
}

const struct fm_strategy fm_strategy_popen = {
	.summary = "popen(3): by a shell, with a pipe; reaped by pclose(3)",
	.caps = FM_RETURNS_LATE,
	.offer = fm_shell_offer,
	.prepare = prepare,
	.spawn = spawn,
	.reap = reap,
};
