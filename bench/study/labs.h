/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labs of machines whose outliers are known, and what is said of them. */
#ifndef FM_LABS_H
#define FM_LABS_H

#include "nights.h"
#include "outlier.h"

enum { FM_LABS_POINTS = 50, FM_LABS_MACHINES = 32 };

/* By which equal machines differ at a point, and as a whole: 1 is 100 %. */
#define FM_LABS_LEAST 0.005
#define FM_LABS_MOST 0.04
#define FM_LABS_WHOLE 0.005

/* How they differ at a point. */
enum fm_labs_tails { FM_LABS_NORMAL, FM_LABS_STUDENT, FM_LABS_BLOCKS };
#define FM_LABS_DF 5.0 /* of Student's t */

struct fm_labs {
	size_t k, outliers; /* machines; the first ones are outliers */
	double by;	    /* how much slower these are, in logarithms */
	size_t in;	    /* in so many of their points */
	enum fm_labs_tails tails;
	double own; /* by which machines differ at a point; 0: as above */
};

struct fm_labs_tally {
	size_t labs;
	size_t wrong;	   /* of them, those in which another is called one */
	size_t told, near; /* points besides, and those not off by so much */
	size_t all, machines, all_points, points; /* outliers, those found */
};

/* Judges n such labs as the command does. Returns 0 or -ENOMEM. */
int fm_labs_play(const struct fm_labs *labs, struct fm_nights *nights, size_t n,
		 struct fm_labs_tally *tally);

#endif
