/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rule by which processors are chosen: see place.h. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "place_parts.h"

/* Kinds came to hwloc with its version 2.4. */
#if HWLOC_API_VERSION >= 0x00020400

int fm_place_kinds_of(hwloc_topology_t topology)
{
	int n = hwloc_cpukinds_get_nr(topology, 0);

	return n > 0 ? n : 0;
}

int fm_place_kind_of(hwloc_topology_t topology, hwloc_obj_t pu)
{
	int kind = hwloc_cpukinds_get_by_cpuset(topology, pu->cpuset, 0);
	int rank = -1;

	if (kind >= 0)
		hwloc_cpukinds_get_info(topology, (unsigned int)kind, NULL,
					&rank, NULL, NULL, 0);
	return rank;
}

const char *fm_place_kind_name(const struct fm_place *p)
{
	int kind = hwloc_cpukinds_get_by_cpuset(p->topology,
						p->order[0]->cpuset, 0);
	struct hwloc_info_s *info;
	unsigned int n;

	if (kind < 0 || hwloc_cpukinds_get_info(p->topology, (unsigned int)kind,
						NULL, NULL, &n, &info, 0) < 0)
		return "";
	for (unsigned int i = 0; i < n; i++)
		if (!strcmp(info[i].name, "CoreType"))
			return info[i].value;
	return "";
}
#else
int fm_place_kinds_of(hwloc_topology_t topology)
{
	(void)topology;
	return 0;
}

int fm_place_kind_of(hwloc_topology_t topology, hwloc_obj_t pu)
{
	(void)topology;
	(void)pu;
	return -1;
}

const char *fm_place_kind_name(const struct fm_place *p)
{
	(void)p;
	return "";
}
#endif

int fm_place_kinds(const struct fm_place *p)
{
	return fm_place_kinds_of(p->topology);
}

int fm_place_kind(const struct fm_place *p)
{
	return fm_place_kind_of(p->topology, p->order[0]) + 1;
}

int fm_place_node_has_memory(hwloc_topology_t topology, hwloc_obj_t node)
{
	hwloc_obj_t at = NULL;

	if (node->attr->numanode.local_memory)
		return 1;
	while ((at = hwloc_get_next_obj_by_type(topology, HWLOC_OBJ_NUMANODE,
						at)))
		if (at->attr->numanode.local_memory)
			return 0;
	return 1;
}

hwloc_obj_t fm_place_node_of(hwloc_topology_t topology, hwloc_obj_t pu)
{
	hwloc_obj_t at = NULL, found = NULL;

	while ((at = hwloc_get_next_obj_by_type(topology, HWLOC_OBJ_NUMANODE,
						at))) {
		if (!hwloc_bitmap_isset(pu->nodeset, at->os_index))
			continue;
		if (fm_place_node_has_memory(topology, at))
			return at;
		found = found ? found : at;
	}
	return found;
}

int fm_place_has_memory(hwloc_topology_t topology, hwloc_obj_t pu)
{
	hwloc_obj_t node = fm_place_node_of(topology, pu);

	return node && fm_place_node_has_memory(topology, node);
}

/* Machines that do not say which processors share a core have none. */
static hwloc_obj_t core_of(const struct fm_place *p, hwloc_obj_t pu)
{
	hwloc_obj_t core =
		hwloc_get_ancestor_obj_by_type(p->topology, HWLOC_OBJ_CORE, pu);

	return core ? core : pu;
}

/* Which thread of its core it is, from 0 on, of those that we may use. */
static int thread_of(const struct fm_place *p, hwloc_obj_t pu)
{
	hwloc_obj_t core = core_of(p, pu), at = NULL;
	int n = 0;

	while ((at = hwloc_get_next_obj_inside_cpuset_by_type(
			p->topology, core->cpuset, HWLOC_OBJ_PU, at)) &&
	       at != pu)
		n += hwloc_bitmap_isset(p->ours, at->os_index);
	return n;
}

static int is_same(const struct fm_place *p, hwloc_obj_type_t type,
		   hwloc_obj_t a, hwloc_obj_t b)
{
	return hwloc_get_ancestor_obj_by_type(p->topology, type, a) ==
	       hwloc_get_ancestor_obj_by_type(p->topology, type, b);
}

