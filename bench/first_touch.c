/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks that workloads share: over the block's memory, and over fresh one. */
#include <errno.h>
#include <string.h>

#include "bench.h"
#include "counting.h"
#include "pages.h"

void fm_block_touch_prepare(struct fm_block *b, const struct fm_region *r,
			    int write)
{
	size_t page = fm_pages_base();

	fm_touch_from_point(&b->touch, b->point, r->bytes / page,
			    r->touch_bytes / page, write);
	b->touch.base = r->base;
	if (fm_counting_is_wanted()) /* whose touches are counted as a whole */
		b->touch.singles = 0;
}

long fm_block_touch(struct fm_block *b, const struct fm_region *r, int write,
		    struct fm_window *window)
{
	fm_block_touch_prepare(b, r, write);
	return fm_window_run(&b->touch, window,
			     b->job.shared ? &b->job.shared->room : NULL);
}

void fm_block_take_singles(struct fm_block *b)
{
	struct fm_singles *s = &b->job.shared->room.singles;

	if (!b->touch.singles)
		return;
	for (size_t i = 0; i < FM_SINGLES_BINS; i++) {
		b->singles->rest[i] += s->rest[i];
		b->singles->first[i] += s->first[i];
	}
	memset(s, 0, sizeof(*s));
}

void fm_block_look(struct fm_shared *shared, const struct fm_region *r)
{
	shared->private_pages = fm_region_private_pages(r);
	shared->astray = fm_region_prove_node(r, &shared->why_astray);
}

int fm_block_take_look(struct fm_block *b, struct fm_why *why)
{
	const struct fm_shared *shared = b->job.shared;

	if (!shared->look)
		return 0;
	b->row->private_pages = shared->private_pages;
	return shared->astray ? fm_fail(why, -shared->astray, "%s",
					shared->why_astray.text) :
				0;
}

/* Private memory that was only read: no frame is ours. */
static int prove_unallocated(const struct fm_region *r, struct fm_why *why)
{
	struct fm_pages_range is;
	int err = fm_region_look(r, 0, &is, why);

	if (err || !is.anonymous)
		return err;
	return fm_fail(why, EOPNOTSUPP,
		       "reading allocated %llu bytes instead of mapping the "
		       "zero page; as root: echo 1 > "
		       "/sys/kernel/mm/transparent_hugepage/use_zero_page",
		       (unsigned long long)is.anonymous);
}

/*
 * Where a huge page's memory was read before, base pages may be what a write
 * brings: which of both is then for the count of faults to tell.
 */
static int prove_allocated(const struct fm_region *r, struct fm_why *why)
{
	struct fm_pages_range is;
	int err = fm_region_look(r, 0, &is, why);

	if (err)
		return err;
	if (is.anonymous >= r->bytes)
		return fm_region_prove_node(r, why);
	return fm_fail(why, ENOMEM,
		       "only %llu of %zu bytes are resident; free memory",
		       (unsigned long long)is.anonymous, r->bytes);
}

/* Of a part of the pages, the backing's proof would rightly miss the rest. */
static int prove_touched(struct fm_block *b, const struct fm_region *r,
			 int read_before, int write)
{
	const struct fm_model_area *is = &r->area.model;
	int has_zero_page = is->kind == FM_MODEL_PRIVATE && !is->hugetlb;

	if (b->touch.count < b->touch.pages)
		return fm_region_prove_node(r, &b->why_unproved);
	if (!write && has_zero_page && r->area.fill == FM_FILL_WRITE)
		return prove_unallocated(r, &b->why_unproved);
	if (read_before && has_zero_page && is->unit > 1)
		return prove_allocated(r, &b->why_unproved);
	return fm_region_prove(r, &b->why_unproved);
}

int fm_first_touch_setup(struct fm_block *b, struct fm_why *why)
{
	b->job.shared = fm_shared_make();
	return b->job.shared ? 0 : fm_fail(why, ENOMEM, "no memory to share");
}

/* Fresh memory, read before where that is what comes first. */
static long touch_fresh(struct fm_block *b, int read_before, int write,
			int (*call)(void *region))
{
	struct fm_region r;
	long err = fm_region_make(&r, b->backing, b->point, b->point->rss_bytes,
				  NULL);

	if (err)
		return err;
	if (read_before) {
		r.area.fill = FM_FILL_READ;
		fm_region_populate(&r);
	}
	fm_block_touch_prepare(b, &r, write);
	err = call ? fm_window_call(call, &r, &b->window) :
		     fm_window_run(&b->touch, &b->window, &b->job.shared->room);
	b->unproved = err ? 0 : prove_touched(b, &r, read_before, write);
	fm_region_drop(&r);
	return err;
}

long fm_first_touch(struct fm_block *b, int write)
{
	return touch_fresh(b, 0, write, NULL);
}

long fm_first_touch_by(struct fm_block *b, int write, int (*call)(void *region))
{
	return touch_fresh(b, 0, write, call);
}

long fm_second_touch(struct fm_block *b)
{
	return touch_fresh(b, 1, 1, NULL);
}

int fm_first_touch_check(struct fm_block *b, struct fm_sample *s,
			 struct fm_why *why)
{
	(void)why;
	fm_sample_from_window(s, &b->window, b);
	fm_block_take_singles(b);
	if (b->unproved)
		fm_sample_mark(s, "failed:%.150s", b->why_unproved.text);
	return 0;
}
