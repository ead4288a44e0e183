/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads of the measured process, and the processors that they run on. */
#ifndef FM_CROWD_H
#define FM_CROWD_H

#include "err.h"

/*
 * The processors that the worker may use beside its own, "0-3,8" as hwloc and
 * the kernel write such lists. Called once, by the worker.
 */
void fm_crowd_allow(const char *list);

/* How many there are, the worker's own included. */
int fm_crowd_cpus(void);

/*
 * Binds the calling thread to the i-th processor, counted from 0, the worker's
 * own; round and round when there are fewer. Returns 0 or -errno.
 */
int fm_crowd_bind(int i);

/* 0 where n threads can run at once, else -EOPNOTSUPP with the reason. */
int fm_crowd_fits(const char *n, struct fm_why *why);

#endif
