/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * populate - all pages of fresh memory in one system call, beside zero_fill and
 * zero_read, which take a fault a page. The kernel goes the way of a fault for
 * each page and counts it (mm_account_fault, "for GUP"), but neither traps nor
 * returns to us.
 */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>

#include "bench.h"
#include "pages.h"

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
#define MADV_POPULATE_WRITE 23
#endif

static int reads(const struct fm_plan_row *point)
{
	return !strcmp(point->call, "populate_read");
}

static int maps(const struct fm_plan_row *point)
{
	return !strcmp(point->call, "map_populate");
}

static int call_offer(const char *value, struct fm_why *why)
{
	if (!strcmp(value, "map_populate") ||
	    madvise(NULL, 0, MADV_POPULATE_WRITE) == 0)
		return 0;
	return fm_fail(why, EOPNOTSUPP,
		       "this kernel has no madvise(2) that populates; it takes "
		       "Linux 5.14");
}

static const struct fm_param params[] = {
	{ .name = "call",
	  .values = "populate_write,populate_read,map_populate",
	  .meaning = "madvise(2) MADV_POPULATE_..., or mmap(2) MAP_POPULATE",
	  .offer = call_offer },
	{ 0 },
};

/*
 * Fresh memory must be of the backing's kind once it is there; and mmap(2)
 * populates before anybody could advise it of a kind.
 */
static int offer(const struct fm_plan_row *point, struct fm_why *why)
{
	struct fm_area area =
		fm_area_of(fm_backing_find(point->backing), point);

	if (area.fill != FM_FILL_WRITE &&
	    !(reads(point) && area.fill == FM_FILL_READ))
		return fm_fail(why, EOPNOTSUPP,
			       "fresh memory, populated by %s, is no %s: use "
			       "--backing anon, thp or the like",
			       point->call, point->backing);
	if (maps(point) && strcmp(point->backing, "anon"))
		return fm_fail(why, EOPNOTSUPP,
			       "mmap(2) itself populates plain memory only: "
			       "use --backing anon, or --set "
			       "call=populate_write");
	return 0;
}

static int model(struct fm_scenario *s)
{
	return fm_scenario_touch(s, 0, !reads(s->point));
}

/* MAP_POPULATE would bring huge pages where those are always given. */
static int setup(struct fm_block *b, struct fm_why *why)
{
	if (maps(b->point) && prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0) < 0)
		return fm_fail(why, errno, "PR_SET_THP_DISABLE: %s",
			       strerror(errno));
	return fm_first_touch_setup(b, why);
}

static int populate_write(void *ctx)
{
	const struct fm_region *r = ctx;

	return madvise(r->base, r->bytes, MADV_POPULATE_WRITE) ? -errno : 0;
}

static int populate_read(void *ctx)
{
	const struct fm_region *r = ctx;

	return madvise(r->base, r->bytes, MADV_POPULATE_READ) ? -errno : 0;
}

/*
 * In the place of what there is, which is empty; and advised as it was, for its
 * proof: a system call more, beside one that populates.
 */
static int map_populate(void *ctx)
{
	const struct fm_region *r = ctx;
	void *at = mmap(r->base, r->bytes, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_POPULATE,
			-1, 0);

	if (at == MAP_FAILED)
		return -errno;
	madvise(at, r->bytes, MADV_NOHUGEPAGE);
	return 0;
}

static long run(struct fm_block *b)
{
	int (*call)(void *) = maps(b->point)  ? map_populate :
			      reads(b->point) ? populate_read :
						populate_write;

	return fm_first_touch_by(b, !reads(b->point), call);
}

const struct fm_workload fm_workload_populate = {
	.summary = "all of fresh memory by one system call",
	.needs = FM_NEEDS_MEMORY,
	.params = params,
	.offer = offer,
	.model = model,
	.setup = setup,
	.run = run,
	.check = fm_first_touch_check,
};
