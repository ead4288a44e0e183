/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two runs in one sitting, whose blocks take turns. */
#ifndef FM_INTERLEAVE_H
#define FM_INTERLEAVE_H

#include <limits.h>

#include "options.h"

struct fm_interleaved {
	char base[PATH_MAX], fresh[PATH_MAX]; /* the runs' folders */
	uint64_t rounds;		      /* complete ones */
};

/*
 * Measures what common asks for, as run does, twice: on each side with its
 * words (see side.h) on top. Each side is a run of its own, with its folder
 * base or new below common->out, or below HOST/TIME-interleaved; machine.json
 * of both has the same sitting. Rounds and points match: what one side cannot
 * measure, the other one does not. Returns an exit status after saying what is
 * wrong; result names the folders as soon as rounds have ended, also where
 * blocks broke, and is empty before. After a signal it does not return, and
 * complete blocks are kept. With --dry-run it prints the plans. Once a process.
 */
int fm_interleave(const struct fm_options *common, const char *base_words,
		  const char *new_words, struct fm_interleaved *result);

#endif
