/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the kernel tells of single pages and of the frames behind them, from
 * /proc/PID/pagemap, /proc/kpagecount and /proc/kpageflags. Allocates nothing,
 * so that a measured process may ask. The meaning of every bit is in the
 * kernel's Documentation/admin-guide/mm/pagemap.rst.
 */
#ifndef FM_PAGEMAP_H
#define FM_PAGEMAP_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* One entry of a page table. */
struct fm_pagemap_entry {
	uint64_t pfn;	/* frame number; 0: not told, it takes CAP_SYS_ADMIN */
	int present;	/* bit 63 */
	int swapped;	/* bit 62 */
	int file;	/* bit 61: of a file, or of shared anonymous memory */
	int exclusive;	/* bit 56: mapped by this entry alone (Linux 4.2) */
	int soft_dirty; /* bit 55 */
};

/*
 * The entry of the page that holds addr, in process pid (0: the caller, then
 * also for threads). Another process's are told to its own user. Returns 0 or
 * -errno: -EACCES, -EPERM, -ENOENT (no such process), -EFAULT (no such page).
 */
int fm_pagemap_read(pid_t pid, const void *addr, struct fm_pagemap_entry *out);

/*
 * How many page table entries map the frame. The zero page is not counted: 0.
 * Returns 0 or -errno; -EACCES or -EPERM for all but root.
 */
int fm_pagemap_count(uint64_t pfn, uint64_t *count);

/* Bits of a frame's flags, as in linux/kernel-page-flags.h. */
enum fm_pagemap_flag {
	FM_PAGEMAP_ANON = 1 << 12,
	FM_PAGEMAP_HEAD = 1 << 15, /* first frame of a compound page */
	FM_PAGEMAP_HUGETLB = 1 << 17,
	FM_PAGEMAP_KSM = 1 << 21,  /* merged; all anonymous ones in 6.12 */
	FM_PAGEMAP_THP = 1 << 22,  /* of any size, mTHP too */
	FM_PAGEMAP_ZERO = 1 << 24, /* a zero page; with THP the huge one */
};

/* The frame's flags. Returns as fm_pagemap_count. */
int fm_pagemap_flags(uint64_t pfn, uint64_t *flags);

/* Pages of a range, counted. */
struct fm_pagemap_sum {
	uint64_t pages;
	uint64_t present, swapped, file, exclusive, soft_dirty;
	uint64_t told; /* present pages whose flags could be read; of these: */
	uint64_t anon, heads, hugetlb, ksm, thp, zero;
};

/*
 * Sums over the pages that [base, base + bytes) touches, in this process. told
 * stays 0 without CAP_SYS_ADMIN or without /proc/kpageflags. Returns 0 or
 * -errno.
 */
int fm_pagemap_sum(const void *base, size_t bytes, struct fm_pagemap_sum *sum);

#endif
