/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spawn - how long the caller is blocked: the call to its return. */
#include "bench.h"

static int check(struct fm_block *b, struct fm_sample *s, struct fm_why *why)
{
	fm_sample_from_call(s, &b->call);
	fm_block_timed(b, b->call.from_ns, b->call.to_ns);
	s->spawn_ns = b->call.to_ns - b->call.from_ns;
	return fm_block_reap(b, s, why);
}

const struct fm_workload fm_workload_spawn = {
	.summary = "call to its return in the parent",
	.needs = FM_NEEDS_STRATEGY | FM_NEEDS_CHILD | FM_USES_MEMORY,
	.params = fm_burden_params,
	.setup = fm_burden_setup,
	.run = fm_block_spawn,
	.check = check,
};
