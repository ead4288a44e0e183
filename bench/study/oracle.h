/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who looks for a change and knows everything but its night: the level before
 * it, the distribution of the noise, the size. Page's test (E. S. Page,
 * Biometrika 41, 1954) on the likelihood ratio, which no other beats to the
 * change at an equal rate of false alarms (G. V. Moustakides, Annals of
 * Statistics 14, 1986).
 */
#ifndef FM_ORACLE_H
#define FM_ORACLE_H

#include <stddef.h>

#include "nights.h"

enum { FM_ORACLE_BINS = 1024 };

struct fm_oracle {
	double size;	 /* of the change, in standard deviations */
	double lo, step; /* of the bins, likewise */
	double log_density[FM_ORACLE_BINS];
	double sd, threshold;
};

/* Learns the noise of the point that was drawn, from its sample. */
void fm_oracle_learn(struct fm_oracle *oracle, const struct fm_nights *nights);

/*
 * Sets the threshold at which it has that rate of false alarms a night, from
 * so many series of n nights each. Returns 0 or -ENOMEM.
 */
int fm_oracle_tune(struct fm_oracle *oracle, struct fm_nights *nights,
		   double rate, size_t series, size_t n);

/* The first night after x[from], up to x[to - 1], that it tells; 0: none. */
size_t fm_oracle_finds(const struct fm_oracle *oracle, const double *x,
		       size_t from, size_t to);

#endif
