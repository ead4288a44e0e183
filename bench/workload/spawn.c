/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spawn - how long the caller is blocked: the call to its return. */
#include <errno.h>
#include <string.h>

#include "bench.h"
#include "clock.h"

static int sample(struct fm_block *b, struct fm_sample *s, struct fm_why *why)
{
	struct fm_own own;
	uint64_t from, to;
	pid_t pid;

	fm_own_begin(&own);
	from = fm_clock_ns();
	pid = b->strategy->spawn(&b->job);
	to = fm_clock_ns();
	fm_own_end(&own, s);
	if (pid < 0)
		return fm_fail(why, -pid, "no child: %s", strerror(-pid));
	s->spawn_ns = to - from;
	return fm_reap(pid, s, why);
}

const struct fm_workload fm_workload_spawn = {
	.summary = "call to its return in the parent",
	.needs = FM_NEEDS_STRATEGY | FM_NEEDS_CHILD | FM_USES_MEMORY,
	.sample = sample,
};
