/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * file_shared - a file on a disk that is mapped shared: a write goes to the
 * page cache, and the file system is asked before the first to each page.
 */
#include <sys/mman.h>

#include "bench.h"
#include "pages.h"

static void area(const struct fm_plan_row *point, struct fm_area *area)
{
	(void)point;
	area->model.kind = FM_MODEL_FILE_SHARED;
}

static int map(struct fm_region *r, struct fm_why *why)
{
	return fm_region_map_file(r, MAP_SHARED, MADV_NOHUGEPAGE,
				  fm_open_file(r->bytes, why), why);
}

static int prove(const struct fm_region *r, struct fm_why *why)
{
	return fm_region_prove_file(r, FM_PAGES_FILE | FM_PAGES_SHARED, why);
}

const struct fm_backing fm_backing_file_shared = {
	.summary = "a file on a disk, mapped shared",
	.offer = fm_file_offer,
	.area = area,
	.map = map,
	.prove = prove,
};
