/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the other programs are, of this forkmeter or of another. */
#ifndef FM_PROGRAMS_H
#define FM_PROGRAMS_H

#include "err.h"

/* Where the worker is, and the folder of what children exec. */
struct fm_programs {
	char worker[4096 + 32];
	char libexec[4096];
};

/*
 * In $FORKMETER_LIBEXEC, or beside the driver's own file, or else where make
 * install put them. Returns 0, or -ENOENT with the reason in why.
 */
int fm_programs_find(struct fm_programs *programs, struct fm_why *why);

/*
 * Those of another forkmeter: driver is its file, or the folder that it or its
 * worker is in. Returns 0, or -ENOENT with the reason in why.
 */
int fm_programs_of(const char *driver, struct fm_programs *programs,
		   struct fm_why *why);

#endif
