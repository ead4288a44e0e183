/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nights of a point whose noise is that of blocks which were recorded. */
#ifndef FM_NIGHTS_H
#define FM_NIGHTS_H

#include <gsl/gsl_rng.h>

#include "err.h"

struct fm_nights_source; /* residuals of one recorded point, in their order */

enum { FM_NIGHTS_SAMPLE = 4000, FM_NIGHTS_BLOCKS = 30 };

struct fm_nights {
	gsl_rng *rng;
	struct fm_nights_source *source;
	size_t sources;
	double correlation; /* of a night's own effect with the next one's */
	/* The point that was drawn. */
	size_t point;
	double own;	  /* standard deviation of what a night has to itself */
	double sd;	  /* of a night in all, in logarithms */
	double quartiles; /* how far these are from each other */
	double sample[FM_NIGHTS_SAMPLE];
};

/*
 * Reads the blocks of DIR/base and DIR/new. Returns 0 or -errno with the
 * reason. To be freed in any case.
 */
int fm_nights_open(struct fm_nights *nights, const char *dir,
		   unsigned long seed, struct fm_why *why);
void fm_nights_free(struct fm_nights *nights);

/*
 * Draws a recorded point, and how much its nights differ by themselves: by a
 * standard deviation of 0.5 to 4 %, as many small ones as large ones in
 * logarithms.
 */
void fm_nights_draw_point(struct fm_nights *nights);

/*
 * n nights in logarithms around 0. Each is the mean of thirty blocks of the
 * point that were measured one after the other, and what the night has to
 * itself: as a single block of any recorded point is off, with the same heavy
 * tails, but for its size.
 */
void fm_nights_draw(struct fm_nights *nights, double *x, size_t n);

/* The blocks of one such night, and what it has to itself. */
void fm_nights_draw_blocks(struct fm_nights *nights, double *x);
double fm_nights_draw_own(struct fm_nights *nights);

#endif
