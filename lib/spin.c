/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time that is spent on purpose, on the processor. */
#include "spin.h"

enum { TRIES = 9 };

/* How long a spin lasts, with the read of the clock around it; the median. */
static uint64_t lasts(uint64_t ns, int spins)
{
	uint64_t took[TRIES];

	for (int i = 0; i < TRIES; i++) {
		uint64_t from = fm_clock_ns(), is;
		int at = i;

		if (spins)
			fm_spin(ns);
		is = fm_clock_ns() - from;
		for (; at && took[at - 1] > is; at--)
			took[at] = took[at - 1];
		took[at] = is;
	}
	return took[TRIES / 2];
}

uint64_t fm_spin_for(uint64_t ns)
{
	uint64_t is = lasts(ns, 1), empty = lasts(0, 0);
	uint64_t over = is > ns + empty ? is - empty - ns : 0;

	return ns > over ? ns - over : 0;
}
