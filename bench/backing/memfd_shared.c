/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memfd_shared - memory that fork shares and never copies. */
#include <sys/mman.h>

#include "bench.h"
#include "pages.h"

static void area(const struct fm_plan_row *point, struct fm_area *area)
{
	(void)point;
	area->model.kind = FM_MODEL_SHARED;
}

static int map(struct fm_region *r, struct fm_why *why)
{
	return fm_region_map_file(r, MAP_SHARED, MADV_NOHUGEPAGE,
				  fm_open_memfd(r->bytes, 0, why), why);
}

static int prove(const struct fm_region *r, struct fm_why *why)
{
	return fm_region_prove_file(r, FM_PAGES_MEMFD | FM_PAGES_SHARED, why);
}

const struct fm_backing fm_backing_memfd_shared = {
	.summary = "a memfd, mapped shared, in base pages",
	.area = area,
	.map = map,
	.prove = prove,
};
