/* SPDX-License-Identifier: GPL-3.0-or-later */
/* none - the parent is only itself: the least that there is to copy. */
#include "bench.h"

static void area(const struct fm_plan_row *point, struct fm_area *area)
{
	(void)point;
	area->model.unit = 0;
}

static int map(struct fm_region *r, struct fm_why *why)
{
	(void)r;
	(void)why;
	return 0;
}

static int prove(const struct fm_region *r, struct fm_why *why)
{
	(void)r;
	(void)why;
	return 0;
}

const struct fm_backing fm_backing_none = {
	.summary = "no memory but the worker's own",
	.area = area,
	.map = map,
	.prove = prove,
};
