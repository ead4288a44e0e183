/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages whose state is known: what pagemap says of them, alone and summed. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pagemap.h"
#include "pages.h"
#include "test.h"

enum { PAGES = 600 }; /* more than one chunk of fm_pagemap_sum */

static char *map(size_t bytes, int flags)
{
	char *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
			MAP_ANONYMOUS | flags, -1, 0);

	if (at == MAP_FAILED)
		exit(99);
	madvise(at, bytes, MADV_NOHUGEPAGE);
	return at;
}

/* Shared with a child that waits for us: not exclusive; alone again: yes. */
static void forked(char *at)
{
	struct fm_pagemap_entry mine, its;
	uint64_t count = 0;
	int wait_for[2];
	char c;
	pid_t pid;

	if (pipe(wait_for) < 0)
		exit(99);
	pid = fork();
	if (pid == 0) {
		close(wait_for[1]);
		_exit(read(wait_for[0], &c, 1) != 0);
	}
	close(wait_for[0]);
	CHECK(!fm_pagemap_read(0, at, &mine) && mine.present);
	CHECK(!mine.exclusive);
	CHECK(!fm_pagemap_read(pid, at, &its) && its.present);
	CHECK(!its.exclusive && its.pfn == mine.pfn);
	if (mine.pfn && !fm_pagemap_count(mine.pfn, &count))
		CHECK(count == 2);
	close(wait_for[1]);
	waitpid(pid, NULL, 0);
	CHECK(!fm_pagemap_read(0, at, &mine) && mine.exclusive);
	CHECK(fm_pagemap_read(pid, at, &its) == -ENOENT);
}

static void single(void)
{
	size_t page = fm_pages_base();
	char *at = map(2 * page, MAP_PRIVATE);
	char *shared = map(page, MAP_SHARED);
	struct fm_pagemap_entry e;
	uint64_t flags = 0;

	CHECK(!fm_pagemap_read(0, at, &e));
	CHECK(!e.present && !e.swapped && !e.pfn);
	(void)*(volatile char *)at;
	CHECK(!fm_pagemap_read(0, at + 1, &e));
	CHECK(e.present && !e.exclusive && !e.file);
	if (e.pfn && !fm_pagemap_flags(e.pfn, &flags))
		CHECK(flags & FM_PAGEMAP_ZERO && !(flags & FM_PAGEMAP_THP));
	*(volatile char *)at = 1;
	CHECK(!fm_pagemap_read(0, at + page - 1, &e));
	CHECK(e.present && e.exclusive && !e.file);
	if (e.pfn && !fm_pagemap_flags(e.pfn, &flags))
		CHECK(flags & FM_PAGEMAP_ANON && !(flags & FM_PAGEMAP_ZERO));
	CHECK(!fm_pagemap_read(0, at + page, &e) && !e.present);
	*(volatile char *)shared = 1;
	CHECK(!fm_pagemap_read(0, shared, &e) && e.present && e.file);
	forked(at);
	CHECK(fm_pagemap_read(0, (void *)UINTPTR_MAX, &e) == -EFAULT);
	munmap(at, 2 * page);
	munmap(shared, page);
}

/* Every fifth page read, every third written, the others left alone. */
static void summed(void)
{
	size_t page = fm_pages_base();
	char *at = map(PAGES * page, MAP_PRIVATE);
	struct fm_pagemap_sum sum;
	uint64_t zero = 0, anon = 0;

	for (size_t i = 0; i < PAGES; i++) {
		if (i % 3 == 0)
			*(volatile char *)(at + i * page) = 1;
		else if (i % 5 == 0)
			(void)*(volatile char *)(at + i * page);
		anon += i % 3 == 0;
		zero += i % 3 && i % 5 == 0;
	}
	CHECK(!fm_pagemap_sum(at, PAGES * page, &sum));
	CHECK(sum.pages == PAGES && sum.present == anon + zero);
	CHECK(sum.exclusive == anon && !sum.file && !sum.swapped);
	if (sum.told) {
		CHECK(sum.told == sum.present);
		CHECK(sum.anon == anon && sum.zero == zero);
		CHECK(!sum.thp && !sum.heads && !sum.hugetlb);
		/* Kernels that flag all anonymous frames so: 6.12 does. */
		CHECK(!sum.ksm || sum.ksm == sum.anon);
	} else {
		puts("skip the flags of frames: not readable");
	}
	CHECK(!fm_pagemap_sum(at + 1, page, &sum) && sum.pages == 2);
	CHECK(!fm_pagemap_sum(at, 0, &sum) && sum.pages == 0);
	munmap(at, PAGES * page);
}

static void huge(void)
{
	size_t bytes = fm_pages_huge(), pages = bytes / fm_pages_base();
	char *from = bytes ? map(2 * bytes, MAP_PRIVATE) : NULL;
	char *at = from + (bytes ? bytes - (uintptr_t)from % bytes : 0);
	struct fm_pagemap_sum sum;
	struct fm_pages_range is;

	if (!bytes || madvise(at, bytes, MADV_HUGEPAGE) < 0) {
		puts("skip huge pages: this kernel has none");
		return;
	}
	*(volatile char *)at = 1;
	CHECK(!fm_pages_range(at, bytes, &is));
	CHECK(!fm_pagemap_sum(at, bytes, &sum));
	if (is.anon_huge < bytes)
		puts("skip huge pages: none was to be had");
	else
		CHECK(sum.present == pages && sum.exclusive == pages);
	if (is.anon_huge == bytes && sum.told)
		CHECK(sum.thp == pages && sum.heads == 1);
	munmap(from, 2 * bytes);
}

int main(void)
{
	single();
	summed();
	huge();
	return test_end();
}
