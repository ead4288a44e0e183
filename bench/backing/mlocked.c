/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mlocked - private anonymous base pages that are locked as they come in
 * (MLOCK_ONFAULT): a child does not inherit the lock.
 */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bench.h"
#include "pages.h"

static int map(struct fm_region *r, struct fm_why *why)
{
	int err = fm_region_map_anonymous(r, fm_pages_base(), 0,
					  MADV_NOHUGEPAGE, why);

	if (err || !syscall(SYS_mlock2, r->base, r->bytes, MLOCK_ONFAULT))
		return err;
	err = errno;
	fm_region_drop(r);
	if (err == ENOSYS)
		return fm_fail(why, err, "this kernel has no mlock2(2)");
	return fm_fail(why, err,
		       "mlock2 of %zu bytes: %s; raise ulimit -l to %zu",
		       r->bytes, strerror(err), r->bytes / 1024);
}

/* By trying: nothing comes in before it is touched. */
static int offer(const struct fm_plan_row *point, struct fm_settings *settings,
		 struct fm_why *why)
{
	struct fm_region r = { .bytes = point->rss_bytes };
	int err;

	(void)settings;
	if (r.bytes == FM_ABSENT)
		r.bytes = fm_pages_base();
	err = map(&r, why);
	if (!err)
		fm_region_drop(&r);
	return err;
}

static int prove(const struct fm_region *r, struct fm_why *why)
{
	struct fm_pages_range is;
	int err = fm_region_look_base_pages(r, FM_PAGES_LOCKED, &is, why);

	if (!err && is.locked < r->bytes)
		return fm_fail(why, ERANGE, "only %llu of %zu bytes are locked",
			       (unsigned long long)is.locked, r->bytes);
	return err;
}

const struct fm_backing fm_backing_mlocked = {
	.summary = "private anonymous memory, locked",
	.offer = offer,
	.map = map,
	.prove = prove,
};
