/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One disturbance beside the levels of blocks: lib/noise.c's view of a run. */
#ifndef FM_NOISE_VIEW_H
#define FM_NOISE_VIEW_H

#include <stddef.h>

#include "contrast.h"
#include "noise.h"

/* The disturbances that are looked at: columns of blocks.tsv. */
extern const struct fm_noise_factor {
	const char *name;
	size_t offset; /* in struct fm_block_row */
	enum { FM_NOISE_AS_IS, FM_NOISE_BY_SECOND, FM_NOISE_BY_SAMPLE } by;
} fm_noise_factors[];
extern const size_t fm_noise_factors_n;

/* The blocks that show one factor, and room to work. */
struct fm_noise_view {
	const struct fm_block_row **row;
	double *x;	/* the factor, less its point's median */
	double *level;	/* of the block: its logarithm, less its point's */
	double *scaled; /* and by its point's spread */
	double *more; /* 1 for more of the factor than the point's mean, or 0 */
	double *work; /* 2 n */
	size_t *order;
	size_t n, points;
};

/* Room for n blocks. Returns 0 or -ENOMEM; to be closed either way. */
int fm_noise_view_open(struct fm_noise_view *v, size_t n);
void fm_noise_view_close(struct fm_noise_view *v);

/* Fills it with the blocks that show the factor. */
void fm_noise_view_look(struct fm_noise_view *v, const struct fm_noise *noise,
			size_t factor);

/* Whether the factor differed within any point. */
int fm_noise_view_varied(const struct fm_noise_view *v);

/* How many independent blocks would say as much: see fm_noise_make. */
double fm_noise_view_independent(struct fm_noise_view *v);

/*
 * log(disturbed / others) within points: least squares on an indicator that is
 * centred by point. shrink: the share of blocks that are independent.
 */
struct fm_mean fm_noise_view_contrast(struct fm_noise_view *v, double shrink);

#endif
