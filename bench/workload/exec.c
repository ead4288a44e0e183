/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * exec - exec's share of a child's life: from the child's call of execve(2) to
 * the new program's first instruction (with a C library: main).
 */
#include "bench.h"

static int setup(struct fm_block *b, struct fm_why *why)
{
	return fm_block_stamp(b, FM_STAMP_EXEC, why);
}

static int check(struct fm_block *b, struct fm_sample *s, struct fm_why *why)
{
	int err = fm_block_reap(b, s, why);
	uint64_t stamp = err ? 0 : fm_block_stamp_ns(b);
	uint64_t from = b->job.shared->exec_ns;

	fm_sample_from_call(s, &b->call);
	s->exec_ns = 0;
	if (from < b->call.from_ns || stamp < from)
		fm_sample_mark(s, "failed:the child left no stamp");
	else
		s->exec_ns = stamp - from;
	fm_block_timed(b, from, from + s->exec_ns);
	b->job.shared->exec_ns = 0;
	return err;
}

const struct fm_workload fm_workload_exec = {
	.summary = "execve(2) to the new program's first instruction",
	.needs = FM_NEEDS_STRATEGY | FM_NEEDS_CHILD | FM_USES_MEMORY |
		 FM_NEEDS_CODE | FM_NEEDS_EXEC,
	.setup = setup,
	.run = fm_block_spawn,
	.check = check,
};
