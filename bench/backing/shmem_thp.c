/* SPDX-License-Identifier: GPL-3.0-or-later */
/* shmem_thp - a memfd in transparent huge pages, mapped shared. */
#include <errno.h>
#include <sys/mman.h>

#include "bench.h"
#include "pages.h"

static int offer(const struct fm_plan_row *point, struct fm_settings *settings,
		 struct fm_why *why)
{
	(void)point;
	return fm_huge_want(settings, fm_pages_huge(), "shmem_enabled",
			    "advise", why);
}

static void area(const struct fm_plan_row *point, struct fm_area *area)
{
	(void)point;
	area->model.kind = FM_MODEL_SHARED;
	area->model.unit = fm_pages_huge() / fm_pages_base();
	area->model.one_entry = 1;
}

static int map(struct fm_region *r, struct fm_why *why)
{
	return fm_region_map_file(r, MAP_SHARED, MADV_HUGEPAGE,
				  fm_open_memfd(r->bytes, 0, why), why);
}

static int prove(const struct fm_region *r, struct fm_why *why)
{
	struct fm_pages_range is;
	int err = fm_region_look(r, FM_PAGES_MEMFD | FM_PAGES_SHARED, &is, why);

	if (err)
		return err;
	if (is.shmem_huge < r->bytes)
		return fm_fail(why, ENOMEM,
			       "only %llu of %zu bytes are in huge pages; free "
			       "or compact memory: echo 1 > "
			       "/proc/sys/vm/compact_memory",
			       (unsigned long long)is.shmem_huge, r->bytes);
	return 0;
}

const struct fm_backing fm_backing_shmem_thp = {
	.summary = "a memfd, mapped shared, in transparent huge pages",
	.offer = offer,
	.area = area,
	.map = map,
	.prove = prove,
};
