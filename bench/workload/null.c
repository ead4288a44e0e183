/* SPDX-License-Identifier: GPL-3.0-or-later */
/* null - the harness alone: two reads of the clock around an empty call. */
#include "bench.h"

static long run(struct fm_block *b)
{
	(void)b;
	return 0;
}

static int check(struct fm_block *b, struct fm_sample *s, struct fm_why *why)
{
	(void)why;
	fm_sample_from_call(s, &b->call);
	fm_block_timed(b, b->call.from_ns, b->call.to_ns);
	s->batch_ns = b->call.to_ns - b->call.from_ns;
	s->ops = 1;
	return 0;
}

const struct fm_workload fm_workload_null = {
	.summary = "the harness itself: two clock reads and an indirect call",
	.run = run,
	.check = check,
};
