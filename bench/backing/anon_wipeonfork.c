/* SPDX-License-Identifier: GPL-3.0-or-later */
/* anon_wipeonfork - private anonymous base pages; a child finds it empty. */
#include <sys/mman.h>

#include "bench.h"
#include "pages.h"

static void area(const struct fm_plan_row *point, struct fm_area *area)
{
	(void)point;
	area->model.at_fork = FM_MODEL_WIPEONFORK;
}

static int map(struct fm_region *r, struct fm_why *why)
{
	int err = fm_region_map_anonymous(r, fm_pages_base(), 0,
					  MADV_NOHUGEPAGE, why);

	if (!err)
		err = fm_region_advise(r, MADV_WIPEONFORK, why);
	if (err)
		fm_region_drop(r);
	return err;
}

static int prove(const struct fm_region *r, struct fm_why *why)
{
	struct fm_pages_range is;

	return fm_region_look_base_pages(r, FM_PAGES_WIPEONFORK, &is, why);
}

const struct fm_backing fm_backing_anon_wipeonfork = {
	.summary = "private anonymous memory that a child finds empty",
	.area = area,
	.map = map,
	.prove = prove,
};
