/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zero - private anonymous memory that was only read: the shared zero page. */
#include <sys/mman.h>

#include "bench.h"
#include "pages.h"

static void area(const struct fm_plan_row *point, struct fm_area *area)
{
	(void)point;
	area->fill = FM_FILL_READ;
}

static int map(struct fm_region *r, struct fm_why *why)
{
	return fm_region_map_anonymous(r, fm_pages_base(), 0, MADV_NOHUGEPAGE,
				       why);
}

static int prove(const struct fm_region *r, struct fm_why *why)
{
	return fm_region_prove_zero(r, 0, why);
}

const struct fm_backing fm_backing_zero = {
	.summary = "private anonymous memory, only read: the zero page",
	.area = area,
	.map = map,
	.prove = prove,
};
