/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Plug-ins that are slowed on purpose by a known time, so that what claims to
 * find differences can be seen to find one. In the worker, for one block: the
 * block's pointer to the plug-in becomes one to a copy whose call spins first.
 * Without that nothing is different, not by an instruction.
 */
#ifndef FM_INJECT_H
#define FM_INJECT_H

#include "bench.h"

/* spawn spins for ns before it makes the child. real itself where ns is 0. */
const struct fm_strategy *fm_inject_strategy(const struct fm_strategy *real,
					     uint64_t ns);

/*
 * run spins for ns first. Where it times a window of its own that spin is
 * outside, so each window spins inside, too. real itself where ns is 0.
 */
const struct fm_workload *fm_inject_workload(const struct fm_workload *real,
					     uint64_t ns);

/* What was asked for of which plug-in. */
struct fm_inject {
	char name[48];
	uint64_t ns;
};

/*
 * NAME=NS, of a strategy or a workload. Returns 0, or -EINVAL where there is no
 * such (the nearest in why), NS is no number from 1 to a second, or the
 * workload's interval begins only in the child.
 */
int fm_inject_parse(struct fm_inject *inject, const char *text,
		    struct fm_why *why);

#endif
