/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What two measurements of one point amount to together. */
#ifndef FM_COMPARISON_H
#define FM_COMPARISON_H

#include "contrast.h"
#include "record.h"

#define FM_COMPARISON_COLUMNS(X)                                               \
	FM_POINT_COLUMNS(X)                                                    \
	X(str, metric, "", "as in summary.tsv")                                \
	X(text, across, "",                                                    \
	  "axes that --across names and that differ, as KEY=BASE/NEW; the "    \
	  "columns of the point are BASE's")                                   \
	X(str, statistic, "", "the quantile of each block that is compared")   \
	X(str, unit, "", "of base, new and difference")                        \
	X(real, base, "", "exp of BASE's trimmed mean of logarithms")          \
	X(real, new, "", "exp of NEW's")                                       \
	X(real, ratio, "",                                                     \
	  "new / base, of trimmed means of logarithms (doc/statistics), "      \
	  "which "                                                             \
	  "a few disturbed blocks do not move")                                \
	X(real, ratio_lo, "", "lower end of its own interval")                 \
	X(real, ratio_hi, "", "upper end")                                     \
	X(real, level, "", "level of that interval")                           \
	X(real, ratio_slo, "", "lower end of its simultaneous interval")       \
	X(real, ratio_shi, "", "upper end")                                    \
	X(real, slevel, "",                                                    \
	  "level of that one, at which all lines together have the level "     \
	  "that --level names")                                                \
	X(real, difference, "", "new - base, likewise without logarithms")     \
	X(real, difference_lo, "", "lower end of its interval, of level")      \
	X(real, difference_hi, "", "upper end")                                \
	X(real, delta, "", "minimum effect that matters; 0.01 is 1 %")         \
	X(str, over, "",                                                       \
	  "the observations: rounds (paired), blocks, runs or boots")          \
	X(num, base_observations, "", "how many of BASE")                      \
	X(num, new_observations, "", "how many of NEW")                        \
	X(num, base_blocks, "", "blocks behind them")                          \
	X(num, new_blocks, "", "and of NEW")                                   \
	X(num, left_out, "", "blocks whose round the other side lacks")        \
	X(str, verdict, "", "slower, faster, same or unsure")                  \
	X(text, reason, "", "why unsure")                                      \
	X(text, note, "", "what else is to be known of the line")

struct fm_comparison_row {
	FM_COMPARISON_COLUMNS(FM_FIELD)
};

extern const struct fm_table fm_comparison_table;

/* The blocks of a point and metric in one unit: a run, or runs of one boot. */
struct fm_unit {
	const struct fm_quantile_row *block; /* in order of their rounds */
	size_t k;
};

/* One side of a comparison: its units, n of them. */
struct fm_units_of {
	const struct fm_unit *unit;
	size_t n;
};

enum fm_over { FM_OVER_ROUNDS, FM_OVER_BLOCKS, FM_OVER_UNITS };

struct fm_comparison {
	enum fm_over over;
	struct fm_mean base, new;  /* of logarithms */
	struct fm_mean ratio;	   /* log(new / base) */
	struct fm_mean difference; /* new - base, in ns */
	double base_ns, new_ns;	   /* plain means, for what has no logarithm */
	size_t left_out;	   /* blocks without a partner */
	size_t absent;		   /* blocks that lack the statistic */
};

/*
 * Compares one column (offset: of a double in struct fm_quantile_row) of two
 * sides. over: FM_OVER_ROUNDS pairs the blocks of both sides' only unit by
 * round and leaves the others out; FM_OVER_BLOCKS takes all blocks of a side
 * as one set; FM_OVER_UNITS takes the mean over each unit's blocks as one
 * observation. The two latter are contrasted by Welch's t. Rounds and blocks
 * are trimmed (fm_mean_trimmed), units are not: there are few. No error is
 * smaller than what the step of the values leaves open (FM_CLOCK_STEP or
 * FM_NO_STEP). Returns 0 or -ENOMEM.
 */
int fm_comparison_make(struct fm_comparison *c, struct fm_units_of base,
		       struct fm_units_of new, size_t offset, enum fm_over over,
		       double step);

#endif
