/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of a region: made, populated, proved, dropped. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bench.h"
#include "pages.h"

struct fm_area fm_area_of(const struct fm_backing *backing,
			  const struct fm_plan_row *point)
{
	struct fm_area area = { .model = { .unit = 1 } };

	if (backing->area)
		backing->area(point, &area);
	return area;
}

size_t fm_area_unit_bytes(const struct fm_area *area)
{
	return area->model.unit * fm_pages_base();
}

int fm_region_make(struct fm_region *r, const struct fm_backing *backing,
		   const struct fm_plan_row *point, size_t bytes,
		   struct fm_why *why)
{
	*r = (struct fm_region){
		.backing = backing,
		.point = point,
		.area = fm_area_of(backing, point),
		.bytes = bytes,
	};
	r->touch_bytes = fm_area_unit_bytes(&r->area);
	return backing->map(r, why);
}

void fm_region_populate(const struct fm_region *r)
{
	size_t step = fm_pages_base();

	for (size_t at = 0; at < r->bytes; at += step) {
		volatile char *page = r->base + at;

		if (r->area.fill == FM_FILL_WRITE ||
		    r->area.fill == FM_FILL_MERGE)
			*page = 1;
		else if (r->area.fill == FM_FILL_READ)
			(void)*page;
	}
}

int fm_region_prove(const struct fm_region *r, struct fm_why *why)
{
	int err = r->backing->prove(r, why);

	return err ? err : fm_region_prove_node(r, why);
}

void fm_region_drop(struct fm_region *r)
{
	if (r->base)
		munmap(r->base, r->bytes);
	r->base = NULL;
}

uint64_t fm_region_private_pages(const struct fm_region *r)
{
	struct fm_pages_range is;

	if (fm_pages_range(r->base, r->bytes, &is))
		return FM_ABSENT;
	return is.own / fm_pages_base();
}

int fm_region_advise(const struct fm_region *r, int advice, struct fm_why *why)
{
	int err;

	if (advice == MADV_NORMAL || madvise(r->base, r->bytes, advice) == 0)
		return 0;
	err = errno;
	/* EINVAL: a kernel that does not know it, such as no huge pages. */
	if (err == EINVAL && advice == MADV_NOHUGEPAGE)
		return 0;
	return fm_fail(why, err == EINVAL ? EOPNOTSUPP : err,
		       "the kernel refuses madvise(%d) for %zu bytes: %s",
		       advice, r->bytes, strerror(err));
}

int fm_region_map_anonymous(struct fm_region *r, size_t align, int flags,
			    int advice, struct fm_why *why)
{
	size_t room = r->bytes + align;
	char *raw = mmap(NULL, room, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0);
	int err;

	if (raw == MAP_FAILED)
		return fm_fail(why, errno, "mmap of %zu bytes failed", room);
	r->base = (char *)(((uintptr_t)raw + align - 1) & ~(align - 1));
	if (r->base > raw)
		munmap(raw, (size_t)(r->base - raw));
	if (r->base + r->bytes < raw + room)
		munmap(r->base + r->bytes,
		       (size_t)(raw + room - (r->base + r->bytes)));
	err = fm_region_advise(r, advice, why);
	if (err)
		fm_region_drop(r);
	return err;
}

int fm_region_map_file(struct fm_region *r, int flags, int advice, int fd,
		       struct fm_why *why)
{
	size_t align = fm_pages_huge() ? fm_pages_huge() : (size_t)2 << 20;
	int err = fd < 0 ? fd :
			   fm_region_map_anonymous(r, align, MAP_NORESERVE,
						   MADV_NORMAL, why);

	if (!err && mmap(r->base, r->bytes, PROT_READ | PROT_WRITE,
			 flags | MAP_FIXED, fd, 0) == MAP_FAILED)
		err = fm_fail(why, errno, "mmap of a file's %zu bytes: %s",
			      r->bytes, strerror(errno));
	if (!err)
		err = fm_region_advise(r, advice, why);
	if (fd >= 0)
		close(fd);
	if (err)
		fm_region_drop(r);
	return err;
}

size_t fm_page_bytes(const struct fm_plan_row *point,
		     const struct fm_param *param)
{
	char *unit;
	size_t n =
		strtoull(*point->page ? point->page : param->values, &unit, 10);

	return n << (*unit == 'K' ? 10 : *unit == 'M' ? 20 : 30);
}
