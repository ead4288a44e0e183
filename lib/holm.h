/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many tests at once. */
#ifndef FM_HOLM_H
#define FM_HOLM_H

#include <stddef.h>

#include "contrast.h"

/*
 * Replaces m p values by Holm's adjusted ones (S. Holm, Scandinavian Journal of
 * Statistics 6, 1979): to call those that are at most alpha significant is
 * wrong in any of them with probability alpha at most, however they depend on
 * each other. NaN stands for a test that was not made, and stays. Returns 0 or
 * -ENOMEM.
 */
int fm_holm_adjust(double *p, size_t m);

/* The two-sided p value of a mean that ought to be 0; NaN without its error. */
double fm_holm_p(struct fm_mean mean);

#endif
