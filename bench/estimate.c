/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a plan will take, from one short measurement of page faults. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "estimate.h"
#include "pages.h"

/*
 * Rough weights, in ns or in faults of one base page: only the progress line
 * and --dry-run depend on them. A worker's start and end are START_NS.
 */
#define START_NS 3e6
#define LARGE (256ull << 20)
#define FORK_NS 8e4
#define BORROWED_NS 3e4 /* of a child that borrows the parent's memory */
#define EXEC_NS 6e4
#define SHELL_NS 1e6 /* of a call that comes back when a shell has ended */
#define FORK_A_PAGE 0.08
#define COW_A_PAGE 1.4
#define REMAKE_A_PAGE 1.1 /* where the parent's writes spoil its memory */
#define HUGE_A_PAGE 0.15
#define BY_HAND_A_PAGE 3   /* user_cow: a signal, or a switch of threads */
#define BY_OTHER_A_PAGE 30 /* and waking another processor */

int fm_estimate_calibrate(struct fm_estimate *e,
			  const struct fm_programs *programs,
			  const struct fm_place *place)
{
	struct fm_plan_row point;
	struct fm_sample sample;
	struct fm_reply reply;
	int err;
	const struct fm_block_request request = {
		.programs = programs,
		.place = place,
		.point = &point,
		.samples_min = 1,
		.samples_max = 1,
	};

	fm_row_clear(&fm_plan_table, &point);
	strcpy(point.workload, "zero_fill");
	strcpy(point.backing, "anon");
	point.rss_bytes = 8u << 20;
	err = fm_launch_block(&request, &reply, &sample);
	if (err)
		return err;
	e->page_ns = 2000;
	if (reply.samples)
		e->page_ns = (double)sample.batch_ns / (double)sample.ops;
	return 0;
}

uint64_t fm_estimate_samples(const struct fm_estimate *e,
			     const struct fm_plan_row *point)
{
	return point->rss_bytes >= LARGE ? e->samples_large : e->samples_max;
}

double fm_estimate_block(const struct fm_estimate *e,
			 const struct fm_plan_row *point)
{
	const struct fm_workload *w = fm_workload_find(point->workload);
	const struct fm_strategy *s = fm_strategy_find(point->strategy);
	const struct fm_backing *b = fm_backing_find(point->backing);
	double pages = (double)point->rss_bytes / (double)fm_pages_base();
	int huge = b && fm_area_of(b, point).model.unit > 1;
	double touch = pages * e->page_ns * (huge ? HUGE_A_PAGE : 1);
	double sample = 0, all, time;

	if (s)
		sample = s->caps & FM_RETURNS_LATE ? BORROWED_NS : FORK_NS;
	if (s && (s->caps & FM_REAPS))
		sample = SHELL_NS;
	if (!strcmp(point->child, "exec"))
		sample += EXEC_NS;
	if (s && (s->caps & FM_OWN_MEMORY) && !huge)
		sample += pages * e->page_ns * FORK_A_PAGE;
	if ((w->needs & FM_NEEDS_COPY) ||
	    (s && (s->caps & (FM_COPIES | FM_CHILD_COPIES))))
		sample += pages * e->page_ns * COW_A_PAGE;
	else if (w->needs & FM_NEEDS_MEMORY)
		sample += touch;
	if (*point->mechanism)
		sample += touch * (strcmp(point->handler, "other") ?
					   BY_HAND_A_PAGE :
					   BY_OTHER_A_PAGE);
	if ((strcmp(point->writer, "child") && *point->writer) || *point->other)
		sample += touch * REMAKE_A_PAGE;
	all = sample * (double)fm_estimate_samples(e, point);
	time = 1.95 * touch; /* half as much again as filling takes */
	if (time < (double)e->time_ns)
		time = (double)e->time_ns;
	if (all > time)
		all = time;
	if (all < sample * (double)e->samples_min)
		all = sample * (double)e->samples_min;
	return START_NS + 1.3 * touch + sample + all;
}

double fm_estimate_round(const struct fm_estimate *e,
			 const struct fm_plan *plan,
			 const struct fm_counted *counted)
{
	double ns = 0;

	for (size_t i = 0; i < plan->n; i++)
		if (!strcmp(plan->row[i].status, "measure"))
			ns += fm_estimate_block(e, &plan->row[i]) *
			      fm_counted_blocks(counted, &plan->row[i]);
	return ns;
}
