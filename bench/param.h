/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A parameter of a workload or a backing. */
#ifndef FM_PARAM_H
#define FM_PARAM_H

#include <stdint.h>

#include "err.h"

/* A parameter beyond the axes; its name is a column of plan.tsv. */
struct fm_param {
	const char *name;
	const char *values; /* a comma list; the first is the default */
	const char *meaning;
	uint64_t least, most; /* most > 0: a number, values the default */
	/* 0, or -errno with what a person can do to have it. NULL: always. */
	int (*offer)(const char *value, struct fm_why *why);
};

#endif
