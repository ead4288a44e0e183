/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * forkmeter trace: which frame each page has, and what was done to it, told by
 * the kernel's evidence alone. Where frame numbers are hidden, frames are told
 * apart by what the entries say: an exclusive one has a frame of its own.
 */
#include <string.h>

#include "pagemap.h"
#include "trace.h"

/* A private page that is there, yet counted nowhere, is the zero page. */
static int is_zero(const struct fm_pagemap_entry *e,
		   const struct fm_pagemap_entry *other,
		   const struct fm_trace_seen *was)
{
	uint64_t flags;

	if (!e->present || e->file || e->exclusive)
		return 0;
	if (e->pfn && !fm_pagemap_flags(e->pfn, &flags))
		return !!(flags & FM_PAGEMAP_ZERO);
	return was->zero || !other->present || other->exclusive || other->file;
}

/* A frame without a number: is it the one that was there? */
static int is_kept(const struct fm_trace_seen *was, struct fm_trace_seen *is,
		   const struct fm_trace_reply *touched)
{
	if (!was->present || was->file != is->file || was->zero != is->zero)
		return 0;
	if (!touched || !touched->window.minflt || is->file || is->zero)
		return 1;
	if (!was->alone) /* the other still has the old one */
		return !is->alone;
	is->unsure = touched->reuses == FM_ABSENT;
	return touched->reuses > 0;
}

/* A name for it; touched is the answer of the process that touched it, if any.
 */
static uint64_t label(struct fm_trace_view *now, int who,
		      enum fm_trace_page page, const struct fm_trace_seen *was,
		      const struct fm_trace_reply *touched)
{
	struct fm_trace_seen *is = &now->page[who][page];
	const struct fm_trace_seen *other = &now->page[!who][page];

	if (is_kept(was, is, touched))
		return was->frame;
	if (other->present && other->file == is->file &&
	    other->zero == is->zero && !other->alone && !is->alone)
		return other->frame;
	return ++now->labels;
}

static void count_sharers(struct fm_trace_seen *s)
{
	if (s->zero)
		s->sharers = FM_ABSENT; /* not counted by the kernel */
	else if (s->numbered && !fm_pagemap_count(s->frame, &s->sharers))
		s->at_least = 0;
	else {
		s->sharers = s->alone ? 1 : 2;
		s->at_least = s->file && !s->alone;
	}
}

/* The process is gone: what became of the frame that it had. */
static void see_gone(struct fm_trace_view *now, int who,
		     enum fm_trace_page page, const struct fm_trace_seen *was)
{
	struct fm_trace_seen *s = &now->page[who][page];
	const struct fm_trace_seen *other = &now->page[!who][page];

	*s = *was;
	s->present = 0;
	if (s->zero || !was->present)
		return;
	if (s->numbered && !fm_pagemap_count(s->frame, &s->sharers))
		return;
	s->sharers = was->alone ? 0 : FM_ABSENT;
	if (other->present && other->frame == was->frame) {
		s->sharers = other->sharers;
		s->at_least = other->at_least;
	}
}

static int read_entries(const struct fm_trace_pair *pair,
			struct fm_pagemap_entry (*e)[FM_TRACE_PAGES],
			struct fm_why *why)
{
	int err = 0;

	memset(e, 0, sizeof(*e) * FM_TRACE_BOTH);
	for (int who = 0; who < FM_TRACE_BOTH; who++)
		for (int page = 0;
		     pair->pid[who] && page < FM_TRACE_PAGES && !err; page++)
			err = fm_pagemap_read(pair->pid[who],
					      (void *)pair->at[page],
					      &e[who][page]);
	return err ? fm_fail(why, -err,
			     "/proc/PID/pagemap is not readable: %s; without "
			     "it no page can be shown",
			     strerror(-err)) :
		     0;
}

int fm_trace_look(const struct fm_trace_pair *pair,
		  const struct fm_trace_touch *touch,
		  const struct fm_trace_reply *reply,
		  const struct fm_trace_view *before, struct fm_trace_view *now,
		  struct fm_why *why)
{
	struct fm_pagemap_entry e[FM_TRACE_BOTH][FM_TRACE_PAGES];
	int err = read_entries(pair, e, why);

	*now = (struct fm_trace_view){ .labels = before->labels };
	for (int i = 0; !err && i < FM_TRACE_BOTH * FM_TRACE_PAGES; i++) {
		int who = i / FM_TRACE_PAGES, page = i % FM_TRACE_PAGES;
		const struct fm_trace_seen *was = &before->page[who][page];
		struct fm_trace_seen *s = &now->page[who][page];
		const struct fm_pagemap_entry *is = &e[who][page];
		int touched = touch && fm_trace_is_access(touch, who, page);

		now->there[who] = pair->pid[who] != 0;
		if (!now->there[who] && before->there[who])
			see_gone(now, who, page, was);
		if (!is->present)
			continue;
		*s = (struct fm_trace_seen){
			.present = 1,
			.file = is->file,
			.alone = is->exclusive,
			.zero = is_zero(is, &e[!who][page], was),
			.numbered = is->pfn != 0,
			.frame = is->pfn,
		};
		if (!s->numbered)
			s->frame = label(now, who, page, was,
					 touched ? reply : NULL);
		count_sharers(s);
	}
	return err;
}
