/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timed loop over pages, and the count of its faults. */
#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#if __has_include(<sys/rseq.h>)
#include <sys/rseq.h>
#endif

#include "clock.h"
#include "counting.h"
#include "pages.h"
#include "spin.h"
#include "window.h"

static __attribute__((noinline)) void write_page(char *at, size_t page_bytes)
{
	memset(at, 1, page_bytes);
}

static inline void touch(const struct fm_touch *t, size_t page_bytes,
			 size_t page)
{
	volatile char *at = t->base + page * page_bytes;

	if (t->access == FM_WRITE_ONE)
		*at = 1;
	else if (t->access == FM_READ_ONE)
		(void)*at;
	else
		write_page((char *)at, page_bytes);
}

/* The commonest walk has a loop of its own, which decides nothing. */
static void walk(const struct fm_touch *t, size_t page_bytes, size_t from,
		 size_t to)
{
	char *end = t->base + to * page_bytes;

	if (t->order == FM_SEQUENTIAL && t->access == FM_WRITE_ONE)
		for (char *at = t->base + from * page_bytes; at < end;
		     at += page_bytes)
			*(volatile char *)at = 1;
	else
		for (size_t i = from; i < to; i++)
			touch(t, page_bytes, fm_touch_page(t, i));
}

/* 1 for the first touch of each unit; such small maps fit the shared page. */
static int is_first(const struct fm_touch *t, struct fm_window_room *room,
		    size_t page)
{
	size_t unit = page / t->unit;
	unsigned int bit = 1u << unit % 32;

	if (t->unit == 1 || unit / 8 >= sizeof(room->seen))
		return 0;
	return !(__atomic_fetch_or(&room->seen[unit / 32], bit,
				   __ATOMIC_RELAXED) &
		 bit);
}

/* What lies between two reads of the clock is the touch, and one such read. */
static void walk_singly(const struct fm_touch *t, size_t page_bytes,
			size_t from, size_t to, struct fm_window_room *room)
{
	for (size_t i = from; i < to; i++) {
		size_t page = fm_touch_page(t, i);
		uint64_t *bins = is_first(t, room, page) ? room->singles.first :
							   room->singles.rest;
		uint64_t before = fm_clock_ns();

		touch(t, page_bytes, page);
		fm_singles_add(bins, fm_singles_bin(fm_clock_ns() - before));
	}
}

/*
 * The kernel writes the thread's restartable-sequences area after every
 * preemption: shared after a fork, that page would fault inside the loop. So
 * would the room for single times, which a child has not mapped yet.
 */
static void touch_own_pages(struct fm_window_room *room)
{
	static __thread volatile char own;

	own++;
#if __has_include(<sys/rseq.h>) && defined(__GLIBC__)
	volatile struct rseq *rseq =
		(void *)((char *)__builtin_thread_pointer() + __rseq_offset);

	if (__rseq_size)
		rseq->rseq_cs = 0;
#endif
	for (size_t at = 0; room && at < sizeof(*room); at += 1024)
		__atomic_fetch_or((unsigned int *)room + at / 4, 0,
				  __ATOMIC_RELAXED);
}

/* What is timed and counted: a part of a walk, or a call. */
struct work {
	const struct fm_touch *touch;
	size_t from, to;
	int (*call)(void *ctx);
	void *ctx;
};

static inline int perform(const struct work *work, size_t page_bytes,
			  struct fm_window_room *room)
{
	if (work->call)
		return work->call(work->ctx);
	if (work->touch->singles)
		walk_singly(work->touch, page_bytes, work->from, work->to,
			    room);
	else
		walk(work->touch, page_bytes, work->from, work->to);
	return 0;
}

/* With the events read inside the clock, so that none of its code counts. */
static int count_work(const struct work *work, size_t page_bytes,
		      struct fm_window_part *w)
{
	struct fm_counts before, after;
	int err;

	w->from_ns = fm_clock_ns();
	fm_counting_read_own(&before);
	err = perform(work, page_bytes, w->room);
	fm_counting_read_own(&after);
	w->to_ns = fm_clock_ns();
	w->counts = (struct fm_counts){ .enabled = 0 };
	fm_counts_add(&w->counts, &before, &after);
	return err;
}

static __attribute__((noinline)) int time_work(const struct work *work,
					       struct fm_window_part *w)
{
	int counts = fm_counting_has_own();
	size_t page_bytes = fm_pages_base();
	struct rusage before, after;
	int err;

