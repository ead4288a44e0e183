/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One side of an interleaved run, as it was typed. */
#ifndef FM_SIDE_H
#define FM_SIDE_H

#include "options.h"
#include "programs.h"

enum { FM_SIDE_WORDS = 64 };

struct fm_side {
	const char *name;	     /* base or new */
	const char *words;	     /* as typed */
	struct fm_options options;   /* these words on top of the common ones */
	struct fm_programs programs; /* empty: those beside this program */
	char text[4096];	     /* what options point into */
};

/*
 * Reads words as a command line does: an optional first one with a slash names
 * another forkmeter, or its folder, whose worker and targets are used; then the
 * options of run that a side can have for itself. What they do not say is as in
 * common; of --set, --setting and --inject they take the place of those of the
 * same key alone. Returns 0, or -EINVAL after saying what is wrong.
 */
int fm_side_read(struct fm_side *side, const char *name, const char *words,
		 const struct fm_options *common);

/*
 * Cuts text in place into at most max words, separated by blanks; between
 * quotes of either kind everything stands for itself, and outside of them, and
 * in double ones, what follows a backslash. Returns their number, -EINVAL for a
 * quote that is not closed, or -E2BIG.
 */
int fm_side_split(char *text, char **word, int max);

#endif
