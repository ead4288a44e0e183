/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The machine as hwloc sees it, what of it we may use, and binding there. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cpulist.h"
#include "file.h"
#include "place_parts.h"

/* Processors that no mask has until somebody asks for them: isolcpus=. */
static int is_isolated(int cpu)
{
	char text[4096];

	return fm_file_read("/sys/devices/system/cpu/isolated", text,
			    sizeof(text)) > 0 &&
	       fm_cpulist_has(text, cpu);
}

/*
 * taskset(1), Slurm and the like may leave us a part of the machine. A cpuset
 * has been honoured by hwloc, which leaves out what it forbids.
 */
static int find_ours(struct fm_place *p)
{
	const char *cpus = p->wish.cpus;

	p->ours = hwloc_bitmap_alloc();
	if (!p->ours)
		return -ENOMEM;
	if (cpus)
		hwloc_bitmap_list_sscanf(p->ours, cpus);
	else if (hwloc_get_cpubind(p->topology, p->ours,
				   HWLOC_CPUBIND_PROCESS) < 0)
		hwloc_bitmap_fill(p->ours);
	if (!cpus && p->wish.cpu >= 0 && is_isolated(p->wish.cpu))
		hwloc_bitmap_set(p->ours, (unsigned int)p->wish.cpu);
	return hwloc_bitmap_and(
		       p->ours, p->ours,
		       hwloc_topology_get_topology_cpuset(p->topology)) ?
		       -ENOMEM :
		       0;
}

static int load(struct fm_place *p, struct fm_why *why)
{
	if (hwloc_topology_init(&p->topology) < 0) {
		p->topology = NULL;
		return fm_fail(why, ENOMEM, "hwloc does not start");
	}
	if (hwloc_topology_load(p->topology) < 0)
		return fm_fail(why, EIO, "hwloc cannot read the topology");
	if (!p->wish.foreign && !hwloc_topology_is_thissystem(p->topology))
		return fm_fail(why, EIO,
			       "hwloc is told of another machine: unset "
			       "HWLOC_SYNTHETIC, HWLOC_XMLFILE and "
			       "HWLOC_FSROOT");
	if (find_ours(p) < 0)
		return fm_fail(why, ENOMEM, "no memory for the topology");
	return 0;
}

/* What was loaded, without an error so far; else it is given back. */
static int choose(struct fm_place **place, struct fm_place *p, int err,
		  struct fm_why *why)
{
	if (!err)
		err = fm_place_choose(p, why);
	if (!err)
		err = fm_place_choose_memory(p, why);
	if (err)
		fm_place_close(p);
	else
		*place = p;
	return err;
}

int fm_place_open(struct fm_place **place, const struct fm_place_wish *wish,
		  struct fm_why *why)
{
	struct fm_place *p = calloc(1, sizeof(*p));

	if (!p)
		return fm_fail(why, ENOMEM, "no memory for the topology");
	p->wish = *wish;
	return choose(place, p, load(p, why), why);
}

int fm_place_copy(struct fm_place **copy, const struct fm_place *place,
		  const char *numa, struct fm_why *why)
{
	struct fm_place *p = calloc(1, sizeof(*p));
	int err = 0;

	if (!p)
		return fm_fail(why, ENOMEM, "no memory for the topology");
	p->wish = place->wish;
	p->wish.numa = numa;
	p->ours = hwloc_bitmap_dup(place->ours);
	if (!p->ours || hwloc_topology_dup(&p->topology, place->topology) < 0) {
		p->topology = NULL;
		err = fm_fail(why, ENOMEM, "no memory for the topology");
	}
	return choose(copy, p, err, why);
}

void fm_place_close(struct fm_place *p)
{
	if (!p)
		return;
	free(p->order);
	hwloc_bitmap_free(p->ours);
	if (p->topology)
		hwloc_topology_destroy(p->topology);
	free(p);
}

int fm_place_worker_cpu(const struct fm_place *p)
{
	return (int)p->order[0]->os_index;
}

int fm_place_driver_cpu(const struct fm_place *p)
{
	return (int)p->order[p->cpus > 1]->os_index;
}

static int count(const struct fm_place *p, hwloc_obj_type_t type)
{
	hwloc_obj_t at = NULL;
	int n = 0;

	while ((at = hwloc_get_next_obj_by_type(p->topology, type, at)))
		n += hwloc_bitmap_intersects(at->cpuset, p->ours);
	return n;
}

int fm_place_cores(const struct fm_place *p)
{
	return count(p, HWLOC_OBJ_CORE);
}

int fm_place_packages(const struct fm_place *p)
{
	return count(p, HWLOC_OBJ_PACKAGE);
}

int fm_place_cpus(const struct fm_place *p)
{
	return (int)p->cpus;
}

int fm_place_nodes(const struct fm_place *p)
{
	return hwloc_get_nbobjs_by_type(p->topology, HWLOC_OBJ_NUMANODE);
}

const char *fm_place_list(const struct fm_place *p, char *buf, size_t size)
{
	size_t n = 0;

	*buf = '\0';
	for (size_t i = 0, last; i < p->cpus; i = last + 1) {
		unsigned int from = p->order[i]->os_index;
		char text[32];

		for (last = i;
		     last + 1 < p->cpus && p->order[last + 1]->os_index ==
						   p->order[last]->os_index + 1;
		     last++)
			;
		if (last > i)
			snprintf(text, sizeof(text), "%s%u-%u", i ? "," : "",
				 from, p->order[last]->os_index);
		else
			snprintf(text, sizeof(text), "%s%u", i ? "," : "",
				 from);
		/* A number that is cut would be another processor's. */
		if (n + strlen(text) >= size)
			break;
		strcpy(buf + n, text);
		n += strlen(text);
	}
	return buf;
}

int fm_place_bind_driver(const struct fm_place *p)
{
	return hwloc_set_cpubind(p->topology, p->order[p->cpus > 1]->cpuset,
				 HWLOC_CPUBIND_THREAD) < 0 ?
		       -errno :
		       0;
}

int fm_place_bind_worker(const struct fm_place *p)
{
	return hwloc_set_cpubind(p->topology, p->order[0]->cpuset,
				 HWLOC_CPUBIND_PROCESS) < 0 ?
		       -errno :
		       0;
}
