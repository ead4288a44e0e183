/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * teardown - the child's last instruction to the child reaped: its memory is
 * given back, and we hear of it. The child reads the clock, stores what it read
 * and exits; an exec'ed program writes it to a pipe before, which is counted.
 */
#include "bench.h"

static int setup(struct fm_block *b, struct fm_why *why)
{
	int err = fm_burden_setup(b, why);

	return err ? err : fm_block_stamp(b, FM_STAMP_END, why);
}

static int check(struct fm_block *b, struct fm_sample *s, struct fm_why *why)
{
	uint64_t stamp = fm_block_stamp_ns(b);

	(void)why;
	fm_sample_from_call(s, &b->call);
	fm_sample_reaped(s, b->call.status, &b->call.child);
	s->teardown_ns = 0;
	if (stamp < b->call.from_ns || stamp > b->call.to_ns)
		fm_sample_mark(s, "failed:the child left no stamp");
	else
		s->teardown_ns = b->call.to_ns - stamp;
	fm_block_timed(b, b->call.to_ns - s->teardown_ns, b->call.to_ns);
	return 0;
}

const struct fm_workload fm_workload_teardown = {
	.summary = "child's last instruction to child reaped",
	.needs = FM_NEEDS_STRATEGY | FM_NEEDS_CHILD | FM_USES_MEMORY,
	.params = fm_burden_params,
	.setup = setup,
	.run = fm_block_spawn_and_reap,
	.check = check,
};
