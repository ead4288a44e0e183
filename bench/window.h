/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timed loop over pages, by one thread or several. */
#ifndef FM_WINDOW_H
#define FM_WINDOW_H

#include "counters.h"
#include "singles.h"
#include "touch.h"

/* One loop over pages, timed and counted in the task that touches them. */
struct fm_window {
	uint64_t from_ns; /* on lib/clock.h's clock; 0: it was not run */
	uint64_t ns;
	uint64_t minflt; /* RUSAGE_THREAD of the toucher, around the loop */
	uint64_t nivcsw;
	struct fm_counts counts; /* of the toucher's events, around the loop */
};

/* Where times of single touches are counted; memory that both sides share. */
struct fm_window_room {
	struct fm_singles singles;
	unsigned int seen[16384]; /* a bit a page of the backing */
};

/*
 * Does the walk between two reads of the clock, and counts this thread's faults
 * around exactly that. It first runs itself once over nothing, so that no page
 * of ours faults inside. With threads > 1 that many do a part each, on
 * processors of their own as far as there are: ns is then from the first start
 * to the last end, and faults are the sum. room may be NULL where the walk
 * times no single touches. Returns 0, or -errno where threads cannot be had.
 */
int fm_window_run(const struct fm_touch *touch, struct fm_window *window,
		  struct fm_window_room *room);

/*
 * The same for one call, such as a system call that does all pages at once: how
 * long it took and the faults that it took, as the caller's. Returns what the
 * call does.
 */
int fm_window_call(int (*call)(void *ctx), void *ctx, struct fm_window *window);

/* The same in pieces, for those who must do something in between. */
struct fm_window_part {
	struct fm_window_room *room;
	uint64_t from_ns, to_ns, minflt, nivcsw;
	struct fm_counts counts;
};
/* Everything but the walk. */
void fm_window_warm(const struct fm_touch *touch, struct fm_window_part *part);
/* The touches from number `from` to before number `to`. */
void fm_window_part(const struct fm_touch *touch, size_t from, size_t to,
		    struct fm_window_part *part);
void fm_window_sum(struct fm_window *window, const struct fm_window_part *part,
		   int parts);
/* Two windows one after the other. */
void fm_window_add(struct fm_window *sum, const struct fm_window *window);

/*
 * From now on every window spins for ns first, in this process and in those
 * that it forks: see inject.h.
 */
void fm_window_slow(uint64_t ns);

/* fm_window_run's part for touch->threads > 1. */
int fm_window_threads(const struct fm_touch *touch, struct fm_window *window,
		      struct fm_window_room *room);

#endif
