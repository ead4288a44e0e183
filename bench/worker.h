/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of forkmeter-worker. */
#ifndef FM_WORKER_H
#define FM_WORKER_H

/*
 * Prints a line a strategy, backing and child, the policy of this kernel, how
 * we were built, and the clock's facts, for the driver's plan: kind, name, yes
 * or no, and why not (or the value), separated by tabs. libexec is the folder
 * of what children exec. Returns an exit status.
 */
int fm_worker_offers(const char *libexec);

/* The lines "policy NAME yes VALUE": what probes found of this kernel. */
void fm_worker_policy(void);

#endif
