/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Places on machines as Linux describes them in /sys: processors that are
 * offline, cores of different kinds, nodes without memory, or without
 * processors. The trees are made here, of the files that the kernel's
 * Documentation/ABI names, and given to hwloc as another root.
 */
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test.h"
#include "test_place.h"

enum { CPUS = 8, NODES = 3 };

struct tree {
	int cpus, nodes;
	struct {
		int core, package, node;
		int capacity; /* cpu_capacity of the kernel; 0: no such file */
		int offline;
	} cpu[CPUS];
	struct {
		unsigned int mib;
		int distance[NODES];
	} node[NODES];
};

static char root[] = "/tmp/forkmeter-tree-XXXXXX";

/* The file root/sys/devices/system/PATH with a number in it, after folders. */
static __attribute__((format(printf, 2, 3))) void put(const char *text,
						      const char *path, ...)
{
	char name[256];
	va_list ap;
	size_t n;
	FILE *f;

	n = (size_t)snprintf(name, sizeof(name), "%s/sys/devices/system/",
			     root);
	va_start(ap, path);
	vsnprintf(name + n, sizeof(name) - n, path, ap);
	va_end(ap);
	for (char *at = name + strlen(root); (at = strchr(at + 1, '/'));) {
		*at = '\0';
		mkdir(name, 0755);
		*at = '/';
	}
	f = fopen(name, "w");
	CHECK(f && fprintf(f, "%s\n", text) > 0 && !fclose(f));
}

static const char *text(const char *fmt, unsigned int n)
{
	static char buf[64];

	snprintf(buf, sizeof(buf), fmt, n);
	return buf;
}

static void put_cpu(const struct tree *t, int i)
{
	unsigned int core = 0, package = 0;

	for (int k = 0; k < t->cpus; k++) {
		int same = t->cpu[k].package == t->cpu[i].package;

		if (t->cpu[k].offline)
			continue;
		package |= (unsigned int)same << k;
		core |= (unsigned int)(same && t->cpu[k].core == t->cpu[i].core)
			<< k;
	}
	put(t->cpu[i].offline ? "0" : "1", "cpu/cpu%d/online", i);
	if (t->cpu[i].offline)
		return;
	put(text("%u", (unsigned int)t->cpu[i].core),
	    "cpu/cpu%d/topology/core_id", i);
	put(text("%u", (unsigned int)t->cpu[i].package),
	    "cpu/cpu%d/topology/physical_package_id", i);
	put(text("%08x", core), "cpu/cpu%d/topology/thread_siblings", i);
	put(text("%08x", package), "cpu/cpu%d/topology/core_siblings", i);
	if (t->cpu[i].capacity)
		put(text("%u", (unsigned int)t->cpu[i].capacity),
		    "cpu/cpu%d/cpu_capacity", i);
}

static void put_node(const struct tree *t, int n)
{
	const int *far = t->node[n].distance;
	unsigned int cpus = 0;
	char line[64];

	for (int i = 0; i < t->cpus; i++)
		cpus |= (unsigned int)(t->cpu[i].node == n &&
				       !t->cpu[i].offline)
			<< i;
	put(text("%08x", cpus), "node/node%d/cpumap", n);
	snprintf(line, sizeof(line), "Node %d MemTotal: %u kB", n,
		 t->node[n].mib * 1024);
	put(line, "node/node%d/meminfo", n);
	snprintf(line, sizeof(line), "%d %d %d", far[0], far[1], far[2]);
	put(line, "node/node%d/distance", n);
}

static void make(const struct tree *t)
{
	strcpy(strrchr(root, '-'), "-XXXXXX");
	CHECK(mkdtemp(root));
	put(text("0-%u", (unsigned int)t->cpus - 1), "cpu/possible");
	put(text("0-%u", (unsigned int)t->cpus - 1), "cpu/present");
	for (int i = 0; i < t->cpus; i++)
		put_cpu(t, i);
	put(text("0-%u", (unsigned int)t->nodes - 1), "node/online");
	put(text("0-%u", (unsigned int)t->nodes - 1), "node/possible");
	for (int n = 0; n < t->nodes; n++)
		put_node(t, n);
}

static void drop(void)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -rf %s", root);
	CHECK(!system(command));
}

/* Of the place that is wished for; worker -1: there is none, for that reason.
 */
static void expect(int line, const char *ours, int cpu, const char *numa,
		   int worker, int driver, int own, int memory,
		   const char *reason)
{
	int failures = test_failures;
	struct fm_why why;
	struct fm_place *p;

	open_on(&p, "HWLOC_FSROOT", root, ours, cpu, numa, &why);
	CHECK(worker < 0 ? !p : !!p);
	CHECK(!*reason || strstr(why.text, reason));
	CHECK(!p || fm_place_worker_cpu(p) == worker);
	CHECK(!p || fm_place_driver_cpu(p) == driver);
	CHECK(!p || fm_place_node(p) == own);
	CHECK(!p || fm_place_memory_node(p) == memory);
	if (test_failures > failures)
		printf("line %d: %s%d, %d, %d, %d\n", line, why.text,
		       p ? fm_place_worker_cpu(p) : -1,
		       p ? fm_place_driver_cpu(p) : -1,
		       p ? fm_place_node(p) : -1,
		       p ? fm_place_memory_node(p) : -1);
	fm_place_close(p);
}

