/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ksm - equal pages that the kernel has merged. To a write such a page is what
 * a file's is to a private mapping: read only, nobody's own, always copied; so
 * the model takes it for one.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#include "bench.h"
#include "pagemap.h"
#include "pages.h"

#define KSM "/sys/kernel/mm/ksm/"

enum { PAUSE_MS = 10, TRIES = 500 };

/*
 * A page is merged when it is met for the second or third time, so one pass
 * goes over all of it. What the rest of the wishes speeds up can be missing.
 */
static int offer(const struct fm_plan_row *point, struct fm_settings *settings,
		 struct fm_why *why)
{
	uint64_t pages = point->rss_bytes == FM_ABSENT ?
				 1 :
				 point->rss_bytes / fm_pages_base();
	int err = fm_settings_want(settings, KSM "run", "1", why);
	char text[32];

	if (err)
		return err;
	snprintf(text, sizeof(text), "%" PRIu64, pages + 1000);
	fm_settings_want(settings, KSM "advisor_mode", "none", NULL);
	fm_settings_want(settings, KSM "smart_scan", "0", NULL);
	fm_settings_want(settings, KSM "pages_to_scan", text, NULL);
	return 0;
}

static void area(const struct fm_plan_row *point, struct fm_area *area)
{
	(void)point;
	area->model.kind = FM_MODEL_FILE_PRIVATE;
	area->fill = FM_FILL_MERGE;
}

static int map(struct fm_region *r, struct fm_why *why)
{
	int err = fm_region_map_anonymous(r, fm_pages_base(), 0,
					  MADV_NOHUGEPAGE, why);

	if (!err)
		err = fm_region_advise(r, MADV_MERGEABLE, why);
	if (err)
		fm_region_drop(r);
	return err;
}

/* Merged bytes by smaps, or on older kernels by the frames' flags. Some newer
 * ones, 6.12 among them, flag all anonymous frames so. */
static int look(const struct fm_region *r, uint64_t *merged, struct fm_why *why)
{
	struct fm_pagemap_sum pages;
	struct fm_pages_range is;
	int err = fm_region_look(r, FM_PAGES_MERGEABLE, &is, why);

	*merged = is.ksm;
	if (!err && !is.says_ksm && !fm_pagemap_sum(r->base, r->bytes, &pages))
		*merged = pages.ksm * fm_pages_base();
	if (!err && is.rss < r->bytes)
		return fm_fail(why, ERANGE,
			       "%" PRIu64 " of %zu bytes are there", is.rss,
			       r->bytes);
	return err;
}

static int prove(const struct fm_region *r, struct fm_why *why)
{
	const struct timespec pause = { .tv_nsec = PAUSE_MS * 1000000 };
	uint64_t merged;
	int err = look(r, &merged, why);

	for (int i = 0; i < TRIES && !err && merged < r->bytes; i++) {
		nanosleep(&pause, NULL);
		err = look(r, &merged, why);
	}
	if (!err && merged < r->bytes)
		return fm_fail(why, EOPNOTSUPP,
			       "only %" PRIu64 " of %zu bytes are merged after "
			       "%d s; as root, a larger number into " KSM
			       "pages_to_scan",
			       merged, r->bytes, TRIES * PAUSE_MS / 1000);
	return err;
}

const struct fm_backing fm_backing_ksm = {
	.summary = "equal pages that the kernel has merged (KSM)",
	.offer = offer,
	.area = area,
	.map = map,
	.prove = prove,
};
