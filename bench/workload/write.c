/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * write - the first write to the parent's memory as its backing left it, with
 * no fork at all: what a merged, wiped, read or mapped page costs to make ours;
 * of plain memory, no fault: the floor of all fault workloads.
 */
#include "bench.h"

static const struct fm_param params[] = { FM_TOUCH_PARAMS,
					  FM_TOUCH_BYTES_PARAM,
					  { 0 } };

static int model(struct fm_scenario *s)
{
	int err = fm_scenario_fill(s);

	fm_model_forget(&s->model);
	return err ? err : fm_scenario_touch(s, 0, 1);
}

static int setup(struct fm_block *b, struct fm_why *why)
{
	b->remake = 1;
	return fm_first_touch_setup(b, why);
}

static long run(struct fm_block *b)
{
	return fm_block_touch(b, &b->mem, 1, &b->window);
}

static int check(struct fm_block *b, struct fm_sample *s, struct fm_why *why)
{
	(void)why;
	fm_sample_from_window(s, &b->window, b);
	fm_block_take_singles(b);
	return 0;
}

const struct fm_workload fm_workload_write = {
	.summary = "first write to memory as its backing left it, no fork",
	.needs = FM_NEEDS_MEMORY | FM_USES_MEMORY,
	.params = params,
	.model = model,
	.setup = setup,
	.run = run,
	.check = check,
};
