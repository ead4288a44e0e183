/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bins of two significant digits. */
#include "singles.h"

size_t fm_singles_bin(uint64_t ns)
{
	size_t decade = 0;

	if (ns < 100)
		return (size_t)ns;
	while (ns >= 1000) {
		ns /= 10;
		decade++;
	}
	decade = 100 + decade * 90 + (size_t)(ns / 10 - 10);
	return decade < FM_SINGLES_BINS ? decade : FM_SINGLES_BINS - 1;
}

uint64_t fm_singles_from(size_t bin)
{
	uint64_t ns;

	if (bin < 100)
		return bin;
	ns = (bin - 100) % 90 + 10;
	for (bin = (bin - 100) / 90 + 1; bin; bin--)
		ns *= 10;
	return ns;
}
