/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A point on the model: what its faults, copies and frames must be. */
#include <errno.h>
#include <stdlib.h>

#include "pages.h"
#include "scenario.h"

int fm_scenario_fill(struct fm_scenario *s)
{
	int err = 0;

	for (size_t i = 0; i < s->area.model.pages && !err; i++)
		if (s->area.fill == FM_FILL_WRITE)
			err = fm_model_write(&s->model, 0, i);
		else if (s->area.fill == FM_FILL_READ ||
			 s->area.fill == FM_FILL_MERGE)
			err = fm_model_read(&s->model, 0, i);
	return err;
}

/* What the child does by itself, before our code runs there. */
static int child_copies(struct fm_scenario *s, int child)
{
	struct fm_model_count count = s->model.count;
	int err = 0;

	for (size_t i = 0; i < s->area.model.pages && !err; i++)
		err = fm_model_write(&s->model, child, i);
	s->model.count.faults = count.faults;
	return err;
}

int fm_scenario_fork(struct fm_scenario *s, int process)
{
	int child = fm_model_fork(&s->model, process);
	int err = 0;

	if (child >= 0 && s->strategy && (s->strategy->caps & FM_CHILD_COPIES))
		err = child_copies(s, child);
	return err ? err : child;
}

int fm_scenario_touch(struct fm_scenario *s, int process, int write)
{
	int err = 0;

	fm_touch_from_point(&s->touch, s->point, s->area.model.pages,
			    s->area.model.unit, write);
	for (size_t i = 0; i < s->touch.count && !err; i++) {
		size_t page = fm_touch_page(&s->touch, i);

		err = write ? fm_model_write(&s->model, process, page) :
			      fm_model_read(&s->model, process, page);
	}
	return err;
}

static size_t number(const char *text)
{
	return *text ? (size_t)strtoul(text, NULL, 10) : 1;
}

/* The memory of each process that there can be: a pool that is never short. */
static size_t pool(const struct fm_plan_row *point, size_t pages)
{
	size_t processes =
		2 + number(point->sharers) + number(point->generations);

	return pages * processes + 64;
}

static void take_counts(struct fm_plan_row *point, const struct fm_model *m)
{
	point->model_faults = m->count.faults;
	point->model_copied = m->count.copied;
	point->model_zeroed = m->count.zero_fills;
	point->model_frames = m->used;
}

int fm_scenario_predict(struct fm_plan_row *point,
			const struct fm_model_policy *policy)
{
	const struct fm_workload *w = fm_workload_find(point->workload);
	const struct fm_backing *b = fm_backing_find(point->backing);
	struct fm_scenario s = {
		.point = point,
		.strategy = fm_strategy_find(point->strategy),
	};
	int err;

	if (!w->model || !b)
		return 0;
	s.area = fm_area_of(b, point);
	s.area.model.pages = point->rss_bytes / fm_pages_base();
	if (s.strategy && (s.strategy->caps & FM_COPIES) &&
	    s.area.model.at_fork == FM_MODEL_INHERIT)
		s.area.model.at_fork = FM_MODEL_PINNED;
	err = fm_model_open(&s.model, policy, pool(point, s.area.model.pages));
	if (err)
		return err;
	err = fm_model_map(&s.model, 0, &s.area.model);
	if (!err)
		err = w->model(&s);
	if (!err)
		take_counts(point, &s.model);
	fm_model_close(&s.model);
	return err;
}
