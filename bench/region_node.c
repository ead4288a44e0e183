/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The proof that memory is on the NUMA node that it was bound to. */
#include <errno.h>
#include <string.h>

#include "bench.h"
#include "nodes.h"

static int node = -1, must;
static uint64_t proved; /* pages, so far */

void fm_region_expect_node(int number, int is_asked_for)
{
	node = number;
	must = is_asked_for;
}

int fm_region_expected_node(void)
{
	return node;
}

uint64_t fm_region_proved_node(void)
{
	return proved ? (uint64_t)node : FM_ABSENT;
}

int fm_region_prove_node(const struct fm_region *r, struct fm_why *why)
{
	struct fm_nodes is;
	int err;

	if (node < 0 || !r->base)
		return 0;
	err = fm_nodes_count(r->base, r->bytes, node, &is);
	if (err && must)
		return fm_fail(why, -err,
			       "on which NUMA node memory is cannot be proved: "
			       "move_pages(2): %s; a container allows it with "
			       "--cap-add SYS_NICE",
			       strerror(-err));
	if (err)
		return 0;
	if (is.elsewhere)
		return fm_fail(why, ERANGE,
			       "%llu of %llu pages are on NUMA node %d, not on "
			       "node %d",
			       (unsigned long long)is.elsewhere,
			       (unsigned long long)(is.on + is.elsewhere),
			       is.other, node);
	proved += is.on;
	return 0;
}
