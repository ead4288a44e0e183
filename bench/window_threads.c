/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One walk by several threads at once. */
#include <errno.h>
#include <pthread.h>
#include <sched.h>

#include "counting.h"
#include "crowd.h"
#include "window.h"

struct toucher {
	pthread_t thread;
	const struct fm_touch *touch;
	struct fm_window_part part;
	int number;
};

/* In the image, not on a stack: threads find it in any process that forked. */
static struct toucher toucher[FM_THREADS_MAX];
static int at_the_start;

/* Waits until all are there, so that they touch at once. */
static void line_up(int all)
{
	__atomic_fetch_add(&at_the_start, 1, __ATOMIC_ACQ_REL);
	while (__atomic_load_n(&at_the_start, __ATOMIC_ACQUIRE) < all)
		sched_yield();
}

static void *touch_part(void *ctx)
{
	struct toucher *me = ctx;
	const struct fm_touch *t = me->touch;
	size_t from = t->count * (size_t)me->number / (size_t)t->threads;
	size_t to = t->count * (size_t)(me->number + 1) / (size_t)t->threads;

	fm_crowd_bind(me->number);
	fm_window_warm(t, &me->part);
	line_up(t->threads);
	fm_window_part(t, from, to, &me->part);
	if (me->number) /* not the caller, whose events serve again */
		fm_counting_close_own();
	return NULL;
}

/*
 * The caller is one of them, which keeps the smallest case close to that of a
 * single thread. A thread that cannot be had is made up for by nobody: the
 * others are let go over nothing, and the error is told.
 */
int fm_window_threads(const struct fm_touch *t, struct fm_window *window,
		      struct fm_window_room *room)
{
	struct fm_window_part part[FM_THREADS_MAX];
	int made = 1, err = 0;

	at_the_start = 0;
	for (int i = 0; i < t->threads; i++)
		toucher[i] = (struct toucher){ .touch = t,
					       .part = { .room = room },
					       .number = i };
	while (made < t->threads && !err) {
		err = pthread_create(&toucher[made].thread, NULL, touch_part,
				     &toucher[made]);
		made += !err;
	}
	if (err)
		__atomic_store_n(&at_the_start, t->threads, __ATOMIC_RELEASE);
	else
		touch_part(&toucher[0]);
	for (int i = 1; i < made; i++)
		pthread_join(toucher[i].thread, NULL);
	for (int i = 0; i < t->threads; i++)
		part[i] = toucher[i].part;
	fm_window_sum(window, part, t->threads);
	return -err;
}
