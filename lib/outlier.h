/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of several machines that ought to be alike deviates from the others. */
#ifndef FM_OUTLIER_H
#define FM_OUTLIER_H

#include "contrast.h"
#include "record.h"
#include "verdict.h"

#define FM_OUTLIER_COLUMNS(X)                                                  \
	X(num, peers, "",                                                      \
	  "number of the group of machines of equal hardware and state")       \
	X(str, over, "",                                                       \
	  "point, or machine: all points of the machine together, of which "   \
	  "the columns of a point and its times say nothing")                  \
	X(str, host, "", "the machine's name")                                 \
	X(str, host_id, "", "its hardware and which it is, of machine.json")   \
	X(str, kernel, "", "of machine.json")                                  \
	X(str, state, "", "of machine.json")                                   \
	X(str, started, "", "when its run began, UTC")                         \
	FM_POINT_COLUMNS(X)                                                    \
	X(str, metric, "", "as in summary.tsv")                                \
	X(str, unit, "", "of median and others")                               \
	X(num, points, "", "points behind the line")                           \
	X(num, slower, "", "of them, those that are slower by themselves")     \
	X(num, faster, "", "and those that are faster")                        \
	X(num, blocks, "", "blocks of the machine behind the line")            \
	X(real, median, "", "exp of the trimmed mean of its log medians")      \
	X(real, median_lo, "", "lower end of its interval, t over blocks")     \
	X(real, median_hi, "", "upper end")                                    \
	X(real, others, "",                                                    \
	  "exp of the mean of the other machines that are no outliers, each "  \
	  "by such a mean")                                                    \
	X(num, machines, "", "how many these are")                             \
	X(real, spread, "",                                                    \
	  "standard deviation between them, relative; 0.01 is 1 %")            \
	X(real, ratio, "",                                                     \
	  "median / others; of a machine: the median of its points' ratios "   \
	  "to the middle machine, by the others' mean of that")                \
	X(real, ratio_lo, "", "lower end of its own interval")                 \
	X(real, ratio_hi, "", "upper end")                                     \
	X(real, level, "", "level of the intervals of median and ratio")       \
	X(real, ratio_slo, "", "lower end of its simultaneous interval")       \
	X(real, ratio_shi, "", "upper end")                                    \
	X(real, slevel, "",                                                    \
	  "level of that one, at which all lines together have the level "     \
	  "that --level names")                                                \
	X(real, p, "",                                                         \
	  "that it is off by no more than delta, corrected for the machines "  \
	  "of the line, not for points")                                       \
	X(real, delta, "", "minimum effect that matters; 0.01 is 1 %")         \
	X(real, least, "",                                                     \
	  "least ratio above 1, less 1, that would be told as slower here")    \
	X(str, verdict, "", "slower, faster, same or unsure")                  \
	X(text, reason, "", "why unsure")                                      \
	X(text, run, "", "folder of the run")

struct fm_outlier_row {
	FM_OUTLIER_COLUMNS(FM_FIELD)
};

extern const struct fm_table fm_outlier_table;

/* Of three machines nobody can say which one is odd, and by what scale. */
enum { FM_OUTLIER_LEAST = 4 };

/* One machine against those that are no outliers. */
struct fm_outlier {
	struct fm_mean others; /* theirs, without its own */
	double spread;	       /* their standard deviation */
	struct fm_mean off;    /* its own less theirs */
	double level;	       /* at which off's interval decides */
	double p; /* of all machines: that it is off by no more than delta */
	enum fm_verdict verdict;
};

/* As many of k machines may be outliers: a third of them. */
size_t fm_outliers_most(size_t k);

/*
 * Judges k machines by one value each, in logarithms; se is what the machine's
 * own measurement leaves open, and a value of NaN is left out (verdict unsure).
 * Generalized extreme studentized deviates (B. Rosner, Technometrics 25, 1983):
 * the most deviating one is taken out, then the next, up to fm_outliers_most;
 * the last step whose deviation beyond delta is significant tells how many
 * outliers there are, so that two do not hide each other. Each is held against
 * the others alone, by Student's t, and the scale is the others' standard
 * deviation, but never less than what their errors and its own allow. alpha is
 * shared by the machines and the steps: with probability 1 - alpha at least no
 * machine is called slower or faster that is not, where machines without
 * outliers are normal. doc/statistics defends it.
 *
 * Returns how many are slower or faster; 0 with fewer than FM_OUTLIER_LEAST
 * values, which are all unsure; or -ENOMEM.
 */
long fm_outliers_find(const struct fm_mean *value, size_t k, double alpha,
		      double delta, struct fm_outlier *out);

/*
 * What a machine is off by over many points: the median, over the points that
 * it has, of its value less the median of all machines'. value is points times
 * k, a point's machines side by side; of points with fewer than
 * FM_OUTLIER_LEAST values nothing is taken. se is NaN: see fm_outliers_own_se.
 * Returns 0 or -ENOMEM.
 */
int fm_outliers_sum_up(const struct fm_mean *value, size_t points, size_t k,
		       struct fm_mean *sum);

/*
 * The se of a machine's sum. Its points are of one run and may be off
 * together, so the observations are rounds: of each the median over points of
 * off, a block's value less its point's. off is points times rounds, a point's
 * rounds side by side, NaN where there is no block. NaN where there is no
 * error to be had, or no memory.
 */
double fm_outliers_own_se(const double *off, size_t points, size_t rounds);

#endif
