/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is being measured and how long it will take, on standard error. */
#ifndef FM_PROGRESS_H
#define FM_PROGRESS_H

#include <stdint.h>

#include "precision.h"

enum fm_progress_voice {
	FM_PROGRESS_QUIET,   /* nothing */
	FM_PROGRESS_NORMAL,  /* one line that is overwritten; a line a round in
				a log, at most one every five seconds */
	FM_PROGRESS_VERBOSE, /* a line a block */
};

struct fm_progress {
	enum fm_progress_voice voice;
	int terminal;
	uint64_t rounds;       /* 0: as many as fit into time_ns, */
	uint64_t least_rounds; /* and at least these */
	double round_ns;       /* of one round, as estimated before the run */
	double done_ns;	       /* of what is done, by the same estimate */
	const struct fm_precision *precision; /* may end it sooner; or NULL */
	uint64_t time_ns, start_ns, said_ns;
};

/* Starts the clock; the fields above it that say how much there is are set. */
void fm_progress_begin(struct fm_progress *progress);

/*
 * How long the whole run will take, in ns, when spent_ns of it are over: the
 * estimate, corrected by how long what is done took. Where precision may end it
 * sooner, no more rounds than the widest interval is predicted to need.
 */
double fm_progress_expected(const struct fm_progress *progress,
			    double spent_ns);

/* side names the one of two runs that is at it; NULL: there is one alone. */
void fm_progress_block(struct fm_progress *progress, const char *side,
		       uint64_t round, const struct fm_plan_row *point);
/* The block that was estimated at estimate_ns is over, with these samples. */
void fm_progress_block_done(struct fm_progress *progress, double estimate_ns,
			    uint64_t samples);
void fm_progress_round(struct fm_progress *progress, uint64_t round,
		       uint64_t samples);
/* Leaves the terminal's line empty. */
void fm_progress_end(struct fm_progress *progress);

/* "cow fork writer=parent anon 32M" into buf; returns buf. */
const char *fm_point_text(const struct fm_plan_row *point, char *buf,
			  size_t size);

#endif
