/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comma lists of names that must be known ones. */
#ifndef FM_NAMES_H
#define FM_NAMES_H

#include <stddef.h>

#include "err.h"

enum { FM_NAMES_MAX = 64 };

struct fm_names {
	char text[1024];
	const char *name[FM_NAMES_MAX]; /* point into text */
	size_t n;
};

/* Appends name to a comma list in text, as far as there is room. */
void fm_names_append(char *text, size_t size, const char *name);

/* A registry as a comma list: strategy, backing, workload or child. */
void fm_names_known(const char *kind, char *text, size_t size);

/*
 * Cuts list, or known for "all". Returns 0, or -EINVAL where an element is not
 * in the comma list known; the reason then names what there is.
 */
int fm_names_cut(struct fm_names *names, const char *what, const char *list,
		 const char *known, struct fm_why *why);

/* The same for a registry: strategy, backing, workload or child. */
int fm_names_cut_known(struct fm_names *names, const char *kind,
		       const char *list, struct fm_why *why);

#endif