enum fm_place_apart fm_place_apart(const struct fm_place *p)
{
	hwloc_obj_t worker = p->order[0], driver = p->order[p->cpus > 1];

	if (driver == worker)
		return FM_PLACE_ONE;
	if (core_of(p, driver) == core_of(p, worker))
		return FM_PLACE_THREAD;
	return is_same(p, HWLOC_OBJ_PACKAGE, driver, worker) ? FM_PLACE_CORE :
							       FM_PLACE_PACKAGE;
}

/* How far from the worker's; what is the same stays in the machine's order. */
static long distance(const struct fm_place *p, hwloc_obj_t worker,
		     hwloc_obj_t pu)
{
	int thread = thread_of(p, pu);

	if (pu == worker)
		return -1;
	if (!thread && core_of(p, pu) == core_of(p, worker))
		thread = 1;
	return thread * 8L + 4 * !is_same(p, HWLOC_OBJ_PACKAGE, pu, worker) +
	       2 * (fm_place_kind_of(p->topology, pu) !=
		    fm_place_kind_of(p->topology, worker)) +
	       !hwloc_bitmap_isequal(pu->nodeset, worker->nodeset);
}

/* The last one of the best. */
static hwloc_obj_t best(const struct fm_place *p)
{
	hwloc_obj_t at = NULL, found = NULL;
	int most = 0;

	while ((at = hwloc_get_next_obj_by_type(p->topology, HWLOC_OBJ_PU,
						at))) {
		int is = 1 + fm_place_kind_of(p->topology, at) +
			 (fm_place_kinds(p) + 1) *
				 fm_place_has_memory(p->topology, at);

		if (!hwloc_bitmap_isset(p->ours, at->os_index) ||
		    thread_of(p, at) || is < most)
			continue;
		most = is;
		found = at;
	}
	return found;
}

/* Why the processor that was wished for is not one of ours. */
static int refuse(const struct fm_place *p, struct fm_why *why)
{
	unsigned int cpu = (unsigned int)p->wish.cpu;
	char ours[128];

	hwloc_bitmap_list_snprintf(ours, sizeof(ours), p->ours);
	return fm_fail(
		why, EINVAL, "processor %u %s; we may use %s", cpu,
		hwloc_bitmap_isset(
			hwloc_topology_get_topology_cpuset(p->topology), cpu) ?
			"is not in our affinity mask (taskset -p $$)" :
		hwloc_bitmap_isset(
			hwloc_topology_get_complete_cpuset(p->topology), cpu) ?
			"is offline, or kept from us by a cpuset" :
			"is not one of this machine",
		ours);
}

static hwloc_obj_t worker_of(const struct fm_place *p, struct fm_why *why)
{
	hwloc_obj_t worker;

	if (p->wish.cpu < 0) {
		worker = best(p);
		if (!worker)
			fm_fail(why, EINVAL, "hwloc finds no processor");
		return worker;
	}
	worker = hwloc_get_pu_obj_by_os_index(p->topology,
					      (unsigned int)p->wish.cpu);
	if (worker && hwloc_bitmap_isset(p->ours, worker->os_index))
		return worker;
	refuse(p, why);
	return NULL;
}

int fm_place_choose(struct fm_place *p, struct fm_why *why)
{
	hwloc_obj_t worker = worker_of(p, why), at = NULL;
	long *far;

	if (!worker)
		return -EINVAL;
	p->order =
		calloc((size_t)hwloc_bitmap_weight(p->ours), sizeof(*p->order));
	far = calloc((size_t)hwloc_bitmap_weight(p->ours), sizeof(*far));
	while (p->order && far &&
	       (at = hwloc_get_next_obj_by_type(p->topology, HWLOC_OBJ_PU,
						at))) {
		long is = distance(p, worker, at);
		size_t to = p->cpus;

		if (!hwloc_bitmap_isset(p->ours, at->os_index))
			continue;
		for (; to > 0 && far[to - 1] > is; to--) {
			far[to] = far[to - 1];
			p->order[to] = p->order[to - 1];
		}
		far[to] = is;
		p->order[to] = at;
		p->cpus++;
	}
	free(far);
	return p->cpus ? 0 : fm_fail(why, ENOMEM, "no memory for the topology");
}
