/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The contract of each backing, over the registry: it proves its claim once it
 * is filled and not before, can be dropped and made again, and refuses memory
 * that is another backing's, or its own with one thing changed. And all
 * plug-ins' names. Strategies have a test of their own; workloads are run for
 * real by run.sh.
 */
#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bench.h"
#include "pages.h"
#include "test.h"

static struct fm_plan_row point;

/* ------------------------------------------------- what spoils a claim */

static void drop_page(const struct fm_region *r)
{
	size_t bytes = r->area.model.hugetlb ? r->touch_bytes : fm_pages_base();

	CHECK(!madvise(r->base, bytes, MADV_DONTNEED));
}

/* With what no other page has, so that nothing merges it again. */
static void write_page(const struct fm_region *r)
{
	*(volatile char *)r->base = 'x';
}

static void read_page(const struct fm_region *r)
{
	(void)*(volatile char *)r->base;
}

/* By number: the address sanitizer's munlock(2) does nothing. */
static void unlock_page(const struct fm_region *r)
{
	CHECK(!syscall(SYS_munlock, r->base, fm_pages_base()));
}

static void let_fork(const struct fm_region *r)
{
	CHECK(!madvise(r->base, fm_pages_base(), MADV_DOFORK));
}

static void let_keep(const struct fm_region *r)
{
	CHECK(!madvise(r->base, fm_pages_base(), MADV_KEEPONFORK));
}

static void unmerge(const struct fm_region *r)
{
	CHECK(!madvise(r->base, fm_pages_base(), MADV_UNMERGEABLE));
}

/*
 * also: backings whose memory is what this one claims, and something more. A
 * backing without a line makes no claim on the others'.
 */
static const struct claim {
	const char *name;
	void (*spoil[2])(const struct fm_region *r);
	const char *also;
} claims[] = {
	{ "anon",
	  { drop_page },
	  " mlocked anon_dontfork anon_wipeonfork stack heap vmas " },
	{ "thp", { drop_page }, "" },
	{ "mthp", { drop_page }, "" },
	{ "hugetlb", { drop_page }, "" },
	{ "memfd_shared", { drop_page }, "" },
	{ "memfd_private", { drop_page, write_page }, "" },
	{ "file_private", { drop_page, write_page }, "" },
	{ "file_shared", { drop_page }, "" },
	{ "shmem_thp", { drop_page }, "" },
	{ "zero", { drop_page, write_page }, "" },
	{ "huge_zero", { drop_page, write_page }, "" },
	{ "untouched", { read_page, write_page }, "" },
	{ "mlocked", { unlock_page }, "" },
	{ "ksm", { write_page, unmerge }, "" },
	{ "anon_dontfork", { drop_page, let_fork }, "" },
	{ "anon_wipeonfork", { drop_page, let_keep }, "" },
	{ "stack", { drop_page }, "" },
	{ "heap", { drop_page }, "" },
	{ "vmas", { drop_page }, "" },
};
enum { CLAIMS = sizeof(claims) / sizeof(*claims) };

static int is_also(const struct claim *c, const char *name)
{
	const char *at = strstr(c->also, name);

	return at && at[-1] == ' ' && at[strlen(name)] == ' ';
}

/* --------------------------------------------------------- one backing */

static uint64_t mappings(void)
{
	struct fm_pages_process process = { 0 };

	fm_pages_process(&process);
	return process.vmas;
}

