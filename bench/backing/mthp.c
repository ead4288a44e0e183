/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mthp - private anonymous memory in huge pages of one size below that of a
 * page-middle-directory entry: all other sizes are switched off meanwhile.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "bench.h"
#include "file.h"
#include "pagemap.h"
#include "pages.h"

#define SIZES "/sys/kernel/mm/transparent_hugepage/hugepages-%zukB/"

static const struct fm_param params[] = {
	{ .name = "page",
	  .values = "64K,16K,32K,128K,256K,512K,1M,2M,4M,8M,16M,32M,64M,128M,"
		    "256M",
	  .meaning = "size of the huge pages" },
	{ 0 },
};

/* Every other size is refused, or a larger one would be given first. */
static int offer(const struct fm_plan_row *point, struct fm_settings *settings,
		 struct fm_why *why)
{
	size_t wanted = fm_page_bytes(point, params);
	char path[128], text[64];
	int err;

	if (wanted >= fm_pages_huge())
		return fm_fail(
			why, ENODEV,
			"%zu KiB is not below the %zu KiB of backing thp",
			wanted / 1024, fm_pages_huge() / 1024);
	err = fm_huge_want(settings, wanted, "enabled", "madvise", why);
	for (size_t size = fm_pages_base() * 2; size <= fm_pages_huge() && !err;
	     size *= 2) {
		snprintf(path, sizeof(path), SIZES "enabled", size / 1024);
		if (size != wanted && fm_file_read(path, text, 64) > 0)
			err = fm_settings_want(settings, path, "never", why);
	}
	return err;
}

static void area(const struct fm_plan_row *point, struct fm_area *area)
{
	area->model.unit = fm_page_bytes(point, params) / fm_pages_base();
}

static int map(struct fm_region *r, struct fm_why *why)
{
	return fm_region_map_anonymous(r, fm_page_bytes(r->point, params), 0,
				       MADV_HUGEPAGE, why);
}

/*
 * smaps does not tell. Where the frames are not shown to us, the kernel's own
 * count of such pages, of all processes, must at least allow for ours.
 */
static int prove(const struct fm_region *r, struct fm_why *why)
{
	size_t size = fm_page_bytes(r->point, params), whole = r->bytes / size;
	struct fm_pages_range is;
	struct fm_pagemap_sum pages;
	char path[128], text[64];
	uint64_t heads = 0;
	int err = fm_region_look(r, FM_PAGES_HUGE, &is, why);

	if (err)
		return err;
	err = fm_pagemap_sum(r->base, r->bytes, &pages);
	snprintf(path, sizeof(path), SIZES "stats/nr_anon", size / 1024);
	if (!err && pages.told)
		heads = pages.thp == pages.pages ? pages.heads : 0;
	else if (fm_file_read(path, text, sizeof(text)) > 0)
		fm_file_number_after(text, "", &heads);
	else
		return fm_fail(why, EACCES,
			       "neither /proc/kpageflags nor %s is readable: "
			       "run as root",
			       path);
	if (is.anonymous < r->bytes || is.anon_huge || heads < whole ||
	    (pages.told && heads > whole))
		return fm_fail(why, ENOMEM,
			       "%llu pages of %zu KiB instead of %zu; free or "
			       "compact memory: echo 1 > "
			       "/proc/sys/vm/compact_memory",
			       (unsigned long long)heads, size / 1024, whole);
	return 0;
}

const struct fm_backing fm_backing_mthp = {
	.summary = "private anonymous memory in smaller huge pages",
	.params = params,
	.offer = offer,
	.area = area,
	.map = map,
	.prove = prove,
};
