/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cow - the first write to pages that a fork made shared: trap, allocate,
 * copy, map. The last child writes, or the parent while the children live, or
 * first one and then the other.
 */
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "family.h"

static const struct fm_param params[] = {
	{ .name = "writer",
	  .values = "child,parent,both",
	  .meaning = "who writes to the shared pages" },
	FM_TOUCH_PARAMS,
	FM_TOUCH_BYTES_PARAM,
	{ .name = "sharers",
	  .values = "1",
	  .least = 1,
	  .most = FM_FAMILY_MAX,
	  .meaning = "children that share the pages" },
	{ .name = "generations",
	  .values = "1",
	  .least = 1,
	  .most = FM_GENERATIONS_MAX,
	  .meaning = "child of a child of ...; the last one writes" },
	FM_BYSTANDERS_PARAM,
	{ 0 },
};

static int child_writes(const struct fm_block *b)
{
	return strcmp(b->point->writer, "parent") != 0;
}

static int parent_writes(const struct fm_block *b)
{
	return strcmp(b->point->writer, "child") != 0;
}

static int number(const char *text)
{
	int n = 0;

	for (; *text; text++)
		n = 10 * n + (*text - '0');
	return n;
}

static int model(struct fm_scenario *s)
{
	int err = fm_scenario_fill(s), child = 0;

	for (int i = number(s->point->sharers); i && err >= 0; i--)
		err = child = fm_scenario_fork(s, 0);
	for (int i = number(s->point->generations); i > 1 && err >= 0; i--)
		err = child = fm_scenario_fork(s, child);
	if (err < 0)
		return err;
	fm_model_forget(&s->model);
	err = 0;
	if (strcmp(s->point->writer, "parent"))
		err = fm_scenario_touch(s, child, 1);
	if (!err && strcmp(s->point->writer, "child"))
		err = fm_scenario_touch(s, 0, 1);
	return err;
}

static struct fm_block *block;

/* In the child. The walk itself is prepared by the parent. */
static void write_all(const struct fm_job *job)
{
	if (fm_window_run(&block->touch, &job->shared->window,
			  &job->shared->room))
		_exit(127);
	if (job->shared->look)
		fm_block_look(job->shared, job->mem);
}

static int setup(struct fm_block *b, struct fm_why *why)
{
	int err = fm_first_touch_setup(b, why);

	block = b;
	b->remake = parent_writes(b);
	if (!err)
		err = fm_burden_setup(b, why);
	return err ? err : fm_family_setup(b, why);
}

/* The windows stand in memory that the children share, whoever writes. */
static long run(struct fm_block *b)
{
	struct fm_shared *shared = b->job.shared;
	int sharers = number(b->point->sharers);
	long err = 0;

	shared->window = shared->second = (struct fm_window){ 0 };
	fm_block_touch_prepare(b, &b->mem, 1);
	for (int i = 1; i < sharers && err >= 0; i++)
		err = fm_family_spawn(b, NULL, 1);
	if (err >= 0 && sharers > 1)
		err = fm_family_await(b);
	if (err >= 0)
		err = fm_family_spawn(b, child_writes(b) ? write_all : NULL,
				      parent_writes(b));
	if (err < 0 || !parent_writes(b))
		return err;
	err = fm_family_await(b);
	if (!err)
		err = fm_window_run(&b->touch, &shared->second, &shared->room);
	if (shared->look && !child_writes(b))
		fm_block_look(shared, &b->mem);
	return err;
}

static int check(struct fm_block *b, struct fm_sample *s, struct fm_why *why)
{
	struct fm_shared *shared = b->job.shared;
	int err = fm_family_end(b, s, why);
	struct fm_window sum = shared->window;

	for (int i = 0; i < 2; i++) {
		const struct fm_window *w =
			i ? &shared->second : &shared->window;

		fm_block_timed(b, w->from_ns, w->from_ns + w->ns);
	}
	fm_window_add(&sum, &shared->second);
	sum.from_ns = 0; /* told above: the sum is no interval */
	fm_sample_from_window(s, &sum, b);
	fm_block_take_singles(b);
	return err ? err : fm_block_take_look(b, why);
}

const struct fm_workload fm_workload_cow = {
	.summary = "first write to pages that a fork made shared",
	.needs = FM_NEEDS_STRATEGY | FM_NEEDS_MEMORY | FM_USES_MEMORY |
		 FM_NEEDS_COPY,
	.params = params,
	.model = model,
	.setup = setup,
	.run = run,
	.check = check,
};
