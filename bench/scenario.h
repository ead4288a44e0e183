/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A point on the model: what its faults, copies and frames must be. */
#ifndef FM_SCENARIO_H
#define FM_SCENARIO_H

#include "bench.h"

/*
 * Sets the point's model_ columns by running its workload on the model, with
 * the policy that this kernel showed. They stay absent for a workload that
 * counts no faults. Returns 0 or -errno.
 */
int fm_scenario_predict(struct fm_plan_row *point,
			const struct fm_model_policy *policy);

#endif
