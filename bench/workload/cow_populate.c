/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cow_populate - all pages that a fork made shared, copied by one system call
 * of the child (MADV_POPULATE_WRITE), beside cow, which takes a fault a page.
 */
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bench.h"

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif

static int offer(const struct fm_plan_row *point, struct fm_why *why)
{
	(void)point;
	if (madvise(NULL, 0, MADV_POPULATE_WRITE) == 0)
		return 0;
	return fm_fail(why, EOPNOTSUPP,
		       "this kernel has no MADV_POPULATE_WRITE; it takes Linux "
		       "5.14");
}

static int model(struct fm_scenario *s)
{
	int err = fm_scenario_fill(s);
	int child = err ? err : fm_scenario_fork(s, 0);

	fm_model_forget(&s->model);
	return child < 0 ? child : fm_scenario_touch(s, child, 1);
}

static int populate(void *ctx)
{
	const struct fm_region *r = ctx;

	return madvise(r->base, r->bytes, MADV_POPULATE_WRITE) ? -errno : 0;
}

/* In the child. */
static void copy_all(const struct fm_job *job)
{
	if (fm_window_call(populate, (void *)job->mem, &job->shared->window))
		_exit(127);
	if (job->shared->look)
		fm_block_look(job->shared, job->mem);
	_exit(FM_CHILD_STATUS);
}

static long run(struct fm_block *b)
{
	b->job.child = copy_all;
	b->job.shared->window = (struct fm_window){ 0 };
	fm_block_touch_prepare(b, &b->mem, 1);
	return b->strategy->spawn(&b->job);
}

static int check(struct fm_block *b, struct fm_sample *s, struct fm_why *why)
{
	int err = fm_block_reap(b, s, why);

	fm_sample_from_window(s, &b->job.shared->window, b);
	return err ? err : fm_block_take_look(b, why);
}

const struct fm_workload fm_workload_cow_populate = {
	.summary = "copy of all that a fork made shared, by one system call",
	.needs = FM_NEEDS_STRATEGY | FM_NEEDS_MEMORY | FM_USES_MEMORY |
		 FM_NEEDS_COPY,
	.offer = offer,
	.model = model,
	.setup = fm_first_touch_setup,
	.run = run,
	.check = check,
};
