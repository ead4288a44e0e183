/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * file_private - a file on a disk that is mapped private and only read: its
 * pages are those of the page cache, and a write copies them.
 */
#include <sys/mman.h>

#include "bench.h"
#include "pages.h"

static void area(const struct fm_plan_row *point, struct fm_area *area)
{
	(void)point;
	area->model.kind = FM_MODEL_FILE_PRIVATE;
	area->fill = FM_FILL_READ;
}

static int map(struct fm_region *r, struct fm_why *why)
{
	return fm_region_map_file(r, MAP_PRIVATE, MADV_NOHUGEPAGE,
				  fm_open_file(r->bytes, why), why);
}

static int prove(const struct fm_region *r, struct fm_why *why)
{
	return fm_region_prove_file(r, FM_PAGES_FILE, why);
}

const struct fm_backing fm_backing_file_private = {
	.summary = "a file on a disk, mapped private and read",
	.offer = fm_file_offer,
	.area = area,
	.map = map,
	.prove = prove,
};
