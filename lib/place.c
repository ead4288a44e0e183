/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which processor measures, and which one the driver stays on. By hwloc. */
#include <errno.h>
#include <stdlib.h>

#include <hwloc.h>

#include "place.h"

struct fm_place {
	hwloc_topology_t topology;
	hwloc_obj_t worker, driver; /* PUs */
	int nodes;
};

/* Cores, or processors on machines that do not say which share a core. */
static hwloc_obj_type_t unit_type(const struct fm_place *p)
{
	return hwloc_get_nbobjs_by_type(p->topology, HWLOC_OBJ_CORE) > 0 ?
		       HWLOC_OBJ_CORE :
		       HWLOC_OBJ_PU;
}

static hwloc_obj_t first_pu(const struct fm_place *p, hwloc_obj_t core)
{
	return core->type == HWLOC_OBJ_PU ?
		       core :
		       hwloc_get_obj_inside_cpuset_by_type(
			       p->topology, core->cpuset, HWLOC_OBJ_PU, 0);
}

/* A core other than the worker's, of its package if there is one. */
static hwloc_obj_t other_core(const struct fm_place *p, hwloc_obj_t core)
{
	hwloc_obj_t package = hwloc_get_ancestor_obj_by_type(
		p->topology, HWLOC_OBJ_PACKAGE, core);
	hwloc_obj_t found = NULL, at = NULL;

	while ((at = hwloc_get_next_obj_by_type(p->topology, unit_type(p),
						at))) {
		if (at == core)
			continue;
		if (hwloc_get_ancestor_obj_by_type(
			    p->topology, HWLOC_OBJ_PACKAGE, at) == package)
			return at;
		found = at;
	}
	return found;
}

static int choose(struct fm_place *p, int cpu, struct fm_why *why)
{
	int units = hwloc_get_nbobjs_by_type(p->topology, unit_type(p));
	hwloc_obj_t core, other;

	if (cpu >= 0) {
		p->worker = hwloc_get_pu_obj_by_os_index(p->topology,
							 (unsigned int)cpu);
		if (!p->worker)
			return fm_fail(why, EINVAL,
				       "processor %d is not one that this "
				       "process may use",
				       cpu);
		core = unit_type(p) == HWLOC_OBJ_PU ?
			       p->worker :
			       hwloc_get_ancestor_obj_by_type(
				       p->topology, HWLOC_OBJ_CORE, p->worker);
	} else {
		core = hwloc_get_obj_by_type(p->topology, unit_type(p),
					     (unsigned int)(units - 1));
		p->worker = core ? first_pu(p, core) : NULL;
	}
	other = core ? other_core(p, core) : NULL;
	p->driver = other ? first_pu(p, other) : p->worker;
	if (!p->worker)
		return fm_fail(why, ENODEV, "hwloc finds no processor");
	return 0;
}

/* taskset(1), Slurm and the like may leave us a part of the machine. */
static int restrict_to_ours(hwloc_topology_t topology)
{
	hwloc_bitmap_t ours = hwloc_bitmap_alloc();
	int err = 0;

	if (!ours)
		return -ENOMEM;
	if (hwloc_get_cpubind(topology, ours, HWLOC_CPUBIND_PROCESS) == 0 &&
	    hwloc_topology_restrict(topology, ours, 0) < 0)
		err = -errno;
	hwloc_bitmap_free(ours);
	return err;
}

int fm_place_open(struct fm_place **place, int cpu, struct fm_why *why)
{
	struct fm_place *p = calloc(1, sizeof(*p));
	int err;

	if (!p)
		return -ENOMEM;
	if (hwloc_topology_init(&p->topology) < 0) {
		free(p);
		return fm_fail(why, ENOMEM, "hwloc does not start");
	}
	if (hwloc_topology_load(p->topology) < 0 ||
	    restrict_to_ours(p->topology) < 0) {
		err = fm_fail(why, EIO, "hwloc cannot read the topology");
	} else {
		p->nodes = hwloc_get_nbobjs_by_type(p->topology,
						    HWLOC_OBJ_NUMANODE);
		err = choose(p, cpu, why);
	}
	if (err) {
		fm_place_close(p);
		return err;
	}
	*place = p;
	return 0;
}

void fm_place_close(struct fm_place *p)
{
	if (!p)
		return;
	hwloc_topology_destroy(p->topology);
	free(p);
}

int fm_place_worker_cpu(const struct fm_place *p)
{
	return (int)p->worker->os_index;
}

int fm_place_driver_cpu(const struct fm_place *p)
{
	return (int)p->driver->os_index;
}

int fm_place_node(const struct fm_place *p)
{
	return p->worker->nodeset ? hwloc_bitmap_first(p->worker->nodeset) : -1;
}

int fm_place_cores(const struct fm_place *p)
{
	return hwloc_get_nbobjs_by_type(p->topology, HWLOC_OBJ_CORE);
}

int fm_place_packages(const struct fm_place *p)
{
	return hwloc_get_nbobjs_by_type(p->topology, HWLOC_OBJ_PACKAGE);
}

int fm_place_nodes(const struct fm_place *p)
{
	return p->nodes;
}

int fm_place_cpus(const struct fm_place *p)
{
	return hwloc_get_nbobjs_by_type(p->topology, HWLOC_OBJ_PU);
}

const char *fm_place_list(const struct fm_place *p, char *buf, size_t size)
{
	hwloc_bitmap_list_snprintf(
		buf, size, hwloc_topology_get_topology_cpuset(p->topology));
	return buf;
}

int fm_place_bind_driver(const struct fm_place *p)
{
	return hwloc_set_cpubind(p->topology, p->driver->cpuset,
				 HWLOC_CPUBIND_THREAD) < 0 ?
		       -errno :
		       0;
}

int fm_place_bind_worker(const struct fm_place *p)
{
	if (hwloc_set_cpubind(p->topology, p->worker->cpuset,
			      HWLOC_CPUBIND_PROCESS) < 0)
		return -errno;
	/* One node: nothing to choose, and containers forbid the call. */
	if (p->nodes > 1 &&
	    hwloc_set_membind(
		    p->topology, p->worker->nodeset, HWLOC_MEMBIND_BIND,
		    HWLOC_MEMBIND_BYNODESET | HWLOC_MEMBIND_PROCESS) < 0)
		return -errno;
	return 0;
}
