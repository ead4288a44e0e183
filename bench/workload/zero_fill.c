/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zero_fill - the first write to fresh memory: a frame found and cleared. */
#include "bench.h"
#include "pages.h"

static int sample(struct fm_block *b, struct fm_sample *s, struct fm_why *why)
{
	struct fm_window window;
	struct fm_region r;
	int err = fm_region_make(&r, b->backing, b->point->rss_bytes, why);

	if (err)
		return err;
	fm_window_run(r.base, r.bytes, fm_pages_base(), 1, &window);
	fm_sample_from_window(s, &window, r.bytes / r.touch_bytes);
	fm_region_drop(&r);
	return 0;
}

const struct fm_workload fm_workload_zero_fill = {
	.summary = "first write to fresh memory, one byte a base page",
	.needs = FM_NEEDS_MEMORY,
	.sample = sample,
};
