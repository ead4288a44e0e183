/* SPDX-License-Identifier: GPL-3.0-or-later */
/* On which NUMA nodes this process's pages are. */
#ifndef FM_NODES_H
#define FM_NODES_H

#include <stddef.h>
#include <stdint.h>

struct fm_nodes {
	uint64_t on, elsewhere; /* base pages on the node, and on others */
	int other;		/* one of these others; -1: there is none */
};

/*
 * Counts the pages that [base, base + bytes) touches by move_pages(2), which
 * moves none of them. Those that are not there, or are the zero page, are on no
 * node. Allocates nothing. Returns 0 or -errno; -EPERM where a container
 * forbids it, -ENOSYS where the kernel has no NUMA.
 */
int fm_nodes_count(const void *base, size_t bytes, int node,
		   struct fm_nodes *found);

#endif
