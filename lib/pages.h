/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the kernel says about this process's memory, from /proc/self. */
#ifndef FM_PAGES_H
#define FM_PAGES_H

#include <stddef.h>
#include <stdint.h>

/* The part of the process that matters to fork. */
struct fm_pages_process {
	uint64_t vmas;	  /* lines of /proc/self/maps */
	uint64_t rss_kib; /* VmRSS of /proc/self/status */
	uint64_t pte_kib; /* VmPTE of /proc/self/status */
};

/* Returns 0 or -errno. */
int fm_pages_process(struct fm_pages_process *process);

/* Sums over the mappings of a range, from /proc/self/smaps, in bytes. */
struct fm_pages_range {
	uint64_t anonymous;
	uint64_t anon_huge; /* mapped by page-middle-directory entries */
	uint64_t swap;
	uint64_t pss; /* a page that n processes map is 1/n of it here */
};

/*
 * Sums the mappings that overlap [base, base + bytes). A mapping that the
 * kernel merged with a neighbour counts whole, so a caller keeps its ranges
 * apart. Allocates nothing. Returns 0 or -errno.
 */
int fm_pages_range(const void *base, size_t bytes, struct fm_pages_range *sum);

/* The page size that the kernel calls base page, in bytes. */
size_t fm_pages_base(void);

/*
 * The size of a transparent huge page, in bytes (hpage_pmd_size), or 0 where
 * the kernel has none.
 */
size_t fm_pages_huge(void);

#endif
