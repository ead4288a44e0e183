/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What somebody probably meant. */
#ifndef FM_NEAREST_H
#define FM_NEAREST_H

#include <stddef.h>

/*
 * Puts the element of the comma list that is nearest to word into buf (optimal
 * string alignment: insertions, deletions, substitutions, transpositions; case
 * does not count). Returns buf, or NULL where none is near enough.
 */
const char *fm_nearest(const char *word, const char *list, char *buf,
		       size_t size);

#endif
