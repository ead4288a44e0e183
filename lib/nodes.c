/* SPDX-License-Identifier: GPL-3.0-or-later */
/* On which NUMA nodes this process's pages are. */
#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "nodes.h"
#include "pages.h"

enum { CHUNK = 256 }; /* of both arrays: less than a page of the stack */

int fm_nodes_count(const void *base, size_t bytes, int node,
		   struct fm_nodes *found)
{
	size_t page = fm_pages_base();
	uintptr_t at = (uintptr_t)base & ~(page - 1);
	uintptr_t end = (uintptr_t)base + bytes;
	void *pages[CHUNK];
	int is[CHUNK];

	*found = (struct fm_nodes){ .other = -1 };
	while (at < end) {
		unsigned long n = 0;

		for (; n < CHUNK && at < end; at += page)
			pages[n++] = (void *)at;
		if (syscall(SYS_move_pages, 0, n, pages, NULL, is, 0) < 0)
			return -errno;
		for (unsigned long i = 0; i < n; i++) {
			found->on += is[i] == node;
			if (is[i] < 0 || is[i] == node)
				continue;
			found->elsewhere++;
			found->other = is[i];
		}
	}
	return 0;
}
