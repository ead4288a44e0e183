/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zero_fill - the first write to fresh memory: a frame found and cleared. */
#include "bench.h"

static long run(struct fm_block *b)
{
	return fm_window_first_touch(b, 1);
}

static int check(struct fm_block *b, struct fm_sample *s, struct fm_why *why)
{
	(void)why;
	fm_sample_first_touch(b, s);
	return 0;
}

const struct fm_workload fm_workload_zero_fill = {
	.summary = "first write to fresh memory, one byte a base page",
	.needs = FM_NEEDS_MEMORY,
	.run = run,
	.check = check,
};
