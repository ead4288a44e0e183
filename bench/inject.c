/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plug-ins that are slowed on purpose by a known time. */
#include "inject.h"
#include "spin.h"

static struct {
	struct fm_strategy strategy;
	const struct fm_strategy *real;
	uint64_t ns;
} slow_strategy;

static struct {
	struct fm_workload workload;
	const struct fm_workload *real;
	uint64_t ns;
} slow_workload;

static pid_t spawn(const struct fm_job *job)
{
	fm_spin(slow_strategy.ns);
	return slow_strategy.real->spawn(job);
}

static long run(struct fm_block *b)
{
	fm_spin(slow_workload.ns);
	return slow_workload.real->run(b);
}

const struct fm_strategy *fm_inject_strategy(const struct fm_strategy *real,
					     uint64_t ns)
{
	if (!real || !ns)
		return real;
	slow_strategy.strategy = *real;
	slow_strategy.strategy.spawn = spawn;
	slow_strategy.real = real;
	slow_strategy.ns = fm_spin_for(ns);
	return &slow_strategy.strategy;
}

const struct fm_workload *fm_inject_workload(const struct fm_workload *real,
					     uint64_t ns)
{
	if (!ns)
		return real;
	slow_workload.workload = *real;
	slow_workload.workload.run = run;
	slow_workload.real = real;
	slow_workload.ns = fm_spin_for(ns);
	fm_window_slow(slow_workload.ns);
	return &slow_workload.workload;
}
