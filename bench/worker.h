/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of forkmeter-worker. */
#ifndef FM_WORKER_H
#define FM_WORKER_H

/*
 * Prints a line a strategy, backing and child, and the clock's facts, for the
 * driver's plan: kind, name, yes or no, and why not (or the value), separated
 * by tabs. Returns an exit status.
 */
int fm_worker_offers(const char *target);

#endif
