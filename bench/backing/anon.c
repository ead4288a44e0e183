/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * anon - private anonymous memory in base pages: huge pages are refused for
 * the mapping (MADV_NOHUGEPAGE), whatever the system's setting is.
 */
#include <errno.h>
#include <sys/mman.h>

#include "bench.h"
#include "pages.h"

static int map(struct fm_region *r, struct fm_why *why)
{
	int err;

	r->touch_bytes = fm_pages_base();
	r->base = mmap(NULL, r->bytes, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (r->base == MAP_FAILED)
		return fm_fail(why, errno, "mmap of %zu bytes failed",
			       r->bytes);
	/* EINVAL: a kernel that has no huge pages to refuse. */
	if (madvise(r->base, r->bytes, MADV_NOHUGEPAGE) < 0 &&
	    errno != EINVAL) {
		err = errno;
		goto unmap;
	}
	return 0;
unmap:
	munmap(r->base, r->bytes);
	return fm_fail(why, err, "huge pages could not be refused");
}

static int prove(const struct fm_region *r, struct fm_why *why)
{
	struct fm_pages_range is;
	int err = fm_pages_range(r->base, r->bytes, &is);

	if (err)
		return fm_fail(why, -err, "/proc/self/smaps is not readable");
	if (is.anonymous < r->bytes)
		return fm_fail(why, ERANGE,
			       "only %llu of %zu bytes are resident (swapped: "
			       "%llu); free memory or choose a smaller --rss",
			       (unsigned long long)is.anonymous, r->bytes,
			       (unsigned long long)is.swap);
	if (is.anon_huge)
		return fm_fail(why, ERANGE,
			       "%llu bytes are in huge pages, though refused",
			       (unsigned long long)is.anon_huge);
	return 0;
}

const struct fm_backing fm_backing_anon = {
	.summary = "private anonymous memory in base pages",
	.unit = fm_pages_base,
	.map = map,
	.prove = prove,
};
