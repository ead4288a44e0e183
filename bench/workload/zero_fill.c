/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zero_fill - the first write to fresh memory: a frame found and cleared. */
#include "bench.h"

static long run(struct fm_block *b)
{
	return fm_window_first_touch(b, 1);
}

const struct fm_workload fm_workload_zero_fill = {
	.summary = "first write to fresh memory, one byte a base page",
	.needs = FM_NEEDS_MEMORY,
	.run = run,
	.check = fm_window_first_touch_check,
};
