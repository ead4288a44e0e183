/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether a level stays what it is: inside a block (warm-up), over the run
 * (drift), and from block to block (the independence that t over blocks takes
 * for granted).
 */
#ifndef FM_STABILITY_H
#define FM_STABILITY_H

#include "contrast.h"
#include "record.h"

#define FM_STABILITY_ALPHA 0.05 /* of all claims of a table together */

/* Fewer blocks say nothing of their order. */
enum { FM_STABILITY_LEAST_ORDERED = 12 };

/* The mean over blocks of log(late / early); n counts those that have both. */
struct fm_mean fm_stability_warmup(const struct fm_quantile_row *rows,
				   size_t k);

/*
 * log(last / first): the slope of the logarithm of the block median against the
 * block's number, by least squares (gsl_fit_linear), times the distance from
 * the first to the last; k - 2 degrees of freedom. Its error is widened by
 * sqrt((1 + r) / (1 - r)) where the residuals' autocorrelation r is above 0, so
 * that a slow wave is not taken for a drift. Without value where a median is
 * not positive.
 */
struct fm_mean fm_stability_drift(const struct fm_quantile_row *rows, size_t k);

/*
 * The autocorrelation at lag 1 of n values in order (gsl_stats_lag1), NaN below
 * 3 values or where all are equal.
 */
double fm_stability_lag1(const double *x, size_t n);

/*
 * Of n independent values such a value is about normal with mean -1/n and
 * variance (n - 2)^2 / (n^2 (n - 1)) (P. A. P. Moran, Biometrika 35, 1948).
 * Returns the probability of one as great as r.
 */
double fm_stability_lag1_p(double r, size_t n);

/* sqrt((1 + r) / (1 - r)), 1 below r = 0: of a first-order autoregression. */
double fm_stability_widening(double r);

/*
 * Fills a line from a point's k blocks in order of time, with p values that
 * stand alone and no verdicts; fm_stability_judge then corrects those of n
 * lines and gives the verdicts. Returns 0 or -ENOMEM.
 */
int fm_stability_make(struct fm_stability_row *row,
		      const struct fm_quantile_row *rows, size_t k);
int fm_stability_judge(struct fm_stability_row *rows, size_t n);

#endif
