/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rounds of blocks in random order, each block recorded as it ends. */
#ifndef FM_ROUNDS_H
#define FM_ROUNDS_H

#include "counted.h"
#include "differences.h"
#include "disturbance.h"
#include "estimate.h"
#include "inject.h"
#include "levels.h"
#include "options.h"
#include "progress.h"
#include "rundir.h"

struct fm_run;

/*
 * Who watches a run's blocks, and keeps what comes of them in the place of its
 * folder's tables. Both return 0, or -errno with the reason in why. After begin
 * end is called, unless a signal ends the run.
 */
struct fm_watch {
	int (*begin)(struct fm_watch *watch, struct fm_block_request *request,
		     struct fm_why *why);
	int (*end)(struct fm_watch *watch, const struct fm_reply *reply,
		   const struct fm_sample *samples, struct fm_why *why);
};

/* One run of the driver, from the plan to the last block. */
struct fm_run {
	const struct fm_options *options;
	struct fm_programs programs;
	struct fm_place *place;
	const struct fm_place *place_of; /* whose processors it has, or NULL */
	struct fm_offers offers;
	struct fm_plan plan;
	struct fm_estimate estimate;
	struct fm_rundir dir;
	struct fm_progress progress;
	struct fm_disturbance disturbance;
	struct fm_precision precision; /* that ends it, where one is wanted */
	struct fm_levels levels;       /* by what the rule looks at */
	struct fm_sample *samples;     /* of one block */
	struct fm_counted *counted;    /* NULL: times alone */
	uint64_t *counts;	       /* of one block */
	uint64_t time_ns, spent_ns, seed;
	uint64_t from_ns; /* when rounds began */
	uint64_t blocks, samples_taken, blocks_broken, blocks_skipped;
	struct fm_why first_broken, first_skipped;
	struct fm_inject inject[FM_LIST_MAX]; /* of options->inject */
	struct fm_tunables tunables;	      /* of options->setting */
	/* Of one of two that are interleaved; else NULL. See lib/machine.h. */
	const char *sitting, *side, *side_words;
	struct fm_watch *watch; /* NULL: nobody does */
	int recorded; /* the folder holds all that was to be measured */
};

/* Runs that are measured together: one, or two whose blocks take turns. */
enum { FM_SIDES = 2 };
struct fm_turn {
	size_t row[FM_SIDES]; /* of the sides' plans: what belongs together */
};
struct fm_sitting {
	struct fm_run *side[FM_SIDES];
	size_t sides;
	struct fm_turn *turn;
	size_t turns;
	struct fm_differences differences; /* of two, where --precision asks */
};

/*
 * Measures rounds until the time is spent, or as many as were asked for, or
 * sooner where the wanted precision is reached; always at least one, always
 * whole ones. In a round all turns come in random order; in a turn each side
 * has a block, directly after one another, and which side begins is random,
 * too. Time, seed, precision and progress are those of the first side. Returns
 * 0, -EINTR after a signal, or -errno after saying what went wrong; rounds
 * counts the complete ones.
 */
int fm_rounds_measure(struct fm_sitting *sitting, uint64_t *rounds);

/* The same of one run, all points that its plan says. */
int fm_rounds_measure_run(struct fm_run *run, uint64_t *rounds);

#endif
