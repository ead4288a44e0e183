/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * zero_read - the first read of fresh memory: the shared zero page is mapped
 * (for huge pages the huge zero page), and nothing is allocated or cleared.
 */
#include <errno.h>

#include "bench.h"
#include "pages.h"

/* That reading allocates nothing is what this workload is about: proved. */
static int setup(struct fm_block *b, struct fm_why *why)
{
	struct fm_pages_range is;
	struct fm_window window;
	struct fm_region r;
	int err = fm_region_make(&r, b->backing, b->point->rss_bytes, why);

	if (err)
		return err;
	fm_window_run(r.base, r.bytes, fm_pages_base(), 0, &window);
	err = fm_pages_range(r.base, r.bytes, &is);
	fm_region_drop(&r);
	if (err)
		return fm_fail(why, -err, "/proc/self/smaps is not readable");
	if (is.anonymous)
		return fm_fail(why, EOPNOTSUPP,
			       "reading allocates memory here instead of "
			       "mapping the zero page; as root: echo 1 > "
			       "/sys/kernel/mm/transparent_hugepage/"
			       "use_zero_page");
	return 0;
}

static long run(struct fm_block *b)
{
	return fm_window_first_touch(b, 0);
}

static int check(struct fm_block *b, struct fm_sample *s, struct fm_why *why)
{
	(void)why;
	fm_sample_first_touch(b, s);
	return 0;
}

const struct fm_workload fm_workload_zero_read = {
	.summary = "first read of fresh memory, one byte a base page",
	.needs = FM_NEEDS_MEMORY,
	.setup = setup,
	.run = run,
	.check = check,
};
