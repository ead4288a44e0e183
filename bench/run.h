/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The steps of a run, for a run alone and for two that are interleaved. Each
 * says what goes wrong and returns an exit status.
 */
#ifndef FM_RUN_H
#define FM_RUN_H

#include "rounds.h"

/* Signals and --quiet from here on; puts back what a killed run left set. */
void fm_run_begin(const struct fm_options *options);
/* Returns status; ends by a signal that came, as whoever sent it expects. */
int fm_run_end(int status);

/*
 * Place, programs, switches, and the sizes of blocks, of run->options. A place
 * or programs that run has already are kept.
 */
int fm_run_prepare(struct fm_run *run);

/*
 * Does step with the machine set as the run's blocks will have it. Returns 0
 * or -errno with the reason in why, and says nothing.
 */
int fm_run_with_machine_set(struct fm_run *run,
			    int (*step)(struct fm_run *run, struct fm_why *why),
			    struct fm_why *why);

/* The plan and its expected time, with the machine as blocks will have it. */
int fm_run_plan(struct fm_run *run);

/* The folder, with plan.tsv and machine.json of the machine as set. */
int fm_run_open(struct fm_run *run);

/*
 * Ends the folder, whose summary is made, and says how it went; rounds are
 * complete. err is what ended the rounds, or 0. run->recorded is 1 where the
 * folder is whole.
 */
int fm_run_finish(struct fm_run *run, uint64_t rounds, int err);

/* Frees plan and samples. */
void fm_run_free(struct fm_run *run);

#endif
