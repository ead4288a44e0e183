/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facts of a machine that are where on it was measured. */
#include "machine_place.h"

static const char source[] = "hwloc, of those we may use";

/* Which of the machine's kinds of cores: "2 of 2 (IntelCore)", 2 the fastest.
 */
static void add_kind(struct fm_facts *facts, const struct fm_place *place)
{
	const char *name = fm_place_kind_name(place);
	int kinds = fm_place_kinds(place), kind = fm_place_kind(place);
	char text[128];

	if (kinds <= 1) {
		fm_fact_unknown(facts, FM_FACT_STATE, "worker_core_kind",
				kinds ? "all cores are of one kind" :
					"hwloc knows no kinds here",
				"hwloc");
		return;
	}
	snprintf(text, sizeof(text), "%d of %d%s%s%s", kind, kinds,
		 *name ? " (" : "", name, *name ? ")" : "");
	fm_fact_text(facts, FM_FACT_STATE, "worker_core_kind",
		     kind ? text : "not ranked", "hwloc, the last the fastest");
}

/* Of the driver, which waits while the worker measures. */
static void add_driver(struct fm_facts *facts, const struct fm_place *place)
{
	static const char *const apart[] = {
		[FM_PLACE_ONE] = "the worker's processor",
		[FM_PLACE_THREAD] = "another thread of the worker's core",
		[FM_PLACE_CORE] = "another core of the worker's package",
		[FM_PLACE_PACKAGE] = "another package",
	};

	fm_fact_number(facts, FM_FACT_NOTE, "driver_cpu",
		       (uint64_t)fm_place_driver_cpu(place), source);
	fm_fact_text(facts, FM_FACT_STATE, "driver_on",
		     apart[fm_place_apart(place)], source);
}

static void add_node(struct fm_facts *facts, const char *key, int node)
{
	if (node < 0)
		fm_fact_unknown(facts, FM_FACT_STATE, key,
				"hwloc knows no nodes here", source);
	else
		fm_fact_number(facts, FM_FACT_STATE, key, (uint64_t)node,
			       source);
}

void fm_machine_place(struct fm_facts *facts, const struct fm_place *place)
{
	const struct {
		const char *key;
		int value;
	} numbers[] = {
		{ "cpus", fm_place_cpus(place) },
		{ "cores", fm_place_cores(place) },
		{ "packages", fm_place_packages(place) },
		{ "numa_nodes", fm_place_nodes(place) },
		{ "worker_cpu", fm_place_worker_cpu(place) },
	};

	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		fm_fact_number(facts, FM_FACT_STATE, numbers[i].key,
			       (uint64_t)numbers[i].value, source);
	add_kind(facts, place);
	add_driver(facts, place);
	add_node(facts, "worker_node", fm_place_node(place));
	add_node(facts, "memory_node", fm_place_memory_node(place));
	fm_fact_text(facts, FM_FACT_STATE, "memory_is",
		     fm_place_is_remote(place) ? "remote" : "local",
		     "memory_node and worker_node");
}
