/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of forkmeter list. */
#ifndef FM_LIST_H
#define FM_LIST_H

#include "print.h"

/*
 * Opens and tries each event whose name pattern (a part of it, or with
 * wildcards as glob(7); NULL: any) matches, and prints what came of it.
 * "SYSTEM:" and what follows is of tracepoints. Returns 0, -EINVAL after saying
 * that there is none, or another -errno.
 */
int fm_list_events(const char *pattern, enum fm_format format);

#endif
