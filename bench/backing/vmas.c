/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * vmas - private anonymous base pages cut into many mappings: every other one
 * is advised MADV_DONTDUMP, so that the kernel does not merge them.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "bench.h"
#include "file.h"
#include "pages.h"

#define LIMIT "/proc/sys/vm/max_map_count"

static const struct fm_param params[] = {
	{ .name = "mappings",
	  .values = "1000",
	  .least = 2,
	  .most = 60000,
	  .meaning = "mappings that the memory is cut into" },
	{ 0 },
};

enum { OTHERS = 200 }; /* mappings of the worker itself, at most */

static size_t mappings_of(const struct fm_plan_row *point)
{
	return strtoul(*point->mappings ? point->mappings : params->values,
		       NULL, 10);
}

static int offer(const struct fm_plan_row *point, struct fm_settings *settings,
		 struct fm_why *why)
{
	size_t n = mappings_of(point), pages;
	char text[32];

	pages = point->rss_bytes / fm_pages_base();
	if (n > pages)
		return fm_fail(why, EOPNOTSUPP,
			       "%zu pages cannot be cut into %zu mappings",
			       pages, n);
	if (fm_file_read(LIMIT, text, sizeof(text)) < 0 ||
	    strtoul(text, NULL, 10) >= n + OTHERS)
		return 0;
	snprintf(text, sizeof(text), "%zu", n + OTHERS);
	return fm_settings_want(settings, LIMIT, text, why);
}

static int map(struct fm_region *r, struct fm_why *why)
{
	size_t page = fm_pages_base(), pages = r->bytes / page;
	size_t n = mappings_of(r->point);
	int err = fm_region_map_anonymous(r, page, 0, MADV_NOHUGEPAGE, why);

	for (size_t i = 1; i < n && !err; i += 2) {
		size_t from = pages * i / n, to = pages * (i + 1) / n;

		if (madvise(r->base + from * page, (to - from) * page,
			    MADV_DONTDUMP) < 0)
			err = fm_fail(why, errno,
				      "mapping %zu of %zu: %s; as "
				      "root, more into " LIMIT,
				      i, n, strerror(errno));
	}
	if (err)
		fm_region_drop(r);
	return err;
}

static int prove(const struct fm_region *r, struct fm_why *why)
{
	struct fm_pages_range is;
	int err = fm_region_look_base_pages(r, 0, &is, why);

	if (!err && is.mappings != mappings_of(r->point))
		return fm_fail(why, ERANGE, "%" PRIu64 " mappings, not %zu",
			       is.mappings, mappings_of(r->point));
	return err;
}

const struct fm_backing fm_backing_vmas = {
	.summary = "private anonymous memory, cut into many mappings",
	.params = params,
	.offer = offer,
	.map = map,
	.prove = prove,
};
