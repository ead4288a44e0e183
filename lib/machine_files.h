/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facts of a machine that are files, or lines of /proc/cpuinfo. */
#ifndef FM_MACHINE_FILES_H
#define FM_MACHINE_FILES_H

#include "fact.h"

/* Appends them; what cannot be read is there too, with the reason. */
void fm_machine_files(struct fm_facts *facts);

/*
 * The facts that a run may set for its blocks, by the name that --setting has
 * for them: switches of the kernel that fork and copy-on-write depend on.
 */
struct fm_machine_tunable {
	const char *name;
	const char *key; /* of the fact */
};
extern const struct fm_machine_tunable fm_machine_tunables[]; /* NULL name */

/* The file that it is. */
const char *fm_machine_tunable_path(const struct fm_machine_tunable *tunable);

#endif
