/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be said of a ratio: faster, slower, the same, or nothing. */
#ifndef FM_VERDICT_H
#define FM_VERDICT_H

#include <stddef.h>

#include "contrast.h"

enum fm_verdict { FM_UNSURE, FM_SAME, FM_FASTER, FM_SLOWER };

extern const char *const fm_verdict_names[]; /* by enum fm_verdict */

/*
 * Fewer blocks (rounds) a side allow no verdict; of whole runs or boots, each a
 * mean over many blocks, three do: their t has few degrees of freedom, and says
 * so.
 */
enum { FM_VERDICT_LEAST_BLOCKS = 6, FM_VERDICT_LEAST_UNITS = 3 };

/*
 * The family-wise level of a comparison: with this probability all its
 * intervals hold their truths together.
 */
#define FM_VERDICT_LEVEL 0.99

/* The minimum effect where none is named and no noise floor says one. */
#define FM_VERDICT_EFFECT 0.01

/*
 * The level of each of m intervals that together hold family: Bonferroni's
 * 1 - (1 - family) / m, which needs no independence.
 */
double fm_verdict_level(double family, size_t m);

/*
 * contrast: log(new / base). FM_FASTER (FM_SLOWER) where the simultaneous
 * interval lies below exp(-delta) (above exp(delta)), FM_SAME where it lies
 * inside both, else FM_UNSURE; so it is without an interval, and with fewer
 * than least observations. delta is the minimum effect that matters, in
 * logarithms.
 */
enum fm_verdict fm_verdict_of(struct fm_mean contrast, size_t least,
			      double level, double delta);

#endif
