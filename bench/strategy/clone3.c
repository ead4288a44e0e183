/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clone3 - clone3(2) without a flag, which is a fork by the newest door. */
#include <signal.h>

#include "bench.h"
#include "clone3.h"

static pid_t spawn(const struct fm_job *job)
{
	const struct fm_clone3 args = { .exit_signal = SIGCHLD };
	long pid = fm_clone3(&args);

	if (pid == 0)
		job->child(job);
	return (pid_t)pid;
}

const struct fm_strategy fm_strategy_clone3 = {
	.summary = "clone3(2) without flags: a fork past the C library",
	.caps = FM_RUNS_CODE | FM_OWN_MEMORY,
	.offer = fm_clone3_offer,
	.spawn = spawn,
};
