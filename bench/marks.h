/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marks that samples get by the others of their block. */
#ifndef FM_MARKS_H
#define FM_MARKS_H

#include "record.h"

/*
 * Samples whose faults differ from the block's commonest count. Where that is
 * the model's count, fewer prove that a sample is not what it claims, and more
 * are part of the tail. Where it is not, or where nothing was predicted (spawn,
 * start, wait), only the difference is told; that the model and this kernel
 * disagree is then said of the whole point.
 */
void fm_marks_off_mode(struct fm_sample *samples, size_t n);

#endif
