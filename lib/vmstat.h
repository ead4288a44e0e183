/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the whole machine did meanwhile: /proc/vmstat and stolen time. */
#ifndef FM_VMSTAT_H
#define FM_VMSTAT_H

#include "record.h"

struct fm_vmstat {
	char text[24576];  /* of /proc/vmstat; empty where unreadable */
	uint64_t steal_ms; /* of all processors, or FM_ABSENT */
};

void fm_vmstat_read(struct fm_vmstat *now);

/*
 * Puts the differences into the row's columns whose meaning begins with
 * "vmstat:", and into steal_ms. A line that this kernel lacks stays absent.
 */
void fm_vmstat_difference(const struct fm_vmstat *before,
			  const struct fm_vmstat *after,
			  struct fm_block_row *row);

#endif
