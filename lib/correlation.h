/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much a series' values are like the ones before. */
#ifndef FM_CORRELATION_H
#define FM_CORRELATION_H

#include <stddef.h>

#define FM_CORRELATION_MOST 0.9

/*
 * r of a series that is a level and what r of it lasts to the next value,
 * x[i] = r x[i - 1] + e[i], with as little trust as chance allows: less one
 * standard error, which of n values in any order is sqrt(2 / n). From 0 to
 * FM_CORRELATION_MOST; 0 below 10 values.
 *
 * By the differences of values that follow each other, whose correlation is
 * -(1 - r) / 2: of them a step or a slope of the level spoils one, or none. And
 * by their ranks (C. Spearman), of which r is 2 sin(pi / 6 r_s) with normal
 * values: one far off spoils two. Returns 0 or -ENOMEM.
 */
int fm_correlation(const double *x, size_t n, double *r);

/*
 * By how much the standard error of a mean of many such values is larger than
 * that of independent ones.
 */
double fm_correlation_widens(double r);

#endif
