/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Change points of a series by E-divisive means: D. S. Matteson and N. A.
 * James, "A nonparametric approach for multiple change point analysis of
 * multivariate data", Journal of the American Statistical Association 109,
 * 2014.
 */
#ifndef FM_EDIVISIVE_H
#define FM_EDIVISIVE_H

#include <stddef.h>

struct fm_edivisive_plan {
	size_t least; /* values on either side of a change; at least 2 */
	double level; /* a change's p is at most this */
	size_t permutations;
	unsigned long seed; /* of the permutations */
	/* Of a value with the last one where nothing changes; from 0 to < 1. */
	double correlation;
};

/*
 * For series of one value a night that are looked at each night: three nights
 * after a change can be enough, and tests are strict, since there will be many.
 */
extern const struct fm_edivisive_plan fm_edivisive_usual;

struct fm_edivisive_change {
	size_t at; /* first value after it */
	double q;  /* the statistic */
	double p;  /* share of permutations whose statistic is as large */
};

/*
 * The statistic of the best change in x[0..n), and in *at where it is: the
 * largest over all t and k of
 *
 *   t m / (t + m) * (2 mean|X - Y| - mean|X - X'| - mean|Y - Y'|), m = k - t
 *
 * of X = x[0..t) and Y = x[t..k), with exponent 1 of the distance. That k may
 * be less than n lets a change be seen that a later one undoes. work holds
 * 3 (n + 1) values. -INFINITY below 2 least values.
 */
double fm_edivisive_best(const double *x, size_t n, size_t least, double *work,
			 size_t *at);

/*
 * The changes in x[0..n), by time: cut where the statistic is largest, tested
 * by permuting the values, and the pieces then likewise. Where values are like
 * the last ones, not they could have come in any order, but what is new in
 * each: that is permuted, and the values made of it anew (P. Buehlmann,
 * Bernoulli 3, 1997, of order 1). Unlike in the paper a piece is tested by
 * itself, not by the largest statistic of all pieces, for their noise may
 * differ. A test ends as soon as p can no longer be small enough (J. Besag and
 * P. Clifford, Biometrika 78, 1991). Of n values cut at k, p cannot be less
 * than 2 / C(n, k): where that is too much, a change has a p by Student's t of
 * the cut, for all cuts (Bonferroni) and five times as strict. Equal series and
 * plans have equal changes.
 * found has room for n / least. Returns how many, or -ENOMEM.
 */
long fm_edivisive(const double *x, size_t n,
		  const struct fm_edivisive_plan *plan,
		  struct fm_edivisive_change *found);

#endif
