/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a plan will take, from one short measurement of page faults. */
#ifndef FM_ESTIMATE_H
#define FM_ESTIMATE_H

#include <stdint.h>

#include "counted.h"
#include "launch.h"
#include "plan.h"

struct fm_estimate {
	double page_ns; /* of one zero-fill fault of a base page */
	uint64_t samples_min, samples_max, time_ns; /* a block's */
	uint64_t samples_large; /* samples_max where memory is large */
};

/*
 * How many samples a block of the point may have: where filling its memory
 * takes long, more, so that most of the block is spent measuring.
 */
uint64_t fm_estimate_samples(const struct fm_estimate *estimate,
			     const struct fm_plan_row *point);

/* Sets page_ns by a block of its own. Returns 0 or -errno. */
int fm_estimate_calibrate(struct fm_estimate *estimate,
			  const struct fm_programs *programs,
			  const struct fm_place *place);

/*
 * Expected time of one block of the point, and of one round with the blocks
 * that count, in ns. counted may be NULL.
 */
double fm_estimate_block(const struct fm_estimate *estimate,
			 const struct fm_plan_row *point);
double fm_estimate_round(const struct fm_estimate *estimate,
			 const struct fm_plan *plan,
			 const struct fm_counted *counted);

#endif
