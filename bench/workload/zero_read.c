/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * zero_read - the first read of fresh memory: the shared zero page is mapped
 * (for huge pages the huge zero page), and nothing is allocated or cleared.
 */
#include <errno.h>
#include <string.h>

#include "bench.h"

static const struct fm_param params[] = { FM_TOUCH_PARAMS, { 0 } };

static int model(struct fm_scenario *s)
{
	return fm_scenario_touch(s, 0, 0);
}

/* That reading allocates nothing is what this workload is about: proved. */
static int setup(struct fm_block *b, struct fm_why *why)
{
	long err = fm_first_touch_setup(b, why);

	if (!err)
		err = fm_first_touch(b, 0);
	if (err)
		return fm_fail(why, (int)-err, "zero_read: %s",
			       strerror((int)-err));
	if (b->unproved)
		*why = b->why_unproved;
	return b->unproved;
}

static long run(struct fm_block *b)
{
	return fm_first_touch(b, 0);
}

const struct fm_workload fm_workload_zero_read = {
	.summary = "first read of fresh memory",
	.needs = FM_NEEDS_MEMORY | FM_READS_FRESH,
	.params = params,
	.model = model,
	.setup = setup,
	.run = run,
	.check = fm_first_touch_check,
};
