/* SPDX-License-Identifier: GPL-3.0-or-later */
/* untouched - private anonymous memory that is mapped and never used. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "bench.h"
#include "pagemap.h"
#include "pages.h"

static void area(const struct fm_plan_row *point, struct fm_area *area)
{
	(void)point;
	area->fill = FM_FILL_NOTHING;
}

static int map(struct fm_region *r, struct fm_why *why)
{
	return fm_region_map_anonymous(r, fm_pages_base(), 0, MADV_NOHUGEPAGE,
				       why);
}

/* Resident counts no zero page, so pagemap is asked, too. */
static int prove(const struct fm_region *r, struct fm_why *why)
{
	struct fm_pagemap_sum pages;
	struct fm_pages_range is;
	int err = fm_region_look(r, 0, &is, why);

	if (err)
		return err;
	err = fm_pagemap_sum(r->base, r->bytes, &pages);
	if (err)
		return fm_fail(why, -err, "/proc/self/pagemap: %s",
			       strerror(-err));
	if (is.rss || is.hugetlb || pages.present || pages.swapped)
		return fm_fail(
			why, ERANGE, "%llu of %llu pages are there",
			(unsigned long long)(pages.present + pages.swapped),
			(unsigned long long)pages.pages);
	return 0;
}

const struct fm_backing fm_backing_untouched = {
	.summary = "private anonymous memory, mapped and never used",
	.area = area,
	.map = map,
	.prove = prove,
};
