/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a place is made of, for its own files alone. */
#ifndef FM_PLACE_PARTS_H
#define FM_PLACE_PARTS_H

#include <hwloc.h>

#include "place.h"

struct fm_place {
	hwloc_topology_t topology; /* what a cpuset leaves of the machine */
	hwloc_bitmap_t ours;	   /* processors that we may use */
	struct fm_place_wish wish;
	hwloc_obj_t *order; /* PUs of ours: the worker's, then the nearest */
	size_t cpus;
	hwloc_obj_t own, memory; /* the worker's node, and the one measured */
};

/* The kinds of cores that hwloc tells apart; 0 where it does not. */
int fm_place_kinds_of(hwloc_topology_t topology);

/* Which one the processor is, from 0, the slowest, on; -1: not ranked. */
int fm_place_kind_of(hwloc_topology_t topology, hwloc_obj_t pu);

/*
 * Its node, or NULL; of several, which are memory of different sorts, the first
 * that has some.
 */
hwloc_obj_t fm_place_node_of(hwloc_topology_t topology, hwloc_obj_t pu);

/* Whether a processor has a NUMA node with memory beside it. */
int fm_place_has_memory(hwloc_topology_t topology, hwloc_obj_t pu);

/* Whether the node has memory. Where no node says how much, all have. */
int fm_place_node_has_memory(hwloc_topology_t topology, hwloc_obj_t node);

/* Chooses order of all processors of ours. Returns 0 or -errno. */
int fm_place_choose(struct fm_place *place, struct fm_why *why);
/* Then own and memory. Returns 0 or -ENXIO. */
int fm_place_choose_memory(struct fm_place *place, struct fm_why *why);

#endif
