/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lib/disturbance.c and disturbance_cpu.c share. */
#ifndef FM_DISTURBANCE_PARTS_H
#define FM_DISTURBANCE_PARTS_H

#include <unistd.h>

#include "disturbance.h"

/* Of the clock tick by which /proc/stat accounts (proc(5)). */
#define FM_MS_PER_TICK (1000 / (uint64_t)sysconf(_SC_CLK_TCK))

/* The file below d's root into text. Returns its bytes, or less than 0. */
__attribute__((format(printf, 4, 5))) ssize_t
fm_disturbance_read(const struct fm_disturbance *d, char *text, size_t size,
		    const char *format, ...);

/* The columns that count what processors did and devices interrupted. */
void fm_disturbance_read_cpu(const struct fm_disturbance *d,
			     struct fm_block_row *now);

#endif
