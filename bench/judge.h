/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a point can be measured here, and if not, why. */
#ifndef FM_JUDGE_H
#define FM_JUDGE_H

#include "plan.h"

/*
 * Sets the row's status to measure, with what the model expects of it, or to
 * skip with a reason that a person can act on: what the strategy cannot do,
 * what the size does not fit, or what this machine does not offer. Returns 0,
 * or -errno where the model could not be asked.
 */
int fm_judge(const struct fm_plan *plan, struct fm_plan_row *row);

#endif
