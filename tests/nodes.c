/* SPDX-License-Identifier: GPL-3.0-or-later */
/* On which node pages are: counted, and proved or not, whichever it is. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "bench.h"
#include "nodes.h"
#include "pages.h"
#include "test.h"

enum { PAGES = 600, NOWHERE = 12345 }; /* more than one chunk */

static char *map(void)
{
	size_t bytes = PAGES * fm_pages_base();
	char *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (at == MAP_FAILED)
		exit(99);
	madvise(at, bytes, MADV_NOHUGEPAGE);
	return at;
}

/* What is not there, or is the zero page, is on no node. */
static void count(char *at)
{
	size_t page = fm_pages_base();
	struct fm_nodes is;
	int other;

	CHECK(!fm_nodes_count(at, PAGES * page, NOWHERE, &is));
	CHECK(is.on == 0 && is.elsewhere == 0 && is.other == -1);
	for (size_t i = 0; i < PAGES; i++)
		(void)*(volatile char *)(at + i * page);
	CHECK(!fm_nodes_count(at, PAGES * page, NOWHERE, &is));
	CHECK(is.elsewhere == 0);
	for (size_t i = 0; i < PAGES; i += 2)
		at[i * page] = 1;
	CHECK(!fm_nodes_count(at, PAGES * page, NOWHERE, &is));
	CHECK(is.on == 0 && is.elsewhere == PAGES / 2 && is.other >= 0);
	other = is.other;
	CHECK(!fm_nodes_count(at, PAGES * page, other, &is));
	CHECK(is.on > 0 && is.on + is.elsewhere == PAGES / 2);
	/* A page that the range begins or ends in counts. */
	CHECK(!fm_nodes_count(at + page - 1, page + 2, NOWHERE, &is));
	CHECK(is.elsewhere == 2);
}

static void prove(char *at)
{
	struct fm_region r = { .base = at, .bytes = fm_pages_base() };
	struct fm_why why = { "" };
	struct fm_nodes is;

	*at = 1;
	CHECK(!fm_nodes_count(at, 1, NOWHERE, &is));
	/* Nobody asked. */
	CHECK(!fm_region_prove_node(&r, &why));
	CHECK(fm_region_proved_node() == FM_ABSENT);
	fm_region_expect_node(NOWHERE, 1);
	CHECK(fm_region_prove_node(&r, &why) == -ERANGE);
	CHECK(strstr(why.text, "1 of 1 pages are on NUMA node "));
	CHECK(fm_region_proved_node() == FM_ABSENT);
	fm_region_expect_node(is.other, 1);
	CHECK(!fm_region_prove_node(&r, &why));
	CHECK(fm_region_proved_node() == (uint64_t)is.other);
}

int main(void)
{
	struct fm_nodes is;
	char *at = map();
	int err = fm_nodes_count(at, 1, 0, &is);

	if (err == -EPERM || err == -ENOSYS) {
		printf("skip: move_pages(2): %s\n", strerror(-err));
		return 77;
	}
	count(at);
	prove(at);
	return test_end();
}
