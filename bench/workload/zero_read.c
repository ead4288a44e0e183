/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * zero_read - the first read of fresh memory: the shared zero page is mapped
 * (for huge pages the huge zero page), and nothing is allocated or cleared.
 */
#include <errno.h>
#include <string.h>

#include "bench.h"

/* That reading allocates nothing is what this workload is about: proved. */
static int setup(struct fm_block *b, struct fm_why *why)
{
	long err = fm_window_first_touch(b, 0);

	if (err)
		return fm_fail(why, (int)-err, "zero_read: %s",
			       strerror((int)-err));
	if (b->unproved == -ERANGE)
		return fm_fail(why, EOPNOTSUPP,
			       "reading allocates memory here instead of "
			       "mapping the zero page; as root: echo 1 > "
			       "/sys/kernel/mm/transparent_hugepage/"
			       "use_zero_page");
	if (b->unproved)
		*why = b->why_unproved;
	return b->unproved;
}

static long run(struct fm_block *b)
{
	return fm_window_first_touch(b, 0);
}

const struct fm_workload fm_workload_zero_read = {
	.summary = "first read of fresh memory, one byte a base page",
	.needs = FM_NEEDS_MEMORY,
	.setup = setup,
	.run = run,
	.check = fm_window_first_touch_check,
};
