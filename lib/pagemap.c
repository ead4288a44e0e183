/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the kernel tells of single pages and of the frames behind them. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "pagemap.h"
#include "pages.h"

#define BIT(n) (UINT64_C(1) << (n))

static int bit(uint64_t word, int n)
{
	return (int)(word >> n & 1);
}

/*
 * Reads at most n words from the index-th on. Returns how many there were, or
 * -errno; 0 behind the last one.
 */
static ssize_t read_words(int fd, uint64_t index, uint64_t *words, size_t n)
{
	ssize_t got;

	do {
		got = pread(fd, words, n * sizeof(*words),
			    (off_t)(index * sizeof(*words)));
	} while (got < 0 && errno == EINTR);
	return got < 0 ? -errno : got / (ssize_t)sizeof(*words);
}

static int read_word(const char *path, uint64_t index, uint64_t *word)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got;

	if (fd < 0)
		return -errno;
	got = read_words(fd, index, word, 1);
	close(fd);
	return got < 0 ? (int)got : got ? 0 : -EFAULT;
}

static void decode(uint64_t word, struct fm_pagemap_entry *e)
{
	*e = (struct fm_pagemap_entry){
		.present = bit(word, 63),
		.swapped = bit(word, 62),
		.file = bit(word, 61),
		.exclusive = bit(word, 56),
		.soft_dirty = bit(word, 55),
	};
	if (e->present)
		e->pfn = word & (BIT(55) - 1);
}

int fm_pagemap_read(pid_t pid, const void *addr, struct fm_pagemap_entry *out)
{
	char path[64] = "/proc/self/pagemap";
	uint64_t word;
	int err;

	if (pid)
		snprintf(path, sizeof(path), "/proc/%d/pagemap", (int)pid);
	err = read_word(path, (uintptr_t)addr / fm_pages_base(), &word);
	if (!err)
		decode(word, out);
	return err;
}

int fm_pagemap_count(uint64_t pfn, uint64_t *count)
{
	return read_word("/proc/kpagecount", pfn, count);
}

int fm_pagemap_flags(uint64_t pfn, uint64_t *flags)
{
	return read_word("/proc/kpageflags", pfn, flags);
}

enum { CHUNK = 256 }; /* twice on the stack: one page of it */

static void add_flags(const uint64_t *flags, size_t n,
		      struct fm_pagemap_sum *sum)
{
	for (size_t i = 0; i < n; i++) {
		sum->anon += !!(flags[i] & FM_PAGEMAP_ANON);
		sum->heads += !!(flags[i] & FM_PAGEMAP_HEAD);
		sum->hugetlb += !!(flags[i] & FM_PAGEMAP_HUGETLB);
		sum->ksm += !!(flags[i] & FM_PAGEMAP_KSM);
		sum->thp += !!(flags[i] & FM_PAGEMAP_THP);
		sum->zero += !!(flags[i] & FM_PAGEMAP_ZERO);
	}
	sum->told += n;
}

/* The frames of a huge page follow each other: one read for such a run. */
static void add_frames(int fd, const uint64_t *words, size_t n,
		       struct fm_pagemap_sum *sum)
{
	struct fm_pagemap_entry first, next;
	uint64_t flags[CHUNK];

	for (size_t at = 0, run; at < n; at += run) {
		ssize_t got;

		decode(words[at], &first);
		for (run = 1; at + run < n; run++) {
			decode(words[at + run], &next);
			if (!first.pfn || next.pfn != first.pfn + run)
				break;
		}
		if (!first.pfn)
			continue;
		got = read_words(fd, first.pfn, flags, run);
		if (got > 0)
			add_flags(flags, (size_t)got, sum);
	}
}

static void add_entries(const uint64_t *words, size_t n,
			struct fm_pagemap_sum *sum)
{
	struct fm_pagemap_entry e;

	for (size_t i = 0; i < n; i++) {
		decode(words[i], &e);
		sum->present += (uint64_t)e.present;
		sum->swapped += (uint64_t)e.swapped;
		sum->file += (uint64_t)e.file;
		sum->exclusive += (uint64_t)e.exclusive;
		sum->soft_dirty += (uint64_t)e.soft_dirty;
	}
	sum->pages += n;
}

int fm_pagemap_sum(const void *base, size_t bytes, struct fm_pagemap_sum *sum)
{
	uint64_t page = fm_pages_base(), words[CHUNK];
	uint64_t at = (uintptr_t)base / page;
	uint64_t end = ((uintptr_t)base + bytes + page - 1) / page;
	int map = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	int flags, err = map < 0 ? -errno : 0;

	memset(sum, 0, sizeof(*sum));
	if (err)
		return err;
	flags = open("/proc/kpageflags", O_RDONLY | O_CLOEXEC);
	while (!err && at < end) {
		size_t want = end - at < CHUNK ? (size_t)(end - at) : CHUNK;
		ssize_t got = read_words(map, at, words, want);

		if (got <= 0) {
			err = got ? (int)got : -EFAULT;
			break;
		}
		add_entries(words, (size_t)got, sum);
		if (flags >= 0)
			add_frames(flags, words, (size_t)got, sum);
		at += (uint64_t)got;
	}
	if (flags >= 0)
		close(flags);
	close(map);
	return err;
}
