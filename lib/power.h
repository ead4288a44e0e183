/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a comparison of so many rounds can find. */
#ifndef FM_POWER_H
#define FM_POWER_H

#include <stddef.h>

/*
 * How often two equal things are to be found the same at the minimum effect
 * that is named for it.
 */
#define FM_POWER_SAME 0.9

/* A comparison that is planned; all in logarithms. */
struct fm_power {
	double sd;    /* of one round's difference, see fm_pair_sd */
	double level; /* of each interval, see fm_verdict_level */
	double delta; /* minimum effect that matters; NAN: the one named for
			 so many rounds, fm_power_same at FM_POWER_SAME */
	double power; /* wanted probability of finding, such as 0.95 */
};

/*
 * The smallest effect that rounds pairs find: delta + (t + z(power) * sqrt(1 +
 * t^2 / (2 df))) * sd / sqrt(rounds), with t of that level and the df of a
 * trimmed mean, z of the normal distribution. INFINITY below 2 rounds.
 */
double fm_power_effect(const struct fm_power *plan, size_t rounds);

/*
 * The least number of rounds that finds the effect; SIZE_MAX where more than a
 * million are needed, or effect <= delta.
 */
size_t fm_power_rounds(const struct fm_power *plan, double effect);

/*
 * The smallest delta at which two equal things are found the same with that
 * probability in rounds pairs: the same without delta, z((1 + power) / 2) for
 * z(power), since they may differ in either direction.
 */
double fm_power_same(const struct fm_power *plan, size_t rounds);

#endif
