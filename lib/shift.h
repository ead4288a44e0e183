/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Level shifts of a series: when, by how much, and whether it matters. */
#ifndef FM_SHIFT_H
#define FM_SHIFT_H

#include "contrast.h"
#include "edivisive.h"
#include "verdict.h"

#define FM_SHIFT_LEVEL 0.95 /* of a shift's intervals */

struct fm_shift {
	size_t at;	 /* first value after it */
	size_t lo, hi;	 /* where that may be instead, at FM_SHIFT_LEVEL */
	size_t from, to; /* its values: x[from..at) before, x[at..to) after */
	double p;	 /* of the change point */
	struct fm_mean before, after; /* of the values, trimmed */
	struct fm_mean ratio;	      /* after - before */
	/*
	 * By fm_verdict_of at FM_SHIFT_LEVEL. FM_SAME and FM_UNSURE are
	 * changes, too, but of the spread, or too small or too new to say.
	 */
	enum fm_verdict verdict;
};

/*
 * The shifts of a series x[0..n) of logarithms, by time: its change points,
 * each with the levels up to the neighbouring ones. delta: the minimum effect,
 * in logarithms. Where values are like the last ones (lib/correlation.h), both
 * the test of a change and the intervals of the levels allow for it, whatever
 * plan->correlation is.
 *
 * lo and hi are the ends of the set of places whose residual sum of squares S
 * is hardly worse than the best one's, (to - from) * (S / S_best - 1) <=
 * -2 log(1 - sqrt(level)) (B. E. Hansen, Econometrica 68, 2000). Values that
 * lie more than three standard deviations outside of both levels are taken for
 * that far away, so that single nights do not decide it.
 *
 * shift has room for n / plan->least. Returns how many, or -ENOMEM.
 */
long fm_shifts_find(const double *x, size_t n,
		    const struct fm_edivisive_plan *plan, double delta,
		    struct fm_shift *shift);

/* A shift that was told before. */
struct fm_shift_told {
	size_t at;		  /* in the series as it is now */
	struct fm_interval ratio; /* as it was told, in logarithms */
};

/* So many values apart two shifts in one direction are taken for one. */
enum { FM_SHIFT_NEAR = 7 };

/*
 * Whether shift is what was told, found anew with more values: near it, in the
 * same direction, and not larger for sure: its interval does not lie beyond the
 * told one and delta. A second shift so near that the two are found as one
 * makes it larger little by little, and is found by itself some values later:
 * only then is it known to be there, and where.
 */
int fm_shift_is_told(const struct fm_shift *shift,
		     const struct fm_shift_told *told, double delta);

/*
 * Finds out which of the n shifts were told, nearest first, each told one once:
 * is[i] is the index of what shift[i] is, or SIZE_MAX. One that is two told
 * ones together is the first of them.
 */
void fm_shifts_match(const struct fm_shift *shift, size_t n,
		     const struct fm_shift_told *told, size_t m, double delta,
		     size_t *is);

#endif
