/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where on this machine is measured: processors, kind of core, memory. */
#include <stdio.h>

#include "doctor.h"
#include "units.h"

/* The driver sleeps while the worker measures, and wakes to read it out. */
static void processors(const struct fm_patient *p, struct fm_finding *f)
{
	static const char *const apart[] = {
		[FM_PLACE_ONE] = "the same, the only one",
		[FM_PLACE_THREAD] = "another thread of its core",
		[FM_PLACE_CORE] = "another core of its package",
		[FM_PLACE_PACKAGE] = "of another package",
	};
	enum fm_place_apart is = fm_place_apart(p->place);

	snprintf(f->is, sizeof(f->is),
		 "worker on %d, driver on %d (%s); we may use %d",
		 p->worker_cpu, p->driver_cpu, apart[is],
		 fm_place_cpus(p->place));
	if (is != FM_PLACE_ONE && is != FM_PLACE_THREAD)
		return;
	f->level = FM_LEVEL_NOISE;
	f->costs = is == FM_PLACE_ONE ?
			   "the driver interrupts the worker" :
			   "the driver slows the worker when it wakes";
	snprintf(f->command, sizeof(f->command),
		 "a second core: taskset(1), the cpuset or the virtual machine "
		 "decide");
}

static void kind(const struct fm_patient *p, struct fm_finding *f)
{
	int kinds = fm_place_kinds(p->place), is = fm_place_kind(p->place);
	const char *name = fm_place_kind_name(p->place);

	if (kinds <= 1) {
		snprintf(f->is, sizeof(f->is), "%s",
			 kinds ? "all are alike" : "not told here");
		return;
	}
	if (!is) {
		f->level = FM_LEVEL_NOISE;
		snprintf(f->is, sizeof(f->is),
			 "%d kinds, and not told which is faster", kinds);
		f->costs = "the worker's may be a slow one";
		snprintf(f->command, sizeof(f->command),
			 "--cpu N for a processor of the kind that you mean");
		return;
	}
	snprintf(f->is, sizeof(f->is),
		 "the worker's is number %d of %d kinds%s%s%s%s", is, kinds,
		 is == kinds ? ", the fastest" : "", *name ? " (" : "", name,
		 *name ? ")" : "");
	if (is == kinds)
		return;
	f->level = FM_LEVEL_NOISE;
	f->costs = "figures are those of slower cores";
	snprintf(f->command, sizeof(f->command),
		 "leave --cpu out, or have a mask (taskset) with faster ones");
}

static void memory_node(const struct fm_patient *p, struct fm_finding *f)
{
	int own = fm_place_node(p->place), is = fm_place_memory_node(p->place);

	if (is < 0) {
		snprintf(f->is, sizeof(f->is), "not told here");
		return;
	}
	snprintf(f->is, sizeof(f->is), "memory of node %d, %s, of %d node%s",
		 is, own == is ? "the worker's own" : "remote",
		 fm_place_nodes(p->place),
		 fm_units_plural((uint64_t)fm_place_nodes(p->place)));
	if (own == is || fm_place_numa(p->place))
		return;
	f->level = FM_LEVEL_NOISE;
	snprintf(f->is, sizeof(f->is),
		 "memory of node %d, for the worker's node %d has none", is,
		 own);
	f->costs = "every page is remote";
	snprintf(f->command, sizeof(f->command),
		 "--cpu N for a processor of a node with memory");
}

const struct fm_check fm_checks_place[] = {
	{ "processors", processors },
	{ "kind of core", kind },
	{ "NUMA node", memory_node },
	{ 0 },
};
