/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which pages are touched in which order, for the timed loop that does it. */
#ifndef FM_TOUCH_H
#define FM_TOUCH_H

#include <stddef.h>
#include <stdint.h>

#include "crowd.h"
#include "record.h"

enum fm_order { FM_SEQUENTIAL, FM_STRIDED, FM_RANDOM };
enum fm_access { FM_READ_ONE, FM_WRITE_ONE, FM_WRITE_ALL };
enum { FM_THREADS_MAX = 64 };

/* A walk over base pages; what its order, fraction and so on say. */
struct fm_touch {
	char *base;
	size_t pages;  /* that there are */
	size_t count;  /* that are touched */
	size_t stride; /* pages from one to the next, for FM_STRIDED */
	size_t unit;   /* pages that belong to one page of the backing */
	enum fm_order order;
	enum fm_access access;
	int singles; /* each touch is timed by itself, too */
	int threads;
};

/*
 * As the point's parameters say, over pages base pages that come in units;
 * writes, unless read. stride is the unit, or 16 where that is one page.
 */
void fm_touch_from_point(struct fm_touch *touch,
			 const struct fm_plan_row *point, size_t pages,
			 size_t unit, int write);

/* The index of the page that is touched as number i, for i < count. */
size_t fm_touch_page(const struct fm_touch *touch, size_t i);

/* The parameters of such walks, for a workload's list of them. */
#define FM_TOUCH_PARAMS                                                        \
	{ .name = "order",                                                     \
	  .values = "sequential,strided,random",                               \
	  .meaning = "in which order pages are touched" },                     \
		{ .name = "fraction",                                          \
		  .values = "100",                                             \
		  .most = 100,                                                 \
		  .meaning = "percent of the pages that are touched" },        \
		{ .name = "timing",                                            \
		  .values = "batch,single",                                    \
		  .meaning = "all touches together, or each one, too" },       \
	{                                                                      \
		.name = "threads", .values = "1", .least = 1,                  \
		.most = FM_THREADS_MAX,                                        \
		.meaning = "threads that touch a part each, at once",          \
		.offer = fm_crowd_fits                                         \
	}
#define FM_TOUCH_BYTES_PARAM                                                   \
	{                                                                      \
		.name = "bytes", .values = "one,whole",                        \
		.meaning = "one byte a page, or the whole of it"               \
	}

#endif
