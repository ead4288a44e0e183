/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * last_owner - the write after a fork whose other side is through with the
 * page: it has exited, or has made its own copy. The page is ours alone then:
 * a fault, but nothing is copied.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "family.h"
#include "pagemap.h"
#include "pages.h"

static const struct fm_param params[] = {
	{ .name = "other",
	  .values = "exited,copied",
	  .meaning = "the child has exited, or has written to all pages" },
	FM_TOUCH_PARAMS,
	FM_TOUCH_BYTES_PARAM,
	{ 0 },
};

/* A page must have been the parent's, and shared by the fork. */
static int offer(const struct fm_plan_row *point, struct fm_why *why)
{
	struct fm_area area =
		fm_area_of(fm_backing_find(point->backing), point);

	if (area.model.kind == FM_MODEL_PRIVATE &&
	    area.model.at_fork == FM_MODEL_INHERIT &&
	    area.fill == FM_FILL_WRITE)
		return 0;
	return fm_fail(why, EOPNOTSUPP,
		       "no page of %s is first shared by a fork and then one "
		       "side's alone: use --backing anon, thp or the like",
		       point->backing);
}

static int model(struct fm_scenario *s)
{
	int err = fm_scenario_fill(s);
	int child = err ? err : fm_scenario_fork(s, 0);

	if (child < 0)
		return child;
	if (!strcmp(s->point->other, "exited"))
		fm_model_exit(&s->model, child);
	else
		for (size_t i = 0; i < s->area.model.pages && !err; i++)
			err = fm_model_write(&s->model, child, i);
	fm_model_forget(&s->model);
	return err ? err : fm_scenario_touch(s, 0, 1);
}

/* In the child: what makes the parent the last owner of every page. */
static void write_all(const struct fm_job *job)
{
	for (size_t at = 0; at < job->mem->bytes; at += fm_pages_base())
		*(volatile char *)(job->mem->base + at) = 2;
}

static int setup(struct fm_block *b, struct fm_why *why)
{
	int err = fm_first_touch_setup(b, why);

	b->remake = 1;
	return err ? err : fm_family_setup(b, why);
}

static int exits(struct fm_block *b)
{
	pid_t pid;

	b->job.child = fm_child_find("exit")->run;
	pid = b->strategy->spawn(&b->job);
	return pid < 0 ? pid :
			 fm_reap(b->strategy, pid, &b->call.status,
				 &b->call.child);
}

static int copies(struct fm_block *b)
{
	pid_t pid = fm_family_spawn(b, write_all, 1);

	return pid < 0 ? pid : fm_family_await(b);
}

/*
 * Frames of a few pages of the walk, before and after: what was reused stayed.
 * Frame number 0 is "not told", so that only root can look.
 */
enum { LOOKS = 16 };
static uint64_t frame[LOOKS];

static uint64_t frame_of(const struct fm_block *b, size_t look)
{
	size_t page = fm_touch_page(&b->touch, b->touch.count * look / LOOKS);
	struct fm_pagemap_entry entry;

	if (!b->touch.count ||
	    fm_pagemap_read(0, b->mem.base + page * fm_pages_base(), &entry))
		return 0;
	return entry.pfn;
}

static long run(struct fm_block *b)
{
	int err = !strcmp(b->point->other, "exited") ? exits(b) : copies(b);

	if (err)
		return err;
	fm_block_touch_prepare(b, &b->mem, 1);
	for (size_t i = 0; i < LOOKS; i++)
		frame[i] = frame_of(b, i);
	return fm_block_touch(b, &b->mem, 1, &b->window);
}

static int check(struct fm_block *b, struct fm_sample *s, struct fm_why *why)
{
	int err = fm_family_end(b, s, why), copied = 0;

	if (!strcmp(b->point->other, "exited"))
		fm_sample_reaped(s, b->call.status, &b->call.child);
	fm_sample_from_window(s, &b->window, b);
	fm_block_take_singles(b);
	for (size_t i = 0; i < LOOKS; i++)
		copied += frame[i] != frame_of(b, i);
	if (copied && !b->point->model_copied)
		fm_sample_mark(s, "failed:%d of %d pages were copied", copied,
			       LOOKS);
	return err;
}

const struct fm_workload fm_workload_last_owner = {
	.summary = "write after the other side has exited, or has copied",
	.needs = FM_NEEDS_STRATEGY | FM_NEEDS_MEMORY | FM_USES_MEMORY |
		 FM_NEEDS_COPY,
	.params = params,
	.offer = offer,
	.model = model,
	.setup = setup,
	.run = run,
	.check = check,
};
