/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whose memory is measured, on synthetic machines; and that it is bound here.
 * What is expected was written down from the rule in lib/place.h, by hand.
 */
#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"
#include "test_place.h"

static const struct {
	const char *machine;
	const char *ours; /* NULL: all */
	int cpu;	  /* wished for, or -1 */
	const char *numa;
	int own, memory, binds; /* to be chosen */
} table[] = {
	{ "core:2 pu:1", NULL, -1, NULL, 0, 0, 0 },
	{ "core:2 pu:1", NULL, -1, "local", 0, 0, 1 },
	{ "core:2 pu:1", NULL, -1, "0", 0, 0, 1 },
	{ "pack:2 [numa] core:2 pu:1", NULL, -1, NULL, 1, 1, 1 },
	{ "pack:2 [numa] core:2 pu:1", NULL, -1, "local", 1, 1, 1 },
	{ "pack:2 [numa] core:2 pu:1", NULL, -1, "remote", 1, 0, 1 },
	{ "pack:2 [numa] core:2 pu:1", NULL, 1, "remote", 0, 1, 1 },
	{ "pack:2 [numa] core:2 pu:1", NULL, 1, "0", 0, 0, 1 },
	{ "pack:2 [numa] core:2 pu:1", NULL, 1, "1", 0, 1, 1 },
	{ "pack:4 [numa] core:2 pu:1", NULL, -1, "remote", 3, 0, 1 },
	{ "pack:4 [numa] core:2 pu:1", NULL, 0, "remote", 0, 1, 1 },
	{ "pack:4 [numa] core:2 pu:1", NULL, 0, "2", 0, 2, 1 },
	/* Nodes inside a package. */
	{ "pack:1 numa:2 core:2 pu:2", NULL, -1, NULL, 1, 1, 1 },
	{ "pack:1 numa:2 core:2 pu:2", NULL, -1, "remote", 1, 0, 1 },
	/* The processors of the other node are not ours, its memory is. */
	{ "pack:2 [numa] core:2 pu:1", "0-1", -1, NULL, 0, 0, 1 },
	{ "pack:2 [numa] core:2 pu:1", "0-1", -1, "remote", 0, 1, 1 },
	/* Two sorts of memory beside the same processors. */
	{ "pack:1 [numa] [numa] core:2 pu:1", NULL, -1, NULL, 0, 0, 1 },
	{ "pack:1 [numa] [numa] core:2 pu:1", NULL, -1, "remote", 0, 1, 1 },
	/* The other processors' memory comes before the other sort. */
	{ "pack:2 [numa] [numa] core:2 pu:1", NULL, 0, "remote", 0, 2, 1 },
};

static void check_table(void)
{
	struct fm_place *p;
	struct fm_why why;

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		int failures = test_failures;

		CHECK(!open_on(&p, "HWLOC_SYNTHETIC", table[i].machine,
			       table[i].ours, table[i].cpu, table[i].numa,
			       &why));
		if (!p)
			continue;
		CHECK(fm_place_node(p) == table[i].own);
		CHECK(fm_place_memory_node(p) == table[i].memory);
		CHECK(fm_place_is_remote(p) ==
		      (table[i].own != table[i].memory));
		CHECK(fm_place_binds_memory(p) == table[i].binds);
		if (test_failures > failures)
			printf("on %s, line %zu: %d, %d\n", table[i].machine,
			       i + 1, fm_place_node(p),
			       fm_place_memory_node(p));
		fm_place_close(p);
	}
}

static void check_refusal(const char *machine, const char *numa,
			  const char *reason)
{
	struct fm_place *p;
	struct fm_why why;

	CHECK(open_on(&p, "HWLOC_SYNTHETIC", machine, NULL, -1, numa, &why) ==
	      -ENXIO);
	CHECK(strstr(why.text, reason));
	if (!strstr(why.text, reason))
		printf("%s on %s: %s\n", numa, machine, why.text);
}

/* Two of one sitting: the same processors, other memory. */
static void check_copy(void)
{
	struct fm_place *p, *q = NULL;
	struct fm_why why;
	char a[64], b[64];

	CHECK(!open_on(&p, "HWLOC_SYNTHETIC", "pack:2 [numa] core:4 pu:1",
		       "0,2,5-6", 5, NULL, &why));
	CHECK(!fm_place_copy(&q, p, "remote", &why));
	CHECK(fm_place_memory_node(p) == 1);
	CHECK(fm_place_memory_node(q) == 0);
	CHECK(!strcmp(fm_place_list(p, a, sizeof(a)), "5-6,0,2"));
	CHECK(!strcmp(fm_place_list(q, b, sizeof(b)), a));
	fm_place_close(q);
	CHECK(fm_place_copy(&q, p, "2", &why) == -ENXIO);
	fm_place_close(p);
}

/* The policy of who is bound is MPOL_BIND (2) to the node that was chosen. */
static void check_binding(void)
{
	const struct fm_place_wish wish = { .cpu = -1, .numa = "local" };
	unsigned long nodes[64] = { 0 };
	struct fm_place *p = NULL;
	struct fm_why why;
	int mode = -1, status = -1;

	unsetenv("HWLOC_SYNTHETIC");
	if (syscall(SYS_get_mempolicy, &mode, nodes, 4096, 0, 0) < 0) {
		printf("skip the binding: get_mempolicy(2): %s\n",
		       strerror(errno));
		return;
	}
	CHECK(!fm_place_open(&p, &wish, &why));
	if (p && fork() == 0) {
		int node = fm_place_memory_node(p), bits = 0;

		if (fm_place_bind_worker(p) || fm_place_bind_memory(p) ||
		    syscall(SYS_get_mempolicy, &mode, nodes, 4096, 0, 0) < 0)
			_exit(1);
		for (int i = 0; i < 64; i++)
			bits += __builtin_popcountl(nodes[i]);
		_exit(mode == 2 && bits == 1 && node >= 0 && node < 64 &&
				      nodes[0] >> node & 1 ?
			      0 :
			      2);
	}
	wait(&status);
	CHECK(status == 0);
	fm_place_close(p);
}

int main(void)
{
	check_table();
	check_refusal("core:2 pu:1", "remote",
		      "no memory is remote: node 0 has all that this machine");
	check_refusal("core:2 pu:1", "1",
		      "node 1 is not one of this machine; there is memory on "
		      "0");
	check_refusal("pack:3 [numa] pu:1", "3", "there is memory on 0-2");
	check_refusal("core:2 pu:1", "near", "want local, remote or");
	check_refusal("core:2 pu:1", "", "want local, remote or");
	check_refusal("core:2 pu:1", "-1", "want local, remote or");
	check_refusal("core:2 pu:1", "0x0", "want local, remote or");
	check_refusal("core:2 pu:1", "99999999999999999999999",
		      "is not one of this machine");
	check_copy();
	check_binding();
	return test_end();
}
