/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Places on machines that we do not have: synthetic ones of hwloc. What is
 * expected was written down from the rule in lib/place.h, by hand.
 */
#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "test.h"
#include "test_place.h"

static const char synthetic[] = "HWLOC_SYNTHETIC";

/* What is to be chosen on a machine, of those processors, for that wish. */
static const struct {
	const char *machine;
	const char *ours; /* NULL: all */
	int cpu;	  /* wished for, or -1 */
	int worker, driver;
	enum fm_place_apart apart;
	const char *list;
} table[] = {
	{ "core:1 pu:1", NULL, -1, 0, 0, FM_PLACE_ONE, "0" },
	{ "core:1 pu:2", NULL, -1, 0, 1, FM_PLACE_THREAD, "0-1" },
	{ "core:1 pu:2", NULL, 1, 1, 0, FM_PLACE_THREAD, "1,0" },
	{ "core:2 pu:1", NULL, -1, 1, 0, FM_PLACE_CORE, "1,0" },
	{ "core:2 pu:2", NULL, -1, 2, 0, FM_PLACE_CORE, "2,0-1,3" },
	{ "core:2 pu:2", NULL, 1, 1, 2, FM_PLACE_CORE, "1-2,0,3" },
	/* As Linux numbers them: second threads behind all first ones. */
	{ "core:2 pu:2(indexes=0,2,1,3)", NULL, -1, 1, 0, FM_PLACE_CORE,
	  "1,0,2-3" },
	{ "pack:2 core:1 pu:1", NULL, -1, 1, 0, FM_PLACE_PACKAGE, "1,0" },
	{ "pack:2 core:1 pu:2", NULL, -1, 2, 0, FM_PLACE_PACKAGE, "2,0,3,1" },
	{ "pack:2 core:2 pu:1", NULL, -1, 3, 2, FM_PLACE_CORE, "3,2,0-1" },
	{ "pack:2 core:2 pu:1", NULL, 0, 0, 1, FM_PLACE_CORE, "0-3" },
	/* Packages whose processors alternate. */
	{ "pack:2 core:2 pu:1(indexes=0,2,1,3)", NULL, -1, 3, 1, FM_PLACE_CORE,
	  "3,1,0,2" },
	{ "pack:4 [numa] core:2 pu:2", NULL, -1, 14, 12, FM_PLACE_CORE,
	  "14,12,0,2,4,6,8,10,13,15,1,3,5,7,9,11" },
	/* Nodes inside a package: its own before the package's other one. */
	{ "pack:2 numa:2 core:2 pu:1", NULL, -1, 7, 6, FM_PLACE_CORE,
	  "7,6,4-5,0-3" },
	{ "pack:2 numa:2 core:1 pu:1", NULL, -1, 3, 2, FM_PLACE_CORE,
	  "3,2,0-1" },
	/* Masks. */
	{ "pack:2 core:4 pu:1", "0-2", -1, 2, 0, FM_PLACE_CORE, "2,0-1" },
	{ "pack:2 core:4 pu:1", "5", -1, 5, 5, FM_PLACE_ONE, "5" },
	{ "pack:2 core:4 pu:1", "1,6", -1, 6, 1, FM_PLACE_PACKAGE, "6,1" },
	{ "core:2 pu:2", "1,3", -1, 3, 1, FM_PLACE_CORE, "3,1" },
	{ "core:2 pu:2", "2-3", -1, 2, 3, FM_PLACE_THREAD, "2-3" },
	{ "core:2 pu:2", "0-2", 2, 2, 0, FM_PLACE_CORE, "2,0-1" },
	{ "core:2 pu:1", "0-63", -1, 1, 0, FM_PLACE_CORE, "1,0" },
	/* No cores are told: each processor is one. */
	{ "pack:1 pu:4", NULL, -1, 3, 0, FM_PLACE_CORE, "3,0-2" },
};

static void check_table(void)
{
	struct fm_place *p;
	struct fm_why why;
	char list[256];

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		int failures = test_failures;

		CHECK(!open_on(&p, synthetic, table[i].machine, table[i].ours,
			       table[i].cpu, NULL, &why));
		if (!p)
			continue;
		CHECK(fm_place_worker_cpu(p) == table[i].worker);
		CHECK(fm_place_driver_cpu(p) == table[i].driver);
		CHECK(fm_place_apart(p) == table[i].apart);
		CHECK(!strcmp(fm_place_list(p, list, sizeof(list)),
			      table[i].list));
		if (test_failures > failures)
			printf("on %s, %s: %d, %d, %s\n", table[i].machine,
			       table[i].ours ? table[i].ours : "all",
			       fm_place_worker_cpu(p), fm_place_driver_cpu(p),
			       list);
		fm_place_close(p);
	}
}

