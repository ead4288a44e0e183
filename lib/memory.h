/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much memory there is, and how much can be had. */
#ifndef FM_MEMORY_H
#define FM_MEMORY_H

#include <stdint.h>

/* Bytes of physical memory (MemTotal); 0 where unknown. */
uint64_t fm_memory_total(void);

/*
 * Bytes that can be had now: MemAvailable, or less where a memory cgroup above
 * us leaves less (its limit minus its usage). 0 where unknown.
 */
uint64_t fm_memory_available(void);

/*
 * Of one NUMA node, whose meminfo has no such line: what is free, and half of
 * what it has of files and caches. 0 where unknown.
 */
uint64_t fm_memory_of_node(int node);

#endif
