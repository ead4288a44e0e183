/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the command line to a plan: profiles, workloads, options. */
#ifndef FM_REQUEST_H
#define FM_REQUEST_H

#include "print.h"
#include "rounds.h"

/*
 * Makes run->plan of what run->options ask for, null first, and sets
 * run->time_ns to the default that goes with it. Returns 0, or -EINVAL after
 * saying what is wrong.
 */
int fm_request_plan(struct fm_run *run);

/* Prints the plan and its expected time. Returns an exit status. */
int fm_request_print(const struct fm_run *run, enum fm_format format);

#endif
