/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the numbers depend on: machine.json. */
#ifndef FM_MACHINE_H
#define FM_MACHINE_H

#include <stdint.h>

#include "clock.h"
#include "err.h"
#include "fact.h"
#include "place.h"

/* What the worker told of itself, or of this kernel. */
struct fm_machine_told {
	char key[64], value[256];
};

/* What the run itself adds. */
struct fm_machine_run {
	const char *command; /* as typed */
	const char *host;    /* the machine's name; NULL: as uname(2) has it */
	uint64_t seed;
	double precision; /* that ends the run, 0.02 for 2 %; 0: none does */
	struct fm_clock_facts clock;
	const struct fm_place *place;
	const char *worker;   /* its file */
	const char *settings; /* switches that its blocks have, "thp=never" */
	int counted_times;    /* no block was timed without counting */
	const char *inject;   /* plug-ins slowed on purpose, NAME=NS; or "" */
	/*
	 * Of one of two runs that are measured in one sitting, whose digits
	 * both share: base or new, and what was typed for it. Else NULL.
	 */
	const char *sitting, *side, *side_words;
	const struct fm_machine_told *policy, *build;
	size_t policies, builds;
};

/*
 * Gathers what is known of the machine, the build and, where run says so, the
 * run; at last host_id and state, digests of the facts of those roles, and
 * host_keys and state_keys, the facts that they are made of. To be freed by
 * fm_fact_free.
 */
void fm_machine_facts(struct fm_facts *facts, const struct fm_machine_run *run);

/* Writes them to DIR/machine.json. Returns 0 or -errno. */
int fm_machine_write(const char *dir, const struct fm_machine_run *run,
		     struct fm_why *why);

#endif
