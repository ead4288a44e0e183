/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which processor measures, and which one the driver stays on. By hwloc. */
#ifndef FM_PLACE_H
#define FM_PLACE_H

#include <stddef.h>

#include "err.h"

struct fm_place; /* a loaded topology and a choice */

/*
 * Loads this machine's topology and chooses among the processors that we may
 * use: cpu (an OS index), or for cpu < 0 the last core, for the first ones
 * serve most interrupts; and for the driver another core of the same package
 * where there is one. Returns 0 or -errno with the reason in why.
 */
int fm_place_open(struct fm_place **place, int cpu, struct fm_why *why);
void fm_place_close(struct fm_place *place);

int fm_place_worker_cpu(const struct fm_place *place); /* OS index */
int fm_place_driver_cpu(const struct fm_place *place);
int fm_place_node(const struct fm_place *place); /* NUMA node, or -1 */
int fm_place_cores(const struct fm_place *place);
int fm_place_packages(const struct fm_place *place);
int fm_place_nodes(const struct fm_place *place);
int fm_place_cpus(const struct fm_place *place);

/* The processors that we may use, "0-3,8", into buf; returns buf. */
const char *fm_place_list(const struct fm_place *place, char *buf, size_t size);

/* Binds the calling thread to the driver's place. Returns 0 or -errno. */
int fm_place_bind_driver(const struct fm_place *place);

/*
 * Binds the calling process, and what it will exec, to the worker's processor
 * and to the memory of its NUMA node. Returns 0 or -errno.
 */
int fm_place_bind_worker(const struct fm_place *place);

#endif
