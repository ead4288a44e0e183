/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which processor measures, on which one the driver stays, and which NUMA
 * node's memory is measured. By hwloc.
 */
#ifndef FM_PLACE_H
#define FM_PLACE_H

#include <stddef.h>

#include "err.h"

struct fm_place; /* a loaded topology and a choice */

struct fm_place_wish {
	int cpu; /* OS index of the worker's processor; < 0: choose */
	/*
	 * Whose memory: NULL or "local", "remote", or a node's number. The
	 * text must live on.
	 */
	const char *numa;
	/*
	 * The processors that we may use, "0-3,8"; NULL: those of our affinity
	 * mask, and cpu if it is one that the kernel isolates.
	 */
	const char *cpus;
	/*
	 * For tests: takes what HWLOC_SYNTHETIC, HWLOC_XMLFILE or HWLOC_FSROOT
	 * describe for this machine. Nothing can be bound on it.
	 */
	int foreign;
};

/*
 * Loads this machine's topology, without what a cpuset keeps from us, and
 * chooses among the processors that we may use. The worker's, where none is
 * wished for: of those whose NUMA node has memory, of these the ones of the
 * most performant kind (where hwloc can rank the kinds), and of these the
 * first thread of the last core, for the first ones serve most interrupts. The
 * driver's is the nearest to it: see fm_place_list; its own on a machine of
 * one.
 *
 * Local memory is that of the worker's own node, or where that has none, of the
 * nearest node with memory (by the firmware's distances; the first, where these
 * say nothing). Remote is the nearest other one that has: of other processors,
 * or where there is none, without any.
 *
 * Returns 0, or -errno with the reason in why: -EINVAL, the processor is not
 * ours; -ENXIO, there is no such memory.
 */
int fm_place_open(struct fm_place **place, const struct fm_place_wish *wish,
		  struct fm_why *why);
/* The same processors with other memory. Returns as fm_place_open. */
int fm_place_copy(struct fm_place **copy, const struct fm_place *place,
		  const char *numa, struct fm_why *why);
void fm_place_close(struct fm_place *place);

int fm_place_worker_cpu(const struct fm_place *place); /* OS index */
int fm_place_driver_cpu(const struct fm_place *place);
int fm_place_node(const struct fm_place *place); /* the worker's, or -1 */

/* The node whose memory is measured, or -1 where hwloc knows none. */
int fm_place_memory_node(const struct fm_place *place);
int fm_place_is_remote(const struct fm_place *place); /* not the worker's own */
/* What was wished for, or NULL. */
const char *fm_place_numa(const struct fm_place *place);
/* Whether memory is bound, and to be proved: on several nodes, or as wished. */
int fm_place_binds_memory(const struct fm_place *place);

/* Of the machine, those that have a processor that we may use. */
int fm_place_cores(const struct fm_place *place);
int fm_place_packages(const struct fm_place *place);
int fm_place_cpus(const struct fm_place *place);
int fm_place_nodes(const struct fm_place *place); /* all that we may use */

/* What the driver's processor has in common with the worker's. */
enum fm_place_apart {
	FM_PLACE_ONE,	  /* it is the same one */
	FM_PLACE_THREAD,  /* another thread of its core */
	FM_PLACE_CORE,	  /* another core of its package */
	FM_PLACE_PACKAGE, /* another package */
};
enum fm_place_apart fm_place_apart(const struct fm_place *place);

/*
 * How many kinds of cores the machine has (0: hwloc does not know), which of
 * them the worker's is, from 1, the slowest, on (0: nobody ranks them), and
 * what the hardware calls it ("" where it has no name).
 */
int fm_place_kinds(const struct fm_place *place);
int fm_place_kind(const struct fm_place *place);
const char *fm_place_kind_name(const struct fm_place *place);

/*
 * The processors that we may use, "3,2,0-1", into buf; returns buf. The
 * worker's is the first, and the nearest follow: cores of their own before
 * further threads of one core, those of the same package first, of the same
 * kind, of the same NUMA node, in the machine's order.
 */
const char *fm_place_list(const struct fm_place *place, char *buf, size_t size);

/* Binds the calling thread to the driver's place. Returns 0 or -errno. */
int fm_place_bind_driver(const struct fm_place *place);

/*
 * Binds the calling process, and what it will exec, to the worker's processor.
 * Returns 0 or -errno.
 */
int fm_place_bind_worker(const struct fm_place *place);

/*
 * Binds the calling thread, and what it will exec, to the memory that is to be
 * measured, where fm_place_binds_memory says so. Returns 0, also where local
 * memory cannot be bound because a container forbids it; or -errno.
 */
int fm_place_bind_memory(const struct fm_place *place);

#endif
