/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zero_fill - the first write to fresh memory: a frame found and cleared. */
#include "bench.h"

static const struct fm_param params[] = { FM_TOUCH_PARAMS,
					  FM_TOUCH_BYTES_PARAM,
					  { 0 } };

static int model(struct fm_scenario *s)
{
	return fm_scenario_touch(s, 0, 1);
}

static long run(struct fm_block *b)
{
	return fm_first_touch(b, 1);
}

const struct fm_workload fm_workload_zero_fill = {
	.summary = "first write to fresh memory",
	.needs = FM_NEEDS_MEMORY | FM_WRITES_FRESH,
	.params = params,
	.model = model,
	.setup = fm_first_touch_setup,
	.run = run,
	.check = fm_first_touch_check,
};
