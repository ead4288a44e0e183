/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When enough has been measured: precision as the stopping rule. */
#ifndef FM_STOPPING_H
#define FM_STOPPING_H

#include "contrast.h"

/* It never looks before so many blocks. */
enum { FM_STOPPING_LEAST_BLOCKS = 12 };

/*
 * Whoever stops when an interval is narrow stops too early more often when the
 * spread happens to look small, and 95 % intervals hold 93.5 to 94.5 % (Chow
 * and Robbins, Annals of Mathematical Statistics 36, 1965, show that this
 * vanishes for many blocks only). So runs with this rule compute intervals of
 * level at this higher one, a figure found by simulation (tests/trust.c).
 */
double fm_stopping_level(double level);

/*
 * The relative half width that the rule looks at: exp of half the interval of
 * the logarithms, minus 1; 0.02 is +-2 %. INFINITY without an interval.
 */
double fm_stopping_width(struct fm_mean mean, double level);

/* Whether the mean is known well enough to stop. */
int fm_stopping_reached(struct fm_mean mean, double level, double precision);

/*
 * How many blocks, those of the mean included, will be enough if they go on
 * spreading as they did: n * (width / precision)^2 with both as logarithms, for
 * an interval shrinks with the root of their number. At least
 * FM_STOPPING_LEAST_BLOCKS; INFINITY without an interval.
 */
double fm_stopping_blocks(struct fm_mean mean, double level, double precision);

#endif
