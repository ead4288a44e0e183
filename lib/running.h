/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mean of values that come one by one, and are not kept. */
#ifndef FM_RUNNING_H
#define FM_RUNNING_H

#include "contrast.h"

/* All zero: of nothing yet. */
struct fm_running {
	double mean, squares; /* squares: sum of (x - mean)^2 */
	size_t n;
};

/*
 * Takes one more value, by a recurrence that loses no digits (B. P. Welford,
 * Technometrics 4, 1962). One that is not finite leaves no mean for good.
 */
void fm_running_add(struct fm_running *running, double x);

/* What fm_mean_of says of all values so far. */
struct fm_mean fm_running_mean(const struct fm_running *running);

#endif