/* Two performance cores of two threads, then four efficiency cores. */
static void check_hybrid(void)
{
	const struct tree t = {
		.cpus = 8,
		.nodes = 1,
		.cpu = { { 0, 0, 0, 1024, 0 },
			 { 0, 0, 0, 1024, 0 },
			 { 1, 0, 0, 1024, 0 },
			 { 1, 0, 0, 1024, 0 },
			 { .core = 4, .capacity = 600 },
			 { .core = 5, .capacity = 600 },
			 { .core = 6, .capacity = 600 },
			 { .core = 7, .capacity = 600 } },
		.node = { { 1024, { 10 } } },
	};
	struct fm_why why;
	struct fm_place *p;

	make(&t);
	expect(__LINE__, NULL, -1, NULL, 2, 0, 0, 0, "");
	expect(__LINE__, "0-1,4-7", -1, NULL, 0, 4, 0, 0, "");
	expect(__LINE__, "4-7", -1, NULL, 7, 4, 0, 0, "");
	expect(__LINE__, NULL, 5, NULL, 5, 4, 0, 0, "");
	open_on(&p, "HWLOC_FSROOT", root, NULL, -1, NULL, &why);
	if (p && !fm_place_kinds(p)) {
		printf("skip kinds: this hwloc knows none\n");
	} else if (p) {
		CHECK(fm_place_kinds(p) == 2);
		CHECK(fm_place_kind(p) == 2);
		fm_place_close(p);
		open_on(&p, "HWLOC_FSROOT", root, NULL, 5, NULL, &why);
		CHECK(p && fm_place_kind(p) == 1);
	}
	fm_place_close(p);
	drop();
}

static void check_offline(void)
{
	const struct tree t = {
		.cpus = 4,
		.nodes = 1,
		.cpu = { { .core = 0 },
			 { .core = 1 },
			 { .core = 2 },
			 { .core = 3, .offline = 1 } },
		.node = { { 1024, { 10 } } },
	};

	make(&t);
	expect(__LINE__, NULL, -1, NULL, 2, 0, 0, 0, "");
	expect(__LINE__, NULL, 3, NULL, -1, 0, 0, 0,
	       "processor 3 is offline, or kept from us by a cpuset; we may "
	       "use 0-2");
	expect(__LINE__, NULL, 4, NULL, -1, 0, 0, 0,
	       "processor 4 is not one of this machine");
	drop();
}

/* The last package's node has no memory: its nearest is node 1. */
static void check_without_memory(void)
{
	const struct tree t = {
		.cpus = 6,
		.nodes = 3,
		.cpu = { { 0, 0, 0, 0, 0 },
			 { 1, 0, 0, 0, 0 },
			 { 0, 1, 1, 0, 0 },
			 { 1, 1, 1, 0, 0 },
			 { 0, 2, 2, 0, 0 },
			 { 1, 2, 2, 0, 0 } },
		.node = { { 1024, { 10, 20, 30 } },
			  { 1024, { 20, 10, 15 } },
			  { 0, { 30, 15, 10 } } },
	};

	make(&t);
	expect(__LINE__, NULL, -1, NULL, 3, 2, 1, 1, "");
	expect(__LINE__, NULL, -1, "remote", 3, 2, 1, 0, "");
	expect(__LINE__, NULL, 5, NULL, 5, 4, 2, 1, "");
	expect(__LINE__, NULL, 5, "remote", 5, 4, 2, 0, "");
	expect(__LINE__, "4-5", -1, NULL, 5, 4, 2, 1, "");
	expect(__LINE__, NULL, 5, "2", -1, 0, 0, 0,
	       "node 2 has no memory; there is memory on 0-1");
	drop();
}

/* Node 2 is memory alone, nearer to node 1 than node 0 is. */
static void check_without_processors(void)
{
	const struct tree t = {
		.cpus = 4,
		.nodes = 3,
		.cpu = { { 0, 0, 0, 0, 0 },
			 { 1, 0, 0, 0, 0 },
			 { 0, 1, 1, 0, 0 },
			 { 1, 1, 1, 0, 0 } },
		.node = { { 1024, { 10, 20, 24 } },
			  { 1024, { 20, 10, 17 } },
			  { 4096, { 24, 17, 10 } } },
	};

	make(&t);
	expect(__LINE__, NULL, -1, NULL, 3, 2, 1, 1, "");
	expect(__LINE__, NULL, -1, "remote", 3, 2, 1, 0, "");
	expect(__LINE__, NULL, -1, "2", 3, 2, 1, 2, "");
	expect(__LINE__, NULL, 0, "remote", 0, 1, 0, 1, "");
	drop();
}

/* Three in a row: the nearest other one is remote. */
static void check_distances(void)
{
	const struct tree t = {
		.cpus = 3,
		.nodes = 3,
		.cpu = { { 0, 0, 0, 0, 0 },
			 { 0, 1, 1, 0, 0 },
			 { 0, 2, 2, 0, 0 } },
		.node = { { 1024, { 10, 21, 31 } },
			  { 1024, { 21, 10, 21 } },
			  { 1024, { 31, 21, 10 } } },
	};

	make(&t);
	expect(__LINE__, NULL, 2, "remote", 2, 0, 2, 1, "");
	expect(__LINE__, NULL, 1, "remote", 1, 0, 1, 0, "");
	expect(__LINE__, NULL, 0, "remote", 0, 1, 0, 1, "");
	drop();
}

int main(void)
{
	check_hybrid();
	check_offline();
	check_without_memory();
	check_without_processors();
	check_distances();
	return test_end();
}
