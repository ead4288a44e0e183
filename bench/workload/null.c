/* SPDX-License-Identifier: GPL-3.0-or-later */
/* null - the harness alone: two reads of the clock around an empty call. */
#include "bench.h"
#include "clock.h"

static pid_t nothing(const struct fm_job *job)
{
	(void)job;
	return 0;
}

static int sample(struct fm_block *b, struct fm_sample *s, struct fm_why *why)
{
	pid_t (*volatile call)(const struct fm_job *) = nothing;
	struct fm_own own;
	uint64_t from, to;

	(void)why;
	fm_own_begin(&own);
	from = fm_clock_ns();
	call(&b->job);
	to = fm_clock_ns();
	fm_own_end(&own, s);
	s->batch_ns = to - from;
	s->ops = 1;
	return 0;
}

const struct fm_workload fm_workload_null = {
	.summary = "the harness itself: two clock reads and an indirect call",
	.sample = sample,
};
