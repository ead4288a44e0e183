/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time that is spent on purpose, on the processor. */
#ifndef FM_SPIN_H
#define FM_SPIN_H

#include <stdint.h>

#include "clock.h"

/*
 * Reads the clock until ns are over. Writes to nothing but its own frame.
 * Inline, so that it needs no page of code but its caller's.
 */
static inline void fm_spin(uint64_t ns)
{
	uint64_t from = fm_clock_ns();

	while (fm_clock_ns() - from < ns)
		;
}

/*
 * What fm_spin must be given to last ns in the median: less by what it is found
 * to last longer, for the clock steps and its reads take time. 0 where ns is no
 * longer than that. Takes a fifth of a millisecond.
 */
uint64_t fm_spin_for(uint64_t ns);

#endif
