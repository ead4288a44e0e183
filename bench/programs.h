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
 * In $FORKMETER_LIBEXEC, or beside the driver's own file, or below its prefix,
 * or else where make install was to put them. Returns 0, or -ENOENT with the
 * reason in why.
 */
int fm_programs_find(struct fm_programs *programs, struct fm_why *why);

/*
 * Those of another forkmeter: driver is its file, or the folder that it or its
 * worker is in. Returns 0, or -ENOENT with the reason in why.
 */
int fm_programs_of(const char *driver, struct fm_programs *programs,
		   struct fm_why *why);

/*
 * Copies them into dir, which is made, and names the copies. Which pages of the
 * page cache a file has depends on how it was written: of two equal files, one
 * by the linker and one by cp(1), processes differ by 4 %. Returns 0 or -errno
 * with the reason in why; what was made is to be removed in any case.
 */
int fm_programs_copy(struct fm_programs *programs, const char *dir,
		     struct fm_why *why);
void fm_programs_remove(const char *dir);

#endif