	getrusage(RUSAGE_THREAD, &after);
	getrusage(RUSAGE_THREAD, &before);
	if (counts) {
		err = count_work(work, page_bytes, w);
	} else {
		w->from_ns = fm_clock_ns();
		err = perform(work, page_bytes, w->room);
		w->to_ns = fm_clock_ns();
		/* Wanted, and not to be had: no part of a sum is told. */
		w->counts = (struct fm_counts){
			.lost = fm_counting_wants_own(),
		};
	}
	getrusage(RUSAGE_THREAD, &after);
	w->minflt = (uint64_t)(after.ru_minflt - before.ru_minflt);
	w->nivcsw = (uint64_t)(after.ru_nivcsw - before.ru_nivcsw);
	return err;
}

static uint64_t slow_ns;

void fm_window_slow(uint64_t ns)
{
	slow_ns = ns;
}

/* The same work behind a spin. */
struct slowed {
	const struct work *work;
	struct fm_window_room *room;
};

static int spin_and_perform(void *ctx)
{
	const struct slowed *slowed = ctx;

	fm_spin(slow_ns);
	return perform(slowed->work, fm_pages_base(), slowed->room);
}

static int once(const struct work *work, struct fm_window_part *w)
{
	struct slowed slowed = { work, w->room };
	const struct work both = { .call = spin_and_perform, .ctx = &slowed };

	return time_work(slow_ns ? &both : work, w);
}

static int nothing(void *ctx)
{
	(void)ctx;
	return 0;
}

/*
 * Fork copies no page-table entries of files: a child, which has none of this
 * code yet, would take a fault inside the loop for each part of it.
 */
static void call_code(const struct fm_touch *t)
{
	static char scratch[4096];
	static volatile size_t used;

	write_page(scratch, sizeof(scratch));
	used = t->count ? fm_touch_page(t, 0) : 0;
	used = fm_singles_bin(used);
}

void fm_window_warm(const struct fm_touch *t, struct fm_window_part *part)
{
	const struct work empty = { .touch = t };

	fm_counting_open_own();
	call_code(t);
	touch_own_pages(part->room);
	once(&empty, part);
}

void fm_window_part(const struct fm_touch *t, size_t from, size_t to,
		    struct fm_window_part *part)
{
	const struct work work = { .touch = t, .from = from, .to = to };

	once(&work, part);
}

int fm_window_call(int (*call)(void *ctx), void *ctx, struct fm_window *window)
{
	const struct work empty = { .call = nothing };
	const struct work work = { .call = call, .ctx = ctx };
	struct fm_window_part part = { .room = NULL };
	int err;

	fm_counting_open_own();
	touch_own_pages(NULL);
	once(&empty, &part);
	err = once(&work, &part);
	fm_window_sum(window, &part, 1);
	return err;
}

int fm_window_run(const struct fm_touch *t, struct fm_window *window,
		  struct fm_window_room *room)
{
	struct fm_window_part part = { .room = room };

	/* Whose first touches of a large page these are: this walk's. */
	if (room && t->singles)
		memset(room->seen, 0, sizeof(room->seen));
	if (t->threads > 1)
		return fm_window_threads(t, window, room);
	fm_window_warm(t, &part);
	fm_window_part(t, 0, t->count, &part);
	fm_window_sum(window, &part, 1);
	return 0;
}

void fm_window_sum(struct fm_window *window, const struct fm_window_part *part,
		   int parts)
{
	static const struct fm_counts none;
	uint64_t from = UINT64_MAX, to = 0;

	*window = (struct fm_window){ 0 };
	for (int i = 0; i < parts; i++) {
		from = part[i].from_ns < from ? part[i].from_ns : from;
		to = part[i].to_ns > to ? part[i].to_ns : to;
		window->minflt += part[i].minflt;
		window->nivcsw += part[i].nivcsw;
		fm_counts_add(&window->counts, &none, &part[i].counts);
	}
	window->from_ns = from;
	window->ns = to - from;
}

void fm_window_add(struct fm_window *sum, const struct fm_window *w)
{
	static const struct fm_counts none;

	sum->ns += w->ns;
	sum->minflt += w->minflt;
	sum->nivcsw += w->nivcsw;
	fm_counts_add(&sum->counts, &none, &w->counts);
}
