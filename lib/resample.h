/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Experiments drawn from recorded blocks: how often a comparison is right. A
 * round of an experiment is a recorded round, drawn with replacement; which
 * side is called new is drawn anew for each pair of blocks, for in an A/A run
 * the names mean nothing. So the truth is known: no difference, but for what is
 * planted.
 */
#ifndef FM_RESAMPLE_H
#define FM_RESAMPLE_H

#include "pairs.h"

struct fm_resample_plan {
	size_t experiments;
	unsigned long seed;
	/* Rounds of an experiment; with a precision, at most so many. */
	size_t rounds;
	double precision; /* of the ratios, relative: lib/stopping.h; 0: none */
	double family;	  /* level of all intervals together */
	/* Minimum effect of each pair, in logarithms; NULL: 0. */
	const double *delta;
	/* What is planted: the pair, and by how much its new side is slower. */
	size_t slowed;
	double effect; /* in logarithms; 0: nothing */
};

struct fm_resample_result {
	size_t experiments, intervals;
	size_t covered; /* 95 % intervals of ratios that hold the truth */
	size_t levels_covered;	  /* the same of medians of one side */
	size_t false_verdicts;	  /* faster or slower of what is the same */
	size_t false_experiments; /* with one or more of them */
	size_t decided;		  /* equal pairs that were found the same */
	size_t equal;		  /* pairs without anything planted */
	size_t found;		  /* experiments that found what was planted */
	size_t precise;		  /* that reached the precision */
	double rounds;		  /* of an experiment, mean */
	double estimate; /* of the planted effect, median, in logarithms */
};

/* Returns 0, or -ENOMEM. */
int fm_resample(const struct fm_pairs *pairs,
		const struct fm_resample_plan *plan,
		struct fm_resample_result *result);

#endif
