/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timed loop over pages, and the count of its faults. */
#include <errno.h>
#include <sys/resource.h>
#if __has_include(<sys/rseq.h>)
#include <sys/rseq.h>
#endif

#include "bench.h"
#include "clock.h"
#include "pages.h"

static void touch(char *base, size_t bytes, size_t step, int write)
{
	char *end = base + bytes;

	if (write)
		for (char *at = base; at < end; at += step)
			*(volatile char *)at = 1;
	else
		for (char *at = base; at < end; at += step)
			(void)*(volatile char *)at;
}

/*
 * The kernel writes the thread's restartable-sequences area after every
 * preemption: shared after a fork, that page would fault inside the loop.
 */
static void touch_own_page(void)
{
	static __thread volatile char own;

	own++;
#if __has_include(<sys/rseq.h>) && defined(__GLIBC__)
	volatile struct rseq *rseq =
		(void *)((char *)__builtin_thread_pointer() + __rseq_offset);

	if (__rseq_size)
		rseq->rseq_cs = 0;
#endif
}

static __attribute__((noinline)) void
once(char *base, size_t bytes, size_t step, int write, struct fm_window *w)
{
	struct rusage before, after;
	uint64_t from, to;

	getrusage(RUSAGE_THREAD, &after);
	getrusage(RUSAGE_THREAD, &before);
	from = fm_clock_ns();
	touch(base, bytes, step, write);
	to = fm_clock_ns();
	getrusage(RUSAGE_THREAD, &after);
	w->ns = to - from;
	w->minflt = (uint64_t)(after.ru_minflt - before.ru_minflt);
	w->nivcsw = (uint64_t)(after.ru_nivcsw - before.ru_nivcsw);
}

void fm_window_run(char *base, size_t bytes, size_t step, int write,
		   struct fm_window *window)
{
	touch_own_page();
	once(base, 0, step, write, window);
	once(base, bytes, step, write, window);
}

/* Memory that was only read: the zero page is mapped, no frame is ours. */
static int prove_unallocated(const struct fm_region *r, struct fm_why *why)
{
	struct fm_pages_range is;
	int err = fm_pages_range(r->base, r->bytes, &is);

	if (err)
		return fm_fail(why, -err, "/proc/self/smaps is not readable");
	return is.anonymous ?
		       fm_fail(why, ERANGE, "reading allocated %llu bytes",
			       (unsigned long long)is.anonymous) :
		       0;
}

long fm_window_first_touch(struct fm_block *b, int write)
{
	struct fm_region r;
	int err = fm_region_make(&r, b->backing, b->point->rss_bytes, NULL);

	if (err)
		return err;
	fm_window_run(r.base, r.bytes, fm_pages_base(), write, &b->window);
	b->fault_bytes = r.touch_bytes;
	b->unproved = write ? fm_region_prove(&r, &b->why_unproved) :
			      prove_unallocated(&r, &b->why_unproved);
	fm_region_drop(&r);
	return 0;
}

int fm_window_first_touch_check(struct fm_block *b, struct fm_sample *s,
				struct fm_why *why)
{
	(void)why;
	fm_sample_from_window(s, &b->window,
			      b->point->rss_bytes / b->fault_bytes);
	if (b->unproved)
		fm_sample_mark(s, "failed:%.150s", b->why_unproved.text);
	return 0;
}
