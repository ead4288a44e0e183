/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * user_cow - copy-on-write by hand, beside the kernel's own in cow: memory is
 * shared with whoever reads a snapshot of it, write-protected; the first write
 * to a page traps, the handler copies the old page into a frame for the
 * snapshot, makes the page writable, and the write goes on.
 *
 * No count of faults is expected, for kernels differ in it: mprotect(2)'s trap
 * is none (a signal instead), but the page may still take one to become
 * writable (before Linux 6.1); a trap of userfaultfd(2) is a minor fault, or a
 * major one where it was retried with the whole map locked. What there must be
 * is as many traps as pages that were written, and their old content.
 */
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "pages.h"
#include "trap.h"

static const struct mechanism {
	const char *name;
	const struct fm_trap *trap;
} mechanisms[] = {
	{ "mprotect", &fm_trap_mprotect },
	{ "uffd", &fm_trap_uffd },
};

static const struct fm_trap *trap_of(const char *name)
{
	const struct mechanism *m = mechanisms;

	while (strcmp(m->name, name))
		m++;
	return m->trap;
}

static int mechanism_offer(const char *value, struct fm_why *why)
{
	return trap_of(value)->offer(why);
}

static int handler_offer(const char *value, struct fm_why *why)
{
	if (strcmp(value, "other") || fm_crowd_cpus() > 1)
		return 0;
	return fm_fail(why, EOPNOTSUPP,
		       "a handler on another processor needs a second one: use "
		       "handler=same");
}

static const struct fm_param params[] = {
	{ .name = "mechanism",
	  .values = "mprotect,uffd",
	  .meaning = "mprotect(2) and SIGSEGV, or userfaultfd(2)",
	  .offer = mechanism_offer },
	{ .name = "handler",
	  .values = "same,other",
	  .meaning = "processor that the handler of a trap runs on",
	  .offer = handler_offer },
	FM_TOUCH_PARAMS,
	FM_TOUCH_BYTES_PARAM,
	{ 0 },
};

static int offer(const struct fm_plan_row *point, struct fm_why *why)
{
	struct fm_area area =
		fm_area_of(fm_backing_find(point->backing), point);

	if (strcmp(point->mechanism, "uffd") &&
	    !strcmp(point->handler, "other"))
		return fm_fail(why, EOPNOTSUPP,
			       "a signal is handled by the thread that writes: "
			       "use handler=same, or mechanism=uffd");
	if (area.model.kind != FM_MODEL_PRIVATE || area.model.hugetlb ||
	    area.fill != FM_FILL_WRITE)
		return fm_fail(why, EOPNOTSUPP,
			       "traps are set on private memory that was "
			       "written: use --backing anon or thp");
	return 0;
}

/* What the snapshot has of its own, and of the memory that it is one of. */
static struct {
	char *base;
	size_t page_bytes;
	struct fm_region pool; /* frames, and behind them slot */
	size_t frames, used;
	uint32_t *slot; /* of each page: its frame + 1, 0: still shared */
} snap;
static const struct fm_trap *trap;

/* A trap: copy. From a signal handler, or from another thread. */
static void keep(char *page)
{
	size_t n = __atomic_fetch_add(&snap.used, 1, __ATOMIC_RELAXED);

	if (n >= snap.frames)
		return;
	memcpy(snap.pool.base + n * snap.page_bytes, page, snap.page_bytes);
	snap.slot[(size_t)(page - snap.base) / snap.page_bytes] =
		(uint32_t)n + 1;
}

/* Content that tells pages apart, and from what the walk writes: ones. */
static uint64_t *word(char *page, int last)
{
	return (uint64_t *)(page + (last ? snap.page_bytes - 8 : 0));
}

static int is_old(char *page, size_t number)
{
	uint64_t tag = number << 8 | 2;

	return *word(page, 0) == tag && *word(page, 1) == tag;
}

/* Content, no frame in use, and every page shared and protected. */
static int share(char *base, size_t pages)
{
	snap.base = base;
	snap.used = 0;
	memset(snap.slot, 0, pages * sizeof(*snap.slot));
	for (size_t i = 0; i < pages; i++)
		for (int last = 0; last < 2; last++)
			*word(base + i * snap.page_bytes, last) = i << 8 | 2;
	return trap->protect(base, pages * snap.page_bytes);
}

