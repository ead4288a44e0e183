/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hugetlb - private memory in huge pages of the kernel's reserved pool, which
 * grows for a block by what it lacks; they are never split.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "bench.h"
#include "file.h"
#include "pages.h"

#define POOL "hugepages/hugepages-%zukB/%s"

static const struct fm_param params[] = {
	{ .name = "page",
	  .values = "2M,64K,1M,16M,32M,512M,1G,2G,16G",
	  .meaning = "size of the huge pages" },
	{ 0 },
};

/* The machine's pool, or that of the node that memory is to be on. */
static void pool_path(char *path, size_t room, int node, size_t size,
		      const char *file)
{
	if (node < 0)
		snprintf(path, room, "/sys/kernel/mm/" POOL, size / 1024, file);
	else
		snprintf(path, room, "/sys/devices/system/node/node%d/" POOL,
			 node, size / 1024, file);
}

static int read_pool(int node, size_t size, const char *file, uint64_t *n)
{
	char path[128], text[32];
	int err;

	pool_path(path, sizeof(path), node, size, file);
	err = (int)fm_file_read(path, text, sizeof(text));
	*n = err > 0 ? strtoull(text, NULL, 10) : 0;
	return err < 0 ? err : 0;
}

/* The memory, a child's copy of it, the parent's while a sibling lives. */
static uint64_t pages_needed(const struct fm_plan_row *point, size_t size)
{
	uint64_t all =
		point->rss_bytes == FM_ABSENT ? 1 : point->rss_bytes / size;
	int copies = 1 + !!*point->strategy + (atoi(point->sharers) > 1);

	return all * (uint64_t)copies + 1;
}

static int offer(const struct fm_plan_row *point, struct fm_settings *settings,
		 struct fm_why *why)
{
	size_t size = fm_page_bytes(point, params);
	uint64_t need = pages_needed(point, size), idle, reserved;
	int node = fm_region_expected_node();
	char path[128];
	int err;

	/* What others have reserved may be on any node. */
	if (read_pool(node, size, "free_hugepages", &idle) ||
	    read_pool(-1, size, "resv_hugepages", &reserved))
		return fm_fail(why, ENODEV,
			       "no hugetlb pages of %zu KiB here; see ls "
			       "/sys/kernel/mm/hugepages",
			       size / 1024);
	if (idle >= need + reserved)
		return 0;
	pool_path(path, sizeof(path), node, size, "nr_hugepages");
	err = fm_settings_want_more(settings, path, need + reserved - idle,
				    why);
	/* So large a piece is hardly ever free later. */
	if (err == -EACCES && size > fm_pages_huge())
		return fm_fail(why, EACCES,
			       "%llu huge pages of %zuM are free, not %llu: "
			       "run as root, or boot with hugepagesz=%zuM "
			       "hugepages=%llu",
			       (unsigned long long)(idle - reserved),
			       size >> 20, (unsigned long long)need, size >> 20,
			       (unsigned long long)need);
	return err;
}

static void area(const struct fm_plan_row *point, struct fm_area *area)
{
	area->model.unit = fm_page_bytes(point, params) / fm_pages_base();
	area->model.one_entry = 1;
	area->model.hugetlb = 1;
}

static int map(struct fm_region *r, struct fm_why *why)
{
	size_t size = fm_page_bytes(r->point, params);
	int flags = __builtin_ctzll(size) << MAP_HUGE_SHIFT;
	void *base =
		mmap(NULL, r->bytes, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB | flags, -1, 0);

	if (base == MAP_FAILED)
		return fm_fail(why, errno,
			       "mmap of %zu bytes in huge pages of %zu KiB: "
			       "%s; too few are free",
			       r->bytes, size / 1024, strerror(errno));
	r->base = base;
	return 0;
}

static int prove(const struct fm_region *r, struct fm_why *why)
{
	struct fm_pages_range is;
	int err = fm_region_look(r, FM_PAGES_HUGETLB, &is, why);

	if (err)
		return err;
	if (is.hugetlb < r->bytes || is.page != fm_page_bytes(r->point, params))
		return fm_fail(
			why, ERANGE,
			"%llu of %zu bytes are in hugetlb pages, of %llu",
			(unsigned long long)is.hugetlb, r->bytes,
			(unsigned long long)is.page);
	return 0;
}

const struct fm_backing fm_backing_hugetlb = {
	.summary = "private memory in huge pages of the reserved pool",
	.params = params,
	.offer = offer,
	.area = area,
	.map = map,
	.prove = prove,
};
