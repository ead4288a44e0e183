/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a program was built, for the record: facts of machine.json. */
#ifndef FM_BUILD_H
#define FM_BUILD_H

/* Of the program that this is linked into. */
struct fm_build {
	const char *key, *value;
	const char *source; /* what says so */
};
extern const struct fm_build fm_builds[]; /* ended by a NULL key */

#endif
