/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Precision as the stopping rule: whether a set of numbers is known well
 * enough.
 */
#ifndef FM_PRECISION_H
#define FM_PRECISION_H

#include <stdint.h>

#include "contrast.h"
#include "record.h"

/* Of the intervals that must become so narrow. */
#define FM_PRECISION_LEVEL 0.95

/*
 * A number of the set. Who computes it is another matter: a point's level over
 * blocks (levels.h), or the ratio of two sides, paired by round.
 */
struct fm_known {
	const struct fm_plan_row *point;
	const char *metric;	 /* "" while no block had any */
	struct fm_mean mean;	 /* in logarithms */
	char reason[FM_WHY_MAX]; /* of the last block that gave nothing */
};

enum fm_known_state {
	FM_KNOWN_WIDE,	  /* not yet well enough */
	FM_KNOWN_WELL,	  /* its interval is narrow enough */
	FM_KNOWN_WITHOUT, /* more rounds will give it no interval */
};

/* What the rule saw when it last looked; at first, what is wanted alone. */
struct fm_precision {
	double wanted;	 /* relative half width, 0.02 is +-2 %; 0: no rule */
	uint64_t rounds; /* that were complete */
	size_t n, wide, without; /* numbers: all, and in those states */
	double width;	  /* of the widest; INFINITY: it has no interval yet */
	double needed;	  /* rounds in all, by the widest; 0: nobody knows */
	char widest[160]; /* its point and metric */
};

/*
 * A number without logarithms (a block's median was 0) never gets an interval;
 * nor, in any useful time, does one whose point gave nothing in more than half
 * of FM_STOPPING_LEAST_BLOCKS rounds or more. Such do not keep a run going.
 */
enum fm_known_state fm_precision_state(const struct fm_precision *precision,
				       const struct fm_known *known);

/* Looks at the n numbers at the end of a round; rounds of them are complete. */
void fm_precision_look(struct fm_precision *precision,
		       const struct fm_known *known, size_t n, uint64_t rounds);

/* Whether the run may end; never before FM_STOPPING_LEAST_BLOCKS rounds. */
int fm_precision_is_over(const struct fm_precision *precision);

/* "cow fork anon 64M op_ns"; returns buf. */
const char *fm_known_name(const struct fm_known *known, char *buf, size_t size);

/*
 * What a number lacks, and what would give it, as a sentence: "+-3.1 % of
 * +-2 %, about 40 more rounds (5 min) would do". round_ns is how long a round
 * took. Returns buf.
 */
const char *fm_known_text(const struct fm_known *known,
			  const struct fm_precision *precision, double round_ns,
			  char *buf, size_t size);

/*
 * Says on standard error how the run ended, as the rule last saw it: what it
 * reached, or what fell short and by how much, the widest first. spent_ns is
 * how long all rounds took. Returns whether a number that was measured fell
 * short.
 */
int fm_precision_say(const struct fm_precision *precision,
		     const struct fm_known *known, double spent_ns);

#endif
