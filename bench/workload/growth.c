/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * growth - memory that grows by the page: the stack, which the fault itself
 * expands when the page below it is written to, or the heap, by one brk(2) a
 * page and the write to it. Either is zero_fill, and what growing adds.
 */
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bench.h"
#include "pages.h"

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

static const struct fm_param params[] = {
	{ .name = "grows",
	  .values = "stack,brk",
	  .meaning = "what grows page by page: the stack, or the heap" },
	{ 0 },
};

static int offer(const struct fm_plan_row *point, struct fm_why *why)
{
	return strcmp(point->backing, "anon") ?
		       fm_fail(why, EOPNOTSUPP,
			       "what grows is no backing's memory: leave "
			       "--backing out") :
		       0;
}

static int model(struct fm_scenario *s)
{
	return fm_scenario_touch(s, 0, 1);
}

/*
 * Bytes that the frames of what is called below run() may need; and what the
 * kernel keeps free below a stack (stack_guard_gap).
 */
enum { FRAMES = 256 * 1024, GUARD_PAGES = 256 };

static char *top; /* of what grows: below it for a stack, above for brk */

/* The stack's mapping shall end at top: what is below it grows again. */
static int cut_stack(size_t bytes)
{
	size_t page = fm_pages_base(), room = bytes + GUARD_PAGES * page;
	char *hole = top - room;

	if (munmap(top - bytes - page, bytes + page) < 0)
		return -errno;
	if (mmap(hole, room, PROT_NONE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE |
			 MAP_FIXED_NOREPLACE,
		 -1, 0) != hole)
		return -ENOMEM;
	munmap(hole, room);
	return 0;
}

static int grow_stack(void *ctx)
{
	const struct fm_block *b = ctx;
	size_t page = fm_pages_base(), bytes = b->point->rss_bytes;

	for (size_t at = page; at <= bytes; at += page)
		*(volatile char *)(top - at) = 1;
	return 0;
}

static int grow_brk(void *ctx)
{
	const struct fm_block *b = ctx;
	size_t page = fm_pages_base(), bytes = b->point->rss_bytes;

	for (size_t at = 0; at < bytes; at += page) {
		char *end = top + at + page;

		if ((char *)syscall(SYS_brk, end) != end)
			return -ENOMEM;
		*(volatile char *)(top + at) = 1;
	}
	return 0;
}

static long run_stack(struct fm_block *b)
{
	uintptr_t here = (uintptr_t)__builtin_frame_address(0);
	int err;

	top = (char *)((here - FRAMES) & ~(fm_pages_base() - 1));
	err = cut_stack(b->point->rss_bytes);
	return err ? err : fm_window_call(grow_stack, b, &b->window);
}

/* Below its end there may be memory of the C library's. */
static long run_brk(struct fm_block *b)
{
	char *end = (char *)syscall(SYS_brk, NULL);
	size_t page = fm_pages_base();
	long err;

	top = (char *)(((uintptr_t)end + page - 1) & ~(page - 1));
	err = fm_window_call(grow_brk, b, &b->window);
	syscall(SYS_brk, end);
	return err;
}

static long run(struct fm_block *b)
{
	return strcmp(b->point->grows, "brk") ? run_stack(b) : run_brk(b);
}

static void raise_limit(int what)
{
	struct rlimit limit;

	if (getrlimit(what, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(what, &limit);
	}
}

/* Once for trial, for a stack that must not grow is a signal. */
static int setup(struct fm_block *b, struct fm_why *why)
{
	struct rlimit limit = { 0 };
	int err = fm_first_touch_setup(b, why);

	if (err)
		return err;
	raise_limit(RLIMIT_STACK);
	raise_limit(RLIMIT_DATA);
	prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
	getrlimit(RLIMIT_STACK, &limit);
	/* Arguments and environment have at most a quarter of it. */
	if (strcmp(b->point->grows, "brk") &&
	    limit.rlim_cur - limit.rlim_cur / 4 <
		    b->point->rss_bytes + 2ull * FRAMES)
		return fm_fail(why, EPERM,
			       "a stack may have %llu bytes: raise ulimit -Hs, "
			       "or choose a smaller --rss",
			       (unsigned long long)limit.rlim_cur);
	if (run(b) == 0)
		return 0;
	return fm_fail(why, ENOMEM,
		       "no room for that much below the stack, or above the "
		       "heap: raise ulimit -s or -d before, or choose a "
		       "smaller --rss");
}

static int check(struct fm_block *b, struct fm_sample *s, struct fm_why *why)
{
	(void)why;
	fm_sample_from_window(s, &b->window, b);
	return 0;
}

const struct fm_workload fm_workload_growth = {
	.summary = "first write to stack or heap that grows by the page",
	.needs = FM_NEEDS_MEMORY,
	.params = params,
	.offer = offer,
	.model = model,
	.setup = setup,
	.run = run,
	.check = check,
};
