/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The noise floor of a machine: what A/A runs (forkmeter selfcheck) showed on
 * it, in selfcheck.tsv beside its runs, from which compare takes the minimum
 * effects that it looks for.
 */
#ifndef FM_FLOOR_H
#define FM_FLOOR_H

#include "pairs.h"
#include "record.h"

#define FM_FLOOR_COLUMNS(X)                                                    \
	X(str, started, "", "when the A/A run began, UTC")                     \
	X(str, host_id, "", "of machine.json")                                 \
	X(str, state, "", "of machine.json")                                   \
	X(str, boot_id, "", "of machine.json")                                 \
	FM_POINT_COLUMNS(X)                                                    \
	X(str, metric, "", "as in summary.tsv")                                \
	X(num, rounds, "", "pairs of blocks behind the line")                  \
	X(real, round_ms, "ms", "how long a round of the run took")            \
	X(real, median, "ns", "exp of the mean log block median, both sides")  \
	X(real, sd, "",                                                        \
	  "one round's difference of logarithms: standard error of their "     \
	  "trimmed mean times the root of their number")                       \
	X(real, apart_sd, "", "the same of one side's logarithms")             \
	X(real, halves, "", "log of the run's second half by its first")       \
	X(real, ratio, "", "of the two sides, which are the same")             \
	X(real, ratio_lo, "", "lower end of its 95 % interval")                \
	X(real, ratio_hi, "", "upper end")                                     \
	X(real, delta, "",                                                     \
	  "minimum effect at which so many rounds find equal things the same " \
	  "in 90 %, relative")                                                 \
	X(real, effect, "",                                                    \
	  "least effect that they then find in 95 %, relative")                \
	X(str, verdict, "", "compare's, of the two sides")

struct fm_floor_row {
	FM_FLOOR_COLUMNS(FM_FIELD)
};

extern const struct fm_table fm_floor_table;

/* Lines of one machine, in the order in which they were written. */
struct fm_floor {
	struct fm_floor_row *row;
	size_t n;
};

/*
 * Adds the lines to DIR/selfcheck.tsv, all or none of them, with a header where
 * it is new. Returns 0 or -errno with the reason in why.
 */
int fm_floor_append(const char *dir, const struct fm_floor_row *row, size_t n,
		    struct fm_why *why);

/*
 * Reads the lines of that host from DIR/selfcheck.tsv, adding to floor (empty
 * at first). Returns 0 also where there is no such file.
 */
int fm_floor_load(struct fm_floor *floor, const char *dir, const char *host_id,
		  struct fm_why *why);
void fm_floor_free(struct fm_floor *floor);

/*
 * What one round contributes to the difference of a point (paired), or to one
 * of its sides (else), as fm_power takes it: of the newest line of that point
 * (a row of a table that has the point's columns) and metric; where there is
 * none, what nine tenths of the points of the newest A/A run stay below. NaN
 * without any.
 */
double fm_floor_sd(const struct fm_floor *floor, const struct fm_table *table,
		   const void *point, const char *metric, int paired);

/*
 * How far two runs of one boot (or of two) differ, though nothing does, in
 * logarithms: t(0.995) * sqrt(2) times the standard deviation between the
 * medians of three or more A/A runs (boots) of one state, over all points. NaN
 * where there are fewer.
 */
double fm_floor_between_runs(const struct fm_floor *floor);
double fm_floor_between_boots(const struct fm_floor *floor);

/*
 * How far nine tenths of the points moved by themselves from the first half of
 * the newest A/A run to the second; NaN without one.
 */
double fm_floor_halves(const struct fm_floor *floor);

#endif
