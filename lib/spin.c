/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time that is spent on purpose, on the processor. */
#include "spin.h"

/* Short, so that hardly any try is disturbed, and many. */
enum { TRIES = 99, TRY_NS = 1000 };

/* The median of how long a try lasts, with one read of the clock. */
static uint64_t lasts(int spins)
{
	uint64_t took[TRIES];

	for (int i = 0; i < TRIES; i++) {
		uint64_t from = fm_clock_ns(), is;
		int at = i;

		if (spins)
			fm_spin(TRY_NS);
		is = fm_clock_ns() - from;
		for (; at && took[at - 1] > is; at--)
			took[at] = took[at - 1];
		took[at] = is;
	}
	return took[TRIES / 2];
}

/* A spin of any length lasts as much longer. */
uint64_t fm_spin_for(uint64_t ns)
{
	uint64_t is = lasts(1), least = lasts(0) + TRY_NS;
	uint64_t over = is > least ? is - least : 0;

	return ns > over ? ns - over : 0;
}
