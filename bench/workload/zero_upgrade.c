/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * zero_upgrade - the first write to memory that was read before: the zero page
 * gives way to a frame that is found and cleared.
 */
#include "bench.h"

static const struct fm_param params[] = { FM_TOUCH_PARAMS,
					  FM_TOUCH_BYTES_PARAM,
					  { 0 } };

static int model(struct fm_scenario *s)
{
	int err = 0;

	for (size_t i = 0; i < s->area.model.pages && !err; i++)
		err = fm_model_read(&s->model, 0, i);
	fm_model_forget(&s->model);
	return err ? err : fm_scenario_touch(s, 0, 1);
}

static long run(struct fm_block *b)
{
	return fm_second_touch(b);
}

const struct fm_workload fm_workload_zero_upgrade = {
	.summary = "first write to memory that was only read",
	.needs = FM_NEEDS_MEMORY | FM_WRITES_FRESH,
	.params = params,
	.model = model,
	.setup = fm_first_touch_setup,
	.run = run,
	.check = fm_first_touch_check,
};
