/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Statistics of two-level data, samples within blocks: means of block
 * statistics in logarithms, and contrasts (differences) of two of them, which
 * are ratios when shown back-transformed. The blocks are the independent
 * observations; an interval that took samples for independent would be too
 * narrow.
 */
#ifndef FM_CONTRAST_H
#define FM_CONTRAST_H

#include <stddef.h>

struct fm_interval {
	double middle, lo, hi; /* lo and hi are NaN where there is none */
};

/* Fewer blocks give no interval. */
enum { FM_LEAST_BLOCKS = 3 };

/*
 * A mean with its standard error and Student's degrees of freedom. se is NaN
 * where there is none: fewer than FM_LEAST_BLOCKS observations a side.
 * value is NaN where no observation (or none positive, for logarithms) is.
 */
struct fm_mean {
	double value, se, df;
	size_t n; /* observations, of the smaller side */
};

/* Of k values as they are: se = s / sqrt(k), df = k - 1. */
struct fm_mean fm_mean_of(const double *x, size_t k);

/*
 * What the clock's step leaves open: k values that are multiples of quantum are
 * each known to quantum / sqrt(12) (the standard deviation of a uniform
 * rounding error), however equal they look. Returns mean with a standard error
 * that is at least that. quantum is in the mean's unit: relative, for
 * logarithms.
 */
struct fm_mean fm_mean_blur(struct fm_mean mean, double quantum);

/* Of log(x); nothing but n where one of them is not positive. */
struct fm_mean fm_mean_log(const double *x, size_t k);
/* The same, trimmed as fm_mean_trimmed does it. */
struct fm_mean fm_mean_log_trimmed(const double *x, size_t k);

/*
 * The mean of the middle four fifths, for contrasts: without the g = floor(k /
 * 10) least and g greatest of k values. A block in a thousand that the host has
 * disturbed is seven times as long as the others; in a plain mean it would
 * widen the interval of a difference of 1 % until nothing is seen any more. Of
 * two equal things the trimmed difference is 0 like the plain one. se =
 * sqrt(W / (h (h - 1))) with h = k - 2 g and W the sum of squares of the
 * winsorized values around their mean, df = h - 1 (J. W. Tukey and D. H.
 * McLaughlin, Sankhya A 25, 1963; of two sets by Welch's formula: K. K. Yuen,
 * Biometrika 61, 1974). Below 10 values nothing is trimmed.
 */
struct fm_mean fm_mean_trimmed(const double *x, size_t k);
/* h of k > 0 values. */
size_t fm_trimmed_count(size_t k);

/*
 * Of log(b[i] / a[i]), trimmed, where a[i] and b[i] were measured in one round:
 * what disturbs both leaves their ratio alone. Of k pairs.
 */
struct fm_mean fm_contrast_paired(const double *a, const double *b, size_t k);

/*
 * mean log b - mean log a of two independent sets, their variances unequal:
 * Welch's t with Satterthwaite's degrees of freedom (B. L. Welch, Biometrika
 * 34, 1947).
 */
struct fm_mean fm_contrast_welch(struct fm_mean a, struct fm_mean b);

/* value -+ t((1 + level) / 2; df) * se; lo and hi are NaN without se. */
struct fm_interval fm_mean_interval(struct fm_mean mean, double level);
/* The same, back-transformed by exp. */
struct fm_interval fm_mean_interval_exp(struct fm_mean mean, double level);

/*
 * The proportion hits / n with Clopper and Pearson's interval (Biometrika 26,
 * 1934): at least level. n > 0.
 */
struct fm_interval fm_binomial_interval(size_t hits, size_t n, double level);

#endif
