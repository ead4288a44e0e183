/* SPDX-License-Identifier: GPL-3.0-or-later */
/* huge_zero - memory for huge pages that was only read: the huge zero page. */
#include <sys/mman.h>

#include "bench.h"
#include "pages.h"

#define USE "/sys/kernel/mm/transparent_hugepage/use_zero_page"

static int offer(const struct fm_plan_row *point, struct fm_settings *settings,
		 struct fm_why *why)
{
	int err = fm_huge_want(settings, fm_pages_huge(), "enabled", "madvise",
			       why);

	(void)point;
	return err ? err : fm_settings_want(settings, USE, "1", why);
}

static void area(const struct fm_plan_row *point, struct fm_area *area)
{
	(void)point;
	area->model.unit = fm_pages_huge() / fm_pages_base();
	area->model.one_entry = 1;
	area->fill = FM_FILL_READ;
}

static int map(struct fm_region *r, struct fm_why *why)
{
	return fm_region_map_anonymous(r, fm_pages_huge(), 0, MADV_HUGEPAGE,
				       why);
}

static int prove(const struct fm_region *r, struct fm_why *why)
{
	return fm_region_prove_zero(r, 1, why);
}

const struct fm_backing fm_backing_huge_zero = {
	.summary = "memory for huge pages, only read: the huge zero page",
	.offer = offer,
	.area = area,
	.map = map,
	.prove = prove,
};
