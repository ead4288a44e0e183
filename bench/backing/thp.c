/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * thp - private anonymous memory in transparent huge pages, aligned and asked
 * for by MADV_HUGEPAGE; one first touch brings in a whole huge page.
 */
#include <errno.h>
#include <sys/mman.h>

#include "bench.h"
#include "pages.h"

static int offer(const struct fm_plan_row *point, struct fm_settings *settings,
		 struct fm_why *why)
{
	(void)point;
	return fm_huge_want(settings, fm_pages_huge(), "enabled", "madvise",
			    why);
}

static void area(const struct fm_plan_row *point, struct fm_area *area)
{
	(void)point;
	area->model.unit = fm_pages_huge() / fm_pages_base();
	area->model.one_entry = 1;
}

static int map(struct fm_region *r, struct fm_why *why)
{
	return fm_region_map_anonymous(r, fm_pages_huge(), 0, MADV_HUGEPAGE,
				       why);
}

static int prove(const struct fm_region *r, struct fm_why *why)
{
	struct fm_pages_range is;
	int err = fm_region_look(r, 0, &is, why);

	if (err)
		return err;
	if (is.anon_huge < r->bytes)
		return fm_fail(why, ENOMEM,
			       "only %llu of %zu bytes are in huge pages; free "
			       "or compact memory: echo 1 > "
			       "/proc/sys/vm/compact_memory",
			       (unsigned long long)is.anon_huge, r->bytes);
	return 0;
}

const struct fm_backing fm_backing_thp = {
	.summary = "private anonymous memory in transparent huge pages",
	.offer = offer,
	.area = area,
	.map = map,
	.prove = prove,
};
