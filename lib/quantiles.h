/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a block's samples amount to: the observations of all statistics. */
#ifndef FM_QUANTILES_H
#define FM_QUANTILES_H

#include "contrast.h"
#include "record.h"

/* Samples that must lie beyond a quantile for it to be told of a block. */
enum { FM_QUANTILES_BEYOND = 5 };

/* Whether a block of n samples supports its q quantile. */
int fm_quantiles_supported(size_t n, double q);

/*
 * Fills n and the quantiles (type 7, as GSL has them) from the block's n > 0
 * values in order of time. Sorts x.
 */
void fm_quantiles_fill(struct fm_quantile_row *row, double *x, size_t n);

#define FM_CLOCK_STEP 1.0 /* ns */
#define FM_NO_STEP 0.0	  /* of what is counted, one by one */

/*
 * A mean of logarithms, its error no less than what the step of the values
 * leaves open: FM_CLOCK_STEP of times in ns.
 */
struct fm_mean fm_quantiles_blur(struct fm_mean mean, double step);

/*
 * The mean over blocks of the logarithms of one column (offset: of a double in
 * struct fm_quantile_row), blurred so. Without an interval where a block has
 * none or is not positive.
 */
struct fm_mean fm_quantiles_mean(const struct fm_quantile_row *rows, size_t k,
				 size_t offset, double step);

#endif
