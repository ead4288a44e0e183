/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * anon - private anonymous memory in base pages: huge pages are refused for
 * the mapping (MADV_NOHUGEPAGE), whatever the system's setting is.
 */
#include <sys/mman.h>

#include "bench.h"
#include "pages.h"

static int map(struct fm_region *r, struct fm_why *why)
{
	return fm_region_map_anonymous(r, fm_pages_base(), 0, MADV_NOHUGEPAGE,
				       why);
}

const struct fm_backing fm_backing_anon = {
	.summary = "private anonymous memory in base pages",
	.map = map,
	.prove = fm_region_prove_base_pages,
};
