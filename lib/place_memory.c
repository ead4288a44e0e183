/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose memory is measured: the worker's own node's, or another's. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "place_parts.h"

static hwloc_obj_t next_node(const struct fm_place *p, hwloc_obj_t at)
{
	return hwloc_get_next_obj_by_type(p->topology, HWLOC_OBJ_NUMANODE, at);
}

/* As the firmware has it; 0 where it says nothing, and for a node itself. */
static uint64_t latency(const struct fm_place *p, hwloc_obj_t from,
			hwloc_obj_t to)
{
	struct hwloc_distances_s *d = NULL;
	hwloc_uint64_t there = 0, back;
	unsigned int n = 1;

	if (from == to ||
	    hwloc_distances_get_by_type(p->topology, HWLOC_OBJ_NUMANODE, &n, &d,
					HWLOC_DISTANCES_KIND_MEANS_LATENCY,
					0) < 0 ||
	    !n || !d)
		return 0;
	if (hwloc_distances_obj_pair_values(d, from, to, &there, &back) < 0)
		there = 0;
	hwloc_distances_release(p->topology, d);
	return there;
}

/*
 * The nearest node with memory that is not this one. Other processors' nodes
 * come first: memory without processors, which hwloc shows beside those that it
 * is nearest to, is of another sort.
 */
static hwloc_obj_t nearest_but(const struct fm_place *p, hwloc_obj_t not )
{
	hwloc_obj_t at = NULL, found = NULL;
	uint64_t least = 0;

	while ((at = next_node(p, at))) {
		uint64_t far = latency(p, p->own, at);

		if (at == not || !fm_place_node_has_memory(p->topology, at))
			continue;
		if (hwloc_bitmap_isset(p->order[0]->nodeset, at->os_index))
			far += UINT64_MAX / 2;
		if (found && far >= least)
			continue;
		least = far;
		found = at;
	}
	return found;
}

static void list_nodes(const struct fm_place *p, char *buf, size_t size)
{
	hwloc_bitmap_t nodes = hwloc_bitmap_alloc();
	hwloc_obj_t at = NULL;

	*buf = '\0';
	while (nodes && (at = next_node(p, at)))
		if (fm_place_node_has_memory(p->topology, at))
			hwloc_bitmap_set(nodes, at->os_index);
	if (nodes)
		hwloc_bitmap_list_snprintf(buf, size, nodes);
	hwloc_bitmap_free(nodes);
}

/* Nodes that the machine has, and a cpuset does not leave us. */
static int some_are_kept(const struct fm_place *p)
{
	return !hwloc_bitmap_isequal(
		hwloc_topology_get_complete_nodeset(p->topology),
		hwloc_topology_get_topology_nodeset(p->topology));
}

static int choose_remote(struct fm_place *p, struct fm_why *why)
{
	char list[64];

	p->memory = nearest_but(p, p->memory);
	if (p->memory)
		return 0;
	list_nodes(p, list, sizeof(list));
	return fm_fail(why, ENXIO,
		       "no memory is remote: node %s has all that %s", list,
		       some_are_kept(p) ?
			       "our cpuset leaves us; widen its cpuset.mems" :
			       "this machine has; it takes one of several NUMA "
			       "nodes (lscpu tells)");
}

static int choose_number(struct fm_place *p, struct fm_why *why)
{
	const char *digits = p->wish.numa;
	unsigned long number;
	char *end, list[64];
	hwloc_obj_t at = NULL;

	errno = 0;
	number = strtoul(digits, &end, 10);
	if (!isdigit((unsigned char)*digits) || *end)
		return fm_fail(why, ENXIO,
			       "want local, remote or a node's number");
	while (!errno && (at = next_node(p, at)) && at->os_index != number)
		;
	p->memory = at;
	if (at && fm_place_node_has_memory(p->topology, at))
		return 0;
	list_nodes(p, list, sizeof(list));
	return fm_fail(
		why, ENXIO, "node %.20s %s; there is memory on %s", digits,
		at ? "has no memory" :
		number < 4096 && hwloc_bitmap_isset(
					 hwloc_topology_get_complete_nodeset(
						 p->topology),
					 (unsigned int)number) ?
		     "is kept from us by a cpuset (cpuset.mems)" :
		     "is not one of this machine",
		list);
}

static int is_local(const struct fm_place *p)
{
	return !p->wish.numa || !strcmp(p->wish.numa, "local");
}

int fm_place_choose_memory(struct fm_place *p, struct fm_why *why)
{
	p->own = fm_place_node_of(p->topology, p->order[0]);
	p->memory = p->own;
	if (p->own && !fm_place_node_has_memory(p->topology, p->own))
		p->memory = nearest_but(p, p->own);
	if (!p->own || is_local(p))
		return 0;
	return strcmp(p->wish.numa, "remote") ? choose_number(p, why) :
						choose_remote(p, why);
}

int fm_place_node(const struct fm_place *p)
{
	return p->own ? (int)p->own->os_index : -1;
}

int fm_place_memory_node(const struct fm_place *p)
{
	return p->memory ? (int)p->memory->os_index : -1;
}

const char *fm_place_numa(const struct fm_place *p)
{
	return p->wish.numa;
}

int fm_place_is_remote(const struct fm_place *p)
{
	return p->memory != p->own;
}

int fm_place_binds_memory(const struct fm_place *p)
{
	/* One node: nothing to choose. */
	return p->memory && (p->wish.numa || fm_place_nodes(p) > 1);
}

int fm_place_bind_memory(const struct fm_place *p)
{
	if (!fm_place_binds_memory(p))
		return 0;
	/*
	 * Linux has policies of threads alone; that of the only thread stays
	 * with what it execs. Without STRICT, hwloc would ask for a preference.
	 */
	if (!hwloc_set_membind(p->topology, p->memory->nodeset,
			       HWLOC_MEMBIND_BIND,
			       HWLOC_MEMBIND_BYNODESET | HWLOC_MEMBIND_THREAD |
				       HWLOC_MEMBIND_STRICT))
		return 0;
	/* Containers forbid the call; the kernel's own choice is local. */
	return is_local(p) && (errno == EPERM || errno == ENOSYS) ? 0 : -errno;
}
