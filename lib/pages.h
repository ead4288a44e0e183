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
	uint64_t rss; /* without hugetlb */
	uint64_t own; /* mapped by this process alone, hugetlb, too */
	uint64_t hugetlb;
	uint64_t locked;
	uint64_t ksm;	     /* merged */
	uint64_t file_huge;  /* of a file, by huge entries */
	uint64_t shmem_huge; /* of shared memory, by huge entries */
	uint64_t pss;	     /* a page that n processes map is 1/n of it here */
	uint64_t mappings;   /* a number; the rest is of these: */
	uint64_t page;	     /* the smallest of their page sizes */
	unsigned int flags;  /* enum fm_pages_flag that all of them have */
	int says_ksm;	     /* 0: this kernel's smaps (6.1's) has no ksm */
};

/* What a mapping is: VmFlags of smaps, and what its line says it maps. */
enum fm_pages_flag {
	FM_PAGES_SHARED = 1,
	FM_PAGES_HUGE = 2, /* advised */
	FM_PAGES_NOHUGE = 4,
	FM_PAGES_DONTFORK = 8,
	FM_PAGES_WIPEONFORK = 16,
	FM_PAGES_MERGEABLE = 32,
	FM_PAGES_GROWSDOWN = 64,
	FM_PAGES_LOCKED = 128,
	FM_PAGES_HUGETLB = 256,
	FM_PAGES_HEAP = 512,
	FM_PAGES_MEMFD = 1024,
	FM_PAGES_FILE = 2048, /* of another kind */
};

/* How smaps writes the least of the flags: "dc", "[heap]". */
const char *fm_pages_flag_text(unsigned int flags);

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
