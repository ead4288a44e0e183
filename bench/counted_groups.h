/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which events are counted together: those that fit on the counters. */
#ifndef FM_COUNTED_GROUPS_H
#define FM_COUNTED_GROUPS_H

#include "counted.h"

/*
 * Puts the events that count into groups for each task, and writes a row of
 * events.tsv and a column of samples.tsv for each. What does not fit is counted
 * in blocks of its own, never by turns. Returns 0, or -E2BIG.
 */
int fm_counted_group(struct fm_counted *counted, int cpu, struct fm_why *why);

#endif
