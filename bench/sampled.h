/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The blocks of a profile run that are sampled, beside those that are not. */
#ifndef FM_SAMPLED_H
#define FM_SAMPLED_H

#include "rounds.h"
#include "sampler.h"
#include "shares.h"
#include "tally.h"

/* Watches one side of a sitting; what comes of it goes into two tables. */
struct fm_sampled {
	struct fm_watch watch;
	struct fm_sampler sampler;
	struct fm_kallsyms kernel;
	struct fm_tally tally;
	struct fm_timed *timed; /* of one block */
	struct fm_tally_interval *interval;
	FILE *sampling, *profile;
	char dir[4096];
	uint64_t blocks;
	struct fm_sampling_row row; /* of the block that is measured */
};

/*
 * Whether this machine can: the kernel's names can be read, and processor cpu
 * can be sampled. Returns an exit status, after saying what would allow it. To
 * be closed in any case.
 */
int fm_sampled_open(struct fm_sampled *s, int cpu, enum fm_sampler_by by,
		    uint64_t rate);

/*
 * The tables in the run's folder, and room for the most samples that a block
 * may have. Returns 0, or -errno with the reason in why.
 */
int fm_sampled_start(struct fm_sampled *s, const char *dir, uint64_t samples,
		     struct fm_why *why);

void fm_sampled_close(struct fm_sampled *s);

/*
 * Prints the shares of the run in dir, made anew from its blocks: for people
 * the classes and the functions that matter, and what sampling cost; for
 * programs all lines of shares.tsv. Returns an exit status.
 */
int fm_sampled_show(const char *dir, enum fm_format format);

#endif