static void check_counts(void)
{
	struct fm_place *p;
	struct fm_why why;
	char list[8];

	CHECK(!open_on(&p, synthetic, "pack:4 [numa] core:4 pu:2", "0-9,31", -1,
		       NULL, &why));
	CHECK(fm_place_cpus(p) == 11);
	CHECK(fm_place_cores(p) == 6);
	CHECK(fm_place_packages(p) == 3);
	CHECK(fm_place_nodes(p) == 4);
	CHECK(fm_place_worker_cpu(p) == 31);
	CHECK(fm_place_node(p) == 3);
	/* What does not fit is left out, whole numbers of it. */
	CHECK(!strcmp(fm_place_list(p, list, sizeof(list)), "31,0,2"));
	fm_place_close(p);
}

static void check_refusals(void)
{
	const struct fm_place_wish wish = { .cpu = -1 };
	struct fm_place *p;
	struct fm_why why;

	CHECK(open_on(&p, synthetic, "core:4 pu:1", NULL, 4, NULL, &why) ==
	      -EINVAL);
	CHECK(strstr(why.text, "processor 4 is not one of this machine"));
	CHECK(strstr(why.text, "we may use 0-3"));
	CHECK(open_on(&p, synthetic, "core:4 pu:1", "0,2", 3, NULL, &why) ==
	      -EINVAL);
	CHECK(strstr(why.text, "processor 3 is not in our affinity mask"));
	CHECK(strstr(why.text, "we may use 0,2"));
	CHECK(open_on(&p, synthetic, "core:4 pu:1", "8", -1, NULL, &why) ==
	      -EINVAL);
	/* Another machine is none to measure on. */
	setenv(synthetic, "core:4 pu:1", 1);
	CHECK(fm_place_open(&p, &wish, &why) == -EIO);
	CHECK(strstr(why.text, "HWLOC_SYNTHETIC"));
}

/* Packages of nodes of cores of threads, numbered in that order. */
struct machine {
	int packages, nodes, cores, threads;
	uint64_t ours;
};

static int is_ours(const struct machine *m, int cpu)
{
	return (int)(m->ours >> cpu & 1);
}

/* The best that there is, found the long way round. */
static enum fm_place_apart expect_apart(const struct machine *m, int worker)
{
	int all = m->packages * m->nodes * m->cores * m->threads;
	int package = m->nodes * m->cores * m->threads;
	enum fm_place_apart found = FM_PLACE_ONE;

	for (int i = 0; i < all; i++) {
		if (!is_ours(m, i) || i == worker)
			continue;
		if (i / m->threads == worker / m->threads) {
			if (found == FM_PLACE_ONE)
				found = FM_PLACE_THREAD;
		} else if (i / package == worker / package) {
			return FM_PLACE_CORE;
		} else {
			found = FM_PLACE_PACKAGE;
		}
	}
	return found;
}

static void check_machine(const struct machine *m)
{
	int all = m->packages * m->nodes * m->cores * m->threads;
	int worker = -1, failures = test_failures;
	char text[96], ours[256] = "";
	struct fm_place *p;
	struct fm_why why;

	snprintf(text, sizeof(text), "pack:%d numa:%d core:%d pu:%d",
		 m->packages, m->nodes, m->cores, m->threads);
	for (int i = 0; i < all; i++) {
		size_t n = strlen(ours);

		if (!is_ours(m, i))
			continue;
		snprintf(ours + n, sizeof(ours) - n, "%s%d", n ? "," : "", i);
		/* The first of ours of the last core. */
		if (worker < 0 || i / m->threads != worker / m->threads)
			worker = i;
	}
	if (worker < 0)
		return;
	CHECK(!open_on(&p, synthetic, text, ours, -1, NULL, &why));
	CHECK(fm_place_worker_cpu(p) == worker);
	CHECK(is_ours(m, fm_place_driver_cpu(p)));
	CHECK(fm_place_apart(p) == expect_apart(m, worker));
	CHECK(fm_place_node(p) == worker / m->cores / m->threads);
	if (test_failures > failures)
		printf("on %s of which %s are ours\n", text, ours);
	fm_place_close(p);
}

/* Every small machine, each with all of it and with random parts. */
static void check_many(void)
{
	uint64_t seed = 1;

	for (int i = 0; i < 3 * 2 * 3 * 2; i++) {
		struct machine m = {
			.packages = 1 + i % 3,
			.nodes = 1 + i / 3 % 2,
			.cores = 1 + i / 6 % 3,
			.threads = 1 + i / 18,
			.ours = UINT64_MAX,
		};

		check_machine(&m);
		for (int k = 0; k < 8; k++) {
			seed = seed * 6364136223846793005u +
			       1442695040888963407u;
			m.ours = seed >> 16;
			check_machine(&m);
		}
	}
}

int main(void)
{
	check_table();
	check_counts();
	check_refusals();
	check_many();
	return test_end();
}