/* What a reader of the snapshot sees of a page. */
static char *view(size_t page)
{
	return snap.slot[page] ? snap.pool.base + (snap.slot[page] - 1) *
							  snap.page_bytes :
				 snap.base + page * snap.page_bytes;
}

/* The kernel writes for us, read(2), into such a page. */
static int let_kernel_write(struct fm_block *b, struct fm_why *why)
{
	struct fm_region r;
	int err = fm_region_make(&r, fm_backing_find("anon"), b->point,
				 snap.page_bytes, why);
	int fd[2] = { -1, -1 };
	ssize_t got = -1;

	if (err)
		return err;
	err = share(r.base, 1);
	if (!err && (pipe(fd) < 0 || write(fd[1], "\1", 1) != 1))
		err = -errno;
	if (!err) {
		got = read(fd[0], r.base, 1);
		strcpy(b->row->kernel_write, got == 1	     ? "handled" :
					     errno == EFAULT ? "EFAULT" :
							       "another error");
		err = trap->release();
	}
	if (!err && got == 1 && (snap.used != 1 || !is_old(view(0), 0)))
		err = -ERANGE;
	close(fd[0]);
	close(fd[1]);
	fm_region_drop(&r);
	return err ? fm_fail(why, -err,
			     "read(2) into a protected page was not trapped") :
		     0;
}

static int setup(struct fm_block *b, struct fm_why *why)
{
	size_t page = fm_pages_base(), pages = b->point->rss_bytes / page;
	size_t slots = (pages * sizeof(*snap.slot) + page - 1) / page * page;
	struct fm_touch touch;
	int err = fm_first_touch_setup(b, why);

	if (err)
		return err;
	trap = trap_of(b->point->mechanism);
	err = trap->open(keep, !strcmp(b->point->handler, "other"), why);
	if (err)
		return err;
	fm_touch_from_point(&touch, b->point, pages, 1, 1);
	snap.page_bytes = page;
	snap.frames = touch.count ? touch.count : 1;
	err = fm_region_make(&snap.pool, fm_backing_find("anon"), b->point,
			     snap.frames * page + slots, why);
	if (err)
		return err;
	fm_region_populate(&snap.pool);
	snap.slot = (void *)(snap.pool.base + snap.frames * page);
	/* A huge page is split by the first page of it that is let go. */
	b->remake = fm_area_of(b->backing, b->point).model.unit > 1;
	return let_kernel_write(b, why);
}

static int gave_up; /* -errno of the last sample's handler */

static long run(struct fm_block *b)
{
	long err = share(b->mem.base, b->mem.bytes / snap.page_bytes);

	if (err)
		return err;
	err = fm_block_touch(b, &b->mem, 1, &b->window);
	gave_up = trap->release();
	return err;
}

/* The region has what was written, the snapshot what was there before. */
static int is_proved(const struct fm_block *b)
{
	const struct fm_touch *t = &b->touch;
	size_t good = 0;

	for (size_t i = 0; i < t->count; i++) {
		const char *page =
			t->base + fm_touch_page(t, i) * snap.page_bytes;

		good += page[0] == 1 && (t->access != FM_WRITE_ALL ||
					 page[snap.page_bytes - 1] == 1);
	}
	for (size_t i = 0; i < t->pages; i++)
		good += (size_t)is_old(view(i), i);
	return good == t->count + t->pages;
}

static int check(struct fm_block *b, struct fm_sample *s, struct fm_why *why)
{
	if (gave_up)
		return fm_fail(
			why, -gave_up,
			"the handler cannot go on: %s; pages in another "
			"order are a mapping each: choose a smaller "
			"--rss, or as root: sysctl -w vm.max_map_count=N",
			strerror(-gave_up));
	fm_sample_from_window(s, &b->window, b);
	fm_block_take_singles(b);
	if (snap.used != b->touch.count)
		fm_sample_mark(s, "failed:%zu traps for %zu pages", snap.used,
			       b->touch.count);
	else if (!is_proved(b))
		fm_sample_mark(s, "failed:the snapshot has other content");
	return 0;
}

const struct fm_workload fm_workload_user_cow = {
	.summary = "first write to pages that are protected and copied by hand",
	.needs = FM_NEEDS_MEMORY | FM_USES_MEMORY,
	.params = params,
	.offer = offer,
	.setup = setup,
	.run = run,
	.check = check,
};
