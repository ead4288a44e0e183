/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One sample: its memory, its interval, its proof, and what it counted. */
#include <errno.h>
#include <sched.h>
#include <string.h>

#include "bench.h"
#include "clock.h"
#include "counting.h"
#include "worker.h"

int fm_worker_make_memory(struct fm_block *b, struct fm_why *why)
{
	int err = fm_region_make(&b->mem, b->backing, b->point,
				 b->point->rss_bytes, why);
	uint64_t from = fm_clock_ns();

	if (err)
		return err;
	fm_region_populate(&b->mem);
	if (b->row->populate_ns == FM_ABSENT) /* not of memory made anew */
		b->row->populate_ns = fm_clock_ns() - from;
	/* Faults alone would not tell: a split huge page takes as many. */
	err = fm_region_prove(&b->mem, why);
	if (!err && b->strategy && b->strategy->prepare)
		err = b->strategy->prepare(&b->job, why);
	return err;
}

static int remake(struct fm_block *b, struct fm_why *why)
{
	fm_region_drop(&b->mem);
	return fm_worker_make_memory(b, why);
}

/* Clock reads are outside of what is counted, and counter reads inside. */
static void time_call(struct fm_block *b, const struct fm_workload *workload,
		      struct fm_counting_sample *counting)
{
	struct fm_call *call = &b->call;

	call->cpu_before = sched_getcpu();
	getrusage(RUSAGE_THREAD, &call->before);
	call->from_ns = fm_clock_ns();
	if (counting)
		fm_counting_before_sample(counting);
	call->result = workload->run(b);
	if (counting)
		fm_counting_after_call(counting);
	call->to_ns = fm_clock_ns();
	getrusage(RUSAGE_THREAD, &call->after);
	call->cpu_after = sched_getcpu();
}

static void mark_counts(struct fm_sample *sample, int err)
{
	if (err == -EAGAIN)
		fm_sample_mark(sample, "multiplexed");
	else if (err)
		fm_sample_mark(sample, "uncounted");
}

int fm_worker_take(struct fm_block *b, const struct fm_workload *workload,
		   struct fm_sample *sample, uint64_t *counts,
		   struct fm_why *why)
{
	struct fm_counting_sample counting = { .own_before = { .lost = 0 } };
	struct fm_shared *shared = b->job.shared;
	int counts_any = fm_counting_is_wanted();
	int err = b->remake ? remake(b, why) : 0;

	if (err)
		return err;
	b->call.window = (struct fm_counts){ .enabled = 0 };
	if (shared)
		shared->counts.enabled = 0;
	time_call(b, workload, counts_any ? &counting : NULL);
	if (b->call.result < 0)
		return fm_fail(why, (int)-b->call.result, "%s: %s",
			       b->point->workload,
			       strerror((int)-b->call.result));
	err = workload->check(b, sample, why);
	if (err || !counts_any)
		return err;
	mark_counts(sample,
		    fm_counting_take(&counting, &b->call.window,
				     shared ? &shared->counts : NULL, counts));
	return 0;
}
