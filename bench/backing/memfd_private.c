/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * memfd_private - a filled memfd that is mapped private and only read: its
 * pages are the memfd's, and a write copies them, with fork or without.
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
				  fm_open_memfd(r->bytes, 1, why), why);
}

static int prove(const struct fm_region *r, struct fm_why *why)
{
	return fm_region_prove_file(r, FM_PAGES_MEMFD, why);
}

const struct fm_backing fm_backing_memfd_private = {
	.summary = "a filled memfd, mapped private and read",
	.area = area,
	.map = map,
	.prove = prove,
};