static int descriptors(void)
{
	int n = 0;

	for (int fd = 0; fd < 256; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

/* A reason that a person can act on says more than the error's name. */
static void skip(const char *name, int err, const struct fm_why *why)
{
	printf("skip %s: %s\n", name, why->text);
	CHECK(fm_err_is_skip(err));
	CHECK(strlen(why->text) > 20);
}

static int make(struct fm_region *r, const struct fm_backing *b,
		struct fm_why *why)
{
	return fm_region_make(r, b, &point, point.rss_bytes, why);
}

/* Made, filled and proved; 0, or -errno of what could not be had. */
static int live(const struct fm_backing *b, struct fm_why *why)
{
	int fds = descriptors(), err;
	uint64_t vmas = mappings();
	struct fm_region r;

	err = make(&r, b, why);
	if (fm_err_is_skip(err))
		return err;
	CHECK(!err);
	if (r.bytes && r.area.fill != FM_FILL_NOTHING) {
		CHECK(fm_region_prove(&r, why)); /* nothing is there yet */
		CHECK(*why->text);
	}
	fm_region_populate(&r);
	err = fm_region_prove(&r, why);
	CHECK(!err || fm_err_is_skip(err));
	fm_region_drop(&r);
	CHECK(mappings() == vmas);
	CHECK(descriptors() == fds);
	return err;
}

static void spoil(const struct claim *c, const struct fm_backing *b)
{
	struct fm_region r;
	struct fm_why why;

	for (size_t i = 0; i < 2 && c->spoil[i]; i++) {
		CHECK(!make(&r, b, &why));
		fm_region_populate(&r);
		CHECK(!fm_region_prove(&r, &why));
		c->spoil[i](&r);
		why.text[0] = '\0';
		CHECK(fm_region_prove(&r, &why));
		CHECK(*why.text);
		fm_region_drop(&r);
	}
}

/* No other claim holds of this memory. */
static void confuse(const struct fm_backing_row *row)
{
	struct fm_region r;
	struct fm_why why;

	CHECK(!make(&r, row->ops, &why));
	fm_region_populate(&r);
	CHECK(!fm_region_prove(&r, &why));
	for (size_t i = 0; i < CLAIMS; i++) {
		const struct claim *c = &claims[i];
		const struct fm_backing *b = fm_backing_find(c->name);
		int holds;

		if (!b || !strcmp(c->name, row->name)) /* b: taken out */
			continue;
		holds = !b->prove(&r, &why);
		if (holds != is_also(c, row->name))
			printf("%s, of memory that is %s: %s\n", c->name,
			       row->name, holds ? "proved" : why.text);
		CHECK(holds == is_also(c, row->name));
	}
	fm_region_drop(&r);
}

static void try(const struct fm_backing_row *row)
{
	const struct fm_backing *b = row->ops;
	struct fm_why why = { "" };
	int err = live(b, &why);

	if (!err) /* what was dropped can be made again */
		err = live(b, &why);
	if (err) {
		skip(row->name, err, &why);
		return;
	}
	printf("backing %s\n", row->name);
	for (size_t i = 0; i < CLAIMS; i++)
		if (!strcmp(claims[i].name, row->name)) {
			spoil(&claims[i], b);
			confuse(row);
		}
}

/* As the driver does it for a block: with what must be set meanwhile. */
static void backing(const struct fm_backing_row *row)
{
	static struct fm_settings settings;
	struct fm_why why = { "" };
	struct fm_area area;
	size_t unit;
	int err;

	fm_row_clear(&fm_plan_table, &point);
	area = fm_area_of(row->ops, &point);
	unit = fm_area_unit_bytes(&area);
	point.rss_bytes = unit > 4 << 20 ? unit : unit ? 4 << 20 : 0;
	settings.n = 0;
	CHECK(!fm_settings_turn(&why)); /* another test may want others */
	err = row->ops->offer ? row->ops->offer(&point, &settings, &why) : 0;
	if (!err)
		err = fm_settings_push(&settings, &why);
	if (err) {
		skip(row->name, err, &why);
	} else {
		try(row);
		CHECK(!fm_settings_pop(&why));
	}
	fm_settings_pass();
}

/* ---------------------------------------------------------------- names */

/* Names are the files' names: no two alike, none empty. */
static void names(void)
{
	for (const struct fm_strategy_row *r = fm_strategies; r->name; r++)
		CHECK(fm_strategy_find(r->name) == r->ops);
	for (const struct fm_backing_row *r = fm_backings; r->name; r++)
		CHECK(fm_backing_find(r->name) == r->ops);
	for (const struct fm_workload_row *r = fm_workloads; r->name; r++) {
		CHECK(fm_workload_find(r->name) == r->ops);
		CHECK(r->ops->summary && r->ops->run && r->ops->check);
	}
	CHECK(!fm_strategy_find("") && !fm_child_find("nothing"));
}

int main(void)
{
	names();
	for (const struct fm_backing_row *r = fm_backings; r->name; r++)
		backing(r);
	return test_end();
}
