/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What forkmeter profile leaves on disk, and the shares made of it. */
#ifndef FM_SHARES_H
#define FM_SHARES_H

#include "record.h"

#define FM_SAMPLING_COLUMNS(X)                                                 \
	X(num, point, "", "line of plan.tsv")                                  \
	X(num, round, "", "round of the run, from 1")                          \
	X(num, block, "", "the sampled block's number, from 1")                \
	X(str, status, "", "ok, skip, or broken")                              \
	X(text, reason, "", "why the block gave nothing")                      \
	X(str, event, "", "what samples are spaced by: cycles or cpu-clock")   \
	X(num, period, "", "cycles (cpu-clock: ns) between two samples")       \
	X(num, operations, "", "timed operations of the block")                \
	X(str, metric, "", "what of them was timed, as in summary.tsv")        \
	X(real, median, "ns", "median of the block's operations, so sampled")  \
	X(num, timed_ns, "ns", "sum of their intervals")                       \
	X(num, inside, "", "samples of the processor inside the intervals")    \
	X(num, worker, "", "of these: of the measured process")                \
	X(num, children, "", "of its children")                                \
	X(num, idle, "", "of the idle processor")                              \
	X(num, others, "", "of other processes and the kernel's threads")      \
	X(num, unknown, "", "of an address that no function has")              \
	X(num, outside, "", "samples outside the intervals, left out")         \
	X(num, lost, "", "records that found no room in the ring")             \
	X(num, throttled, "", "times that the kernel sampled less")            \
	X(text, who, "", "the others, COMM:SAMPLES, the most first")

#define FM_PROFILE_COLUMNS(X)                                                  \
	X(num, point, "", "line of plan.tsv")                                  \
	X(num, round, "", "round of the run, from 1")                          \
	X(num, block, "", "line of sampling.tsv")                              \
	X(str, kind, "", "class or function")                                  \
	X(text, name, "", "of the class, or of the kernel's function")         \
	X(str, class, "",                                                      \
	  "the function's; none for a helper, which works at what its caller " \
	  "works at")                                                          \
	X(str, module, "", "of the kernel, that the function is in")           \
	X(num, self, "",                                                       \
	  "samples inside the intervals there: of a class, those whose "       \
	  "nearest function with a class has this one")                        \
	X(num, inclusive, "", "and in what was called from there")

#define FM_SHARE_COLUMNS(X)                                                    \
	FM_POINT_COLUMNS(X)                                                    \
	X(str, event, "", "what samples are spaced by")                        \
	X(str, kind, "", "class or function")                                  \
	X(text, name, "", "as in profile.tsv")                                 \
	X(str, class, "", "as in profile.tsv")                                 \
	X(num, samples, "", "inside the intervals, without other processes'")  \
	X(num, blocks, "", "sampled blocks that they come from")               \
	X(num, self_samples, "", "behind self")                                \
	X(real, self, "", "share of the samples that were taken there")        \
	X(real, self_lo, "", "lower end of its interval")                      \
	X(real, self_hi, "", "upper end")                                      \
	X(num, inclusive_samples, "", "behind inclusive")                      \
	X(real, inclusive, "", "share of those there or in what it called")    \
	X(real, inclusive_lo, "", "lower end of its interval")                 \
	X(real, inclusive_hi, "", "upper end")                                 \
	X(real, level, "", "level of each interval, by itself")                \
	X(str, over, "",                                                       \
	  "the interval's observations: blocks, or (fewer than 3) samples")    \
	X(str, metric, "", "what was timed")                                   \
	X(real, slower, "",                                                    \
	  "a block's median while it is sampled by that of the round's block " \
	  "that is not; trimmed mean of logarithms")                           \
	X(real, slower_lo, "", "lower end of its interval")                    \
	X(real, slower_hi, "", "upper end")

struct fm_sampling_row {
	FM_SAMPLING_COLUMNS(FM_FIELD)
};
struct fm_profile_row {
	FM_PROFILE_COLUMNS(FM_FIELD)
};
struct fm_share_row {
	FM_SHARE_COLUMNS(FM_FIELD)
};

extern const struct fm_table fm_sampling_table, fm_profile_table,
	fm_share_table;

/* All that a profile run is, and the shares by point and kind, great first. */
struct fm_shares {
	struct fm_plan_row *plan;
	size_t points;
	struct fm_sampling_row *block; /* in order of time */
	size_t blocks;
	struct fm_share_row *row;
	size_t n;
};

/*
 * Reads plan.tsv, sampling.tsv, profile.tsv and (in derived) quantiles.tsv of
 * the run in dir and makes the shares. Lines of profile.tsv of a block that
 * sampling.tsv does not name are left out. Returns 0; -ENODATA where no sample
 * lies inside an interval; or -errno, with the reason in why. To be freed, also
 * after an error.
 */
int fm_shares_make(struct fm_shares *s, const char *dir, const char *derived,
		   struct fm_why *why);
void fm_shares_free(struct fm_shares *s);

/* Writes them to DIR/shares.tsv, all or nothing. Returns 0 or -errno. */
int fm_shares_write(const struct fm_shares *s, const char *dir,
		    struct fm_why *why);

#endif
