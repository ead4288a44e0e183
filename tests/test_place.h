/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places on machines that we do not have, for tests. */
#ifndef TEST_PLACE_H
#define TEST_PLACE_H

#include <stdlib.h>

#include "place.h"

/*
 * Opens the place there would be on the machine that variable, one of hwloc's,
 * describes; ours are the processors that we may use, NULL: all. Returns as
 * fm_place_open, and NULL in place after a failure.
 */
static inline int open_on(struct fm_place **place, const char *variable,
			  const char *machine, const char *ours, int cpu,
			  const char *numa, struct fm_why *why)
{
	const struct fm_place_wish wish = {
		.cpu = cpu,
		.numa = numa,
		.cpus = ours,
		.foreign = 1,
	};

	unsetenv("HWLOC_SYNTHETIC");
	unsetenv("HWLOC_XMLFILE");
	unsetenv("HWLOC_FSROOT");
	unsetenv("HWLOC_THISSYSTEM");
	setenv(variable, machine, 1);
	*place = NULL;
	*why->text = '\0';
	return fm_place_open(place, &wish, why);
}

#endif
