/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which points of two plans are compared with each other. */
#ifndef FM_PAIR_H
#define FM_PAIR_H

#include "rounds.h"

/*
 * Fills the sitting's turns, to be freed. Where the plans of both sides are as
 * long, and rows at the same place differ only in axes that are asked for
 * differently, they are partners by place; else those with equal axes are. A
 * point that has no partner, or one that is skipped, becomes one that is
 * skipped, with the reason. Returns 0 or -ENOMEM.
 */
int fm_pair_plans(struct fm_sitting *sitting);

#endif
