/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wait - the child's whole life: the call to the child reaped. */
#include <errno.h>
#include <string.h>
#include <sys/wait.h>

#include "bench.h"
#include "clock.h"

static int sample(struct fm_block *b, struct fm_sample *s, struct fm_why *why)
{
	struct rusage ru;
	struct fm_own own;
	uint64_t from, to;
	pid_t pid, reaped;
	int status;

	fm_own_begin(&own);
	from = fm_clock_ns();
	pid = b->strategy->spawn(&b->job);
	reaped = pid < 0 ? pid : wait4(pid, &status, 0, &ru);
	to = fm_clock_ns();
	fm_own_end(&own, s);
	if (pid < 0)
		return fm_fail(why, -pid, "no child: %s", strerror(-pid));
	if (reaped != pid)
		return fm_fail(why, errno, "wait4: %s", strerror(errno));
	s->wait_ns = to - from;
	fm_sample_reaped(s, status, &ru);
	return 0;
}

const struct fm_workload fm_workload_wait = {
	.summary = "call to child reaped",
	.needs = FM_NEEDS_STRATEGY | FM_NEEDS_CHILD | FM_USES_MEMORY,
	.sample = sample,
};
