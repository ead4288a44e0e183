/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * start - the call to the child's first instruction, or after exec to the new
 * program's: the child itself reads the clock and leaves the stamp for us. A
 * program with a C library stamps as the first thing in main.
 */
#include "bench.h"

static int setup(struct fm_block *b, struct fm_why *why)
{
	int err = fm_burden_setup(b, why);

	return err ? err : fm_block_stamp(b, FM_STAMP_START, why);
}

static int check(struct fm_block *b, struct fm_sample *s, struct fm_why *why)
{
	int err = fm_block_reap(b, s, why);
	uint64_t stamp = err ? 0 : fm_block_stamp_ns(b);

	fm_sample_from_call(s, &b->call);
	s->start_ns = 0; /* a failed sample counts among those of its metric */
	if (stamp < b->call.from_ns)
		fm_sample_mark(s, "failed:the child left no stamp");
	else
		s->start_ns = stamp - b->call.from_ns;
	fm_block_timed(b, b->call.from_ns, b->call.from_ns + s->start_ns);
	return err;
}

const struct fm_workload fm_workload_start = {
	.summary = "call to the child's (or new program's) first instruction",
	.needs = FM_NEEDS_STRATEGY | FM_NEEDS_CHILD | FM_USES_MEMORY,
	.params = fm_burden_params,
	.setup = setup,
	.run = fm_block_spawn,
	.check = check,
};
