/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of a region: made, populated, proved, dropped; and its CoW unit. */
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bench.h"
#include "pages.h"

int fm_region_make(struct fm_region *r, const struct fm_backing *backing,
		   size_t bytes, struct fm_why *why)
{
	*r = (struct fm_region){ .backing = backing, .bytes = bytes };
	return backing->map(r, why);
}

void fm_region_populate(const struct fm_region *r)
{
	size_t step = fm_pages_base();

	for (size_t at = 0; at < r->bytes; at += step)
		*(volatile char *)(r->base + at) = 1;
}

int fm_region_prove(const struct fm_region *r, struct fm_why *why)
{
	return r->backing->prove(r, why);
}

void fm_region_drop(struct fm_region *r)
{
	if (r->base)
		munmap(r->base, r->bytes);
	r->base = NULL;
}

/* Forks; the child writes all of the region. Returns its faults, or 0. */
static uint64_t faults_of_child(const struct fm_region *r)
{
	struct fm_shared *shared = fm_shared_make();
	struct fm_sample sample;
	uint64_t faults = 0;
	pid_t pid;

	if (!shared)
		return 0;
	fm_row_clear(&fm_sample_table, &sample);
	pid = fork();
	if (pid == 0) {
		fm_window_run(r->base, r->bytes, fm_pages_base(), 1,
			      &shared->window);
		_exit(FM_CHILD_STATUS);
	}
	if (pid > 0 && !fm_reap(pid, &sample, NULL) && !*sample.marks)
		faults = shared->window.minflt;
	munmap(shared, sizeof(*shared));
	return faults;
}

int fm_region_cow_bytes(const struct fm_region *region, size_t *bytes,
			struct fm_why *why)
{
	struct fm_region probe;
	uint64_t faults;
	int err = fm_region_make(&probe, region->backing, region->touch_bytes,
				 why);

	if (err)
		return err;
	fm_region_populate(&probe);
	err = fm_region_prove(&probe, why);
	faults = err ? 0 : faults_of_child(&probe);
	fm_region_drop(&probe);
	if (err)
		return err;
	if (faults == 1)
		*bytes = region->touch_bytes;
	else if (faults == region->touch_bytes / fm_pages_base())
		*bytes = fm_pages_base();
	else
		return fm_fail(why, EPROTO,
			       "writing %zu shared bytes took %llu faults, "
			       "neither 1 nor one a base page",
			       region->touch_bytes, (unsigned long long)faults);
	return 0;
}
