/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wait - the child's whole life: the call to the child reaped. */
#include "bench.h"

static int check(struct fm_block *b, struct fm_sample *s, struct fm_why *why)
{
	(void)why;
	fm_sample_from_call(s, &b->call);
	fm_block_timed(b, b->call.from_ns, b->call.to_ns);
	s->wait_ns = b->call.to_ns - b->call.from_ns;
	fm_sample_reaped(s, b->call.status, &b->call.child);
	return 0;
}

const struct fm_workload fm_workload_wait = {
	.summary = "call to child reaped",
	.needs = FM_NEEDS_STRATEGY | FM_NEEDS_CHILD | FM_USES_MEMORY,
	.params = fm_burden_params,
	.setup = fm_burden_setup,
	.run = fm_block_spawn_and_reap,
	.check = check,
};
