/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * heap - base pages from brk(2). What is dropped is unmapped and the break
 * stays, for the kernel does not lower it over a hole; the next is above.
 */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bench.h"
#include "pages.h"

static int map(struct fm_region *r, struct fm_why *why)
{
	size_t page = fm_pages_base();
	size_t pad = (page - (uintptr_t)sbrk(0) % page) % page;
	char *base = sbrk((intptr_t)(pad + r->bytes));

	if (base == (void *)-1)
		return fm_fail(why, ENOMEM,
			       "sbrk of %zu bytes: %s; raise ulimit -d, and "
			       "musl's sbrk never gives any",
			       r->bytes, strerror(errno));
	r->base = base + pad;
	return fm_region_advise(r, MADV_NOHUGEPAGE, why);
}

static int prove(const struct fm_region *r, struct fm_why *why)
{
	struct fm_pages_range is;

	return fm_region_look_base_pages(r, FM_PAGES_HEAP, &is, why);
}

const struct fm_backing fm_backing_heap = {
	.summary = "memory from brk",
	.map = map,
	.prove = prove,
};
