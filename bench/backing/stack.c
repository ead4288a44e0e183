/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stack - base pages of the worker's own stack, some way below where it is. It
 * grows down to them when map touches the lowest one.
 */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bench.h"
#include "pages.h"

/* Ours for calls; and what the kernel keeps free below a stack, at least. */
#define BELOW ((size_t)256 << 10)
#define ROOM ((size_t)128 << 20)

static int refuse(const struct fm_region *r, struct fm_why *why)
{
	return fm_fail(why, EPERM,
		       "the stack has no room for %zu bytes: ulimit -s %zu, as "
		       "root where that is refused, before forkmeter starts",
		       r->bytes, (r->bytes + 4 * BELOW) / 1024);
}

/*
 * The soft limit can be raised, but the place below was fixed when the program
 * was started: it is as large as the limit then was, and 128 MiB at least.
 */
static int offer(const struct fm_plan_row *point, struct fm_settings *settings,
		 struct fm_why *why)
{
	struct fm_region r = { .bytes = point->rss_bytes };
	struct rlimit limit;
	size_t room;

	(void)settings;
	if (r.bytes == FM_ABSENT || getrlimit(RLIMIT_STACK, &limit) < 0)
		return 0;
	room = limit.rlim_cur > ROOM ? limit.rlim_cur : ROOM;
	if (room > limit.rlim_max)
		room = limit.rlim_max;
	return r.bytes > room || room - r.bytes < 4 * BELOW ? refuse(&r, why) :
							      0;
}

/* Always at the same place, so that one that was dropped can be made anew. */
static char *end_of_region(void)
{
	static char *end;
	char *frame = __builtin_frame_address(0);

	if (!end)
		end = frame - (uintptr_t)frame % fm_pages_base() - BELOW;
	return end;
}

/* getcpu writes there: an address that cannot be had is not our death. */
static int map(struct fm_region *r, struct fm_why *why)
{
	struct rlimit old, raised;
	int err;

	r->base = end_of_region() - r->bytes;
	getrlimit(RLIMIT_STACK, &old);
	raised = old;
	raised.rlim_cur = old.rlim_max;
	setrlimit(RLIMIT_STACK, &raised);
	err = (int)syscall(SYS_getcpu, r->base, NULL, NULL);
	setrlimit(RLIMIT_STACK, &old);
	if (err) {
		r->base = NULL;
		return refuse(r, why);
	}
	err = fm_region_advise(r, MADV_NOHUGEPAGE, why);
	if (!err)
		err = fm_region_advise(r, MADV_DONTNEED, why);
	if (err)
		fm_region_drop(r);
	return err;
}

static int prove(const struct fm_region *r, struct fm_why *why)
{
	struct fm_pages_range is;

	return fm_region_look_base_pages(r, FM_PAGES_GROWSDOWN, &is, why);
}

const struct fm_backing fm_backing_stack = {
	.summary = "pages of the parent's stack",
	.offer = offer,
	.map = map,
	.prove = prove,
};
