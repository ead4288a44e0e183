/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the numbers depend on: machine.json. */
#ifndef FM_MACHINE_H
#define FM_MACHINE_H

#include <stdint.h>

#include "clock.h"
#include "err.h"
#include "place.h"

/* What the run itself adds. */
struct fm_machine_run {
	const char *command; /* as typed */
	uint64_t seed;
	struct fm_clock_facts clock;
	const struct fm_place *place;
	const char *worker_linkage;
};

/*
 * Writes DIR/machine.json: one flat object, one key a line. What cannot be read
 * is null, and the key KEY_why says why. Returns 0 or -errno.
 */
int fm_machine_write(const char *dir, const struct fm_machine_run *run,
		     struct fm_why *why);

#endif
