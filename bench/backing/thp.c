/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * thp - private anonymous memory in transparent huge pages, aligned and asked
 * for by MADV_HUGEPAGE; one first touch brings in a whole huge page.
 */
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

#include "bench.h"
#include "file.h"
#include "pages.h"

#define ENABLED "/sys/kernel/mm/transparent_hugepage/enabled"

static int offer(struct fm_why *why)
{
	char text[64];

	if (!fm_pages_huge() || fm_file_read(ENABLED, text, sizeof(text)) < 0)
		return fm_fail(why, EOPNOTSUPP,
			       "this kernel has no transparent huge pages");
	if (strstr(text, "[never]"))
		return fm_fail(why, EOPNOTSUPP,
			       "transparent huge pages are off; as root: echo "
			       "madvise > " ENABLED);
	return 0;
}

static int map(struct fm_region *r, struct fm_why *why)
{
	size_t huge = fm_pages_huge();
	size_t room = r->bytes + huge;
	char *raw;

	if (!huge)
		return offer(why);
	r->touch_bytes = huge;
	raw = mmap(NULL, room, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (raw == MAP_FAILED)
		return fm_fail(why, errno, "mmap of %zu bytes failed", room);
	r->base = (char *)(((uintptr_t)raw + huge - 1) & ~(huge - 1));
	if (r->base > raw)
		munmap(raw, (size_t)(r->base - raw));
	munmap(r->base + r->bytes, (size_t)(raw + room - (r->base + r->bytes)));
	if (madvise(r->base, r->bytes, MADV_HUGEPAGE) < 0)
		goto unmap;
	return 0;
unmap:
	munmap(r->base, r->bytes);
	return fm_fail(why, EOPNOTSUPP, "the kernel refuses MADV_HUGEPAGE");
}

static int prove(const struct fm_region *r, struct fm_why *why)
{
	struct fm_pages_range is;
	int err = fm_pages_range(r->base, r->bytes, &is);

	if (err)
		return fm_fail(why, -err, "/proc/self/smaps is not readable");
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
	.unit = fm_pages_huge,
	.map = map,
	.prove = prove,
	.offer = offer,
};
