/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proofs that backings share: what smaps and pagemap must say of a region. */
#include <errno.h>
#include <string.h>

#include "bench.h"
#include "pagemap.h"
#include "pages.h"

int fm_region_look(const struct fm_region *r, unsigned int flags,
		   struct fm_pages_range *is, struct fm_why *why)
{
	int err = fm_pages_range(r->base, r->bytes, is);

	if (err)
		return fm_fail(why, -err, "/proc/self/smaps is not readable");
	flags &= ~is->flags;
	return flags ? fm_fail(why, ERANGE, "smaps does not call it %s",
			       fm_pages_flag_text(flags)) :
		       0;
}

/* Older kernels' smaps (6.1's) counts no merged pages: the frames' flags do. */
static uint64_t merged(const struct fm_region *r,
		       const struct fm_pages_range *is)
{
	struct fm_pagemap_sum pages;

	if (is->says_ksm || !(is->flags & FM_PAGES_MERGEABLE) ||
	    fm_pagemap_sum(r->base, r->bytes, &pages))
		return is->ksm;
	return pages.ksm * fm_pages_base();
}

/* Shared memory has no anonymous pages; smaps calls merged ones anonymous. */
int fm_region_look_base_pages(const struct fm_region *r, unsigned int flags,
			      struct fm_pages_range *is, struct fm_why *why)
{
	uint64_t own;
	int err;

	if (fm_pages_huge())
		flags |= FM_PAGES_NOHUGE;
	err = fm_region_look(r, flags, is, why);
	if (err)
		return err;
	own = is->anonymous - merged(r, is);
	if (own < r->bytes)
		return fm_fail(why, ERANGE,
			       "only %llu of %zu bytes are resident (swapped: "
			       "%llu); free memory or choose a smaller --rss",
			       (unsigned long long)own, r->bytes,
			       (unsigned long long)is->swap);
	if (is->anon_huge)
		return fm_fail(why, ERANGE,
			       "%llu bytes are in huge pages, though refused",
			       (unsigned long long)is->anon_huge);
	return 0;
}

int fm_region_prove_base_pages(const struct fm_region *r, struct fm_why *why)
{
	struct fm_pages_range is;

	return fm_region_look_base_pages(r, 0, &is, why);
}

int fm_region_prove_file(const struct fm_region *r, unsigned int flags,
			 struct fm_why *why)
{
	struct fm_pages_range is;
	int err = fm_region_look(r, flags, &is, why);

	if (err)
		return err;
	if ((is.flags ^ flags) & FM_PAGES_SHARED)
		return fm_fail(why, ERANGE, "it is mapped shared");
	if (is.anonymous)
		return fm_fail(why, ERANGE,
			       "%llu bytes are copies, not the file's pages",
			       (unsigned long long)is.anonymous);
	if (is.shmem_huge || is.file_huge)
		return fm_fail(
			why, ERANGE,
			"%llu bytes are in huge pages, though refused",
			(unsigned long long)(is.shmem_huge + is.file_huge));
	if (is.rss < r->bytes)
		return fm_fail(why, ENOMEM,
			       "only %llu of %zu bytes of the file are mapped; "
			       "free memory or choose a smaller --rss",
			       (unsigned long long)is.rss, r->bytes);
	return 0;
}

/*
 * Zero pages count as resident in no sum of smaps, so pagemap must show that
 * they are there, and the frames' flags, where told, that they are that. To
 * others than root the huge one shows in looking like a file's (Linux 6.11).
 */
int fm_region_prove_zero(const struct fm_region *r, int huge,
			 struct fm_why *why)
{
	struct fm_pagemap_sum pages;
	struct fm_pages_range is;
	int err = fm_region_look(r, huge ? FM_PAGES_HUGE : FM_PAGES_NOHUGE, &is,
				 why);

	if (err)
		return err;
	err = fm_pagemap_sum(r->base, r->bytes, &pages);
	if (err)
		return fm_fail(why, -err, "/proc/self/pagemap: %s",
			       strerror(-err));
	if (is.anonymous || is.rss || pages.swapped)
		return fm_fail(why, ERANGE, "frames were allocated for it");
	if (pages.present < pages.pages)
		return fm_fail(why, ERANGE,
			       "only %llu of %llu pages are mapped",
			       (unsigned long long)pages.present,
			       (unsigned long long)pages.pages);
	if (pages.zero < pages.told || pages.thp != (huge ? pages.told : 0))
		return fm_fail(why, ERANGE,
			       "of %llu frames %llu are zero pages, %llu huge",
			       (unsigned long long)pages.told,
			       (unsigned long long)pages.zero,
			       (unsigned long long)pages.thp);
	return 0;
}
