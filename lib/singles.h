/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How long single faults took: counts in bins of two significant digits, so
 * that a reader can add them up by hand. A bin holds the times that have the
 * same first two digits: below 100 ns each its own, then 100-109, 110-119 ...
 * 990-999, 1000-1099 and so on, up to 99 s; the last bin also holds what is
 * above. Such bins are at most a tenth of their value wide.
 */
#ifndef FM_SINGLES_H
#define FM_SINGLES_H

#include <stddef.h>
#include <stdint.h>

enum { FM_SINGLES_BINS = 100 + 9 * 90 };

/* The first fault in each large page is another than the rest of it. */
struct fm_singles {
	uint64_t rest[FM_SINGLES_BINS];
	uint64_t first[FM_SINGLES_BINS];
};

/* Counts one time; several threads may do so at once. */
static inline void fm_singles_add(uint64_t *bins, size_t bin)
{
	__atomic_fetch_add(&bins[bin], 1, __ATOMIC_RELAXED);
}

/* The bin of a time in ns. */
size_t fm_singles_bin(uint64_t ns);

/* The least time of a bin; of FM_SINGLES_BINS, the end of the last one. */
uint64_t fm_singles_from(size_t bin);

#endif
