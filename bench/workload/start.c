/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * start - the call to the child's first instruction, or after exec to the new
 * program's: the child itself reads the clock and leaves the stamp for us.
 */
#include <errno.h>
#include <string.h>

#include "bench.h"
#include "clock.h"

static int sample(struct fm_block *b, struct fm_sample *s, struct fm_why *why)
{
	struct fm_own own;
	uint64_t from, stamp;
	pid_t pid;
	int err;

	fm_own_begin(&own);
	from = fm_clock_ns();
	pid = b->strategy->spawn(&b->job);
	fm_own_end(&own, s);
	if (pid < 0)
		return fm_fail(why, -pid, "no child: %s", strerror(-pid));
	err = fm_reap(pid, s, why);
	if (err)
		return err;
	stamp = fm_block_stamp_ns(b);
	if (stamp < from)
		fm_sample_mark(s, "failed:the child left no stamp");
	else
		s->start_ns = stamp - from;
	return 0;
}

const struct fm_workload fm_workload_start = {
	.summary = "call to the child's (or new program's) first instruction",
	.needs = FM_NEEDS_STRATEGY | FM_NEEDS_CHILD | FM_USES_MEMORY,
	.setup = fm_block_stamp,
	.sample = sample,
};
