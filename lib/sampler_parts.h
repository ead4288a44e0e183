/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lib/sampler.c and lib/sampler_choose.c share. */
#ifndef FM_SAMPLER_PARTS_H
#define FM_SAMPLER_PARTS_H

#include "sampler.h"

/* The event of a sampler that has been chosen: a descriptor, or -errno. */
int fm_sampler_open(const struct fm_sampler *s);

/* Puts into why what would allow that such an event is opened; returns err. */
int fm_sampler_refuse(int err, struct fm_why *why);

#endif
