/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The policy of this kernel, found by trying: a few pages are shared, written
 * and read, and the faults (or what smaps says) tell which of the ways that
 * kernels have had this one goes. Nothing is concluded from a version.
 */
#include <errno.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "counters.h"
#include "file.h"
#include "pages.h"
#include "worker.h"

enum { PAGES = 64 };

static void say(const char *name, const char *value)
{
	printf("policy\t%s\tyes\t%s\n", name, value);
}

static struct fm_plan_row plain;
static struct fm_shared *shared;

/* Faults of touching all base pages of the region, here. */
static uint64_t faults_of(const struct fm_region *r, int write)
{
	struct fm_window window;
	struct fm_touch touch;

	fm_touch_from_point(&touch, &plain, r->bytes / fm_pages_base(),
			    r->touch_bytes / fm_pages_base(), write);
	touch.base = r->base;
	fm_window_run(&touch, &window, NULL);
	return window.minflt;
}

/* The same in a child, after fork. 0: it did not come to that. */
static uint64_t faults_of_child(const struct fm_region *r, int write)
{
	int status;
	pid_t pid;

	shared->window.minflt = 0;
	pid = fork();
	if (pid == 0) {
		uint64_t faults = faults_of(r, write);

		shared->window.minflt = faults;
		_exit(FM_CHILD_STATUS);
	}
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		return 0;
	return shared->window.minflt;
}

static int make(struct fm_region *r, const char *backing, size_t pages)
{
	const struct fm_backing *b = fm_backing_find(backing);
	struct fm_settings settings = { .n = 0 };
	struct fm_why why;

	if (!b ||
	    (b->offer && (b->offer(&plain, &settings, &why) || settings.n)))
		return -EOPNOTSUPP;
	return fm_region_make(r, b, &plain, pages * fm_pages_base(), &why);
}

static uint64_t vmstat(const char *key)
{
	static char text[32768];
	uint64_t value;

	if (fm_file_read("/proc/vmstat", text, sizeof(text)) < 0 ||
	    fm_file_number_after(text, key, &value))
		return FM_ABSENT;
	return value;
}

/*
 * Whether the last owner's write copies. Frames are not readable by everybody;
 * the kernel counts the reuses of the whole machine, which can only be more.
 */
static void probe_reuse(void)
{
	struct fm_region r;
	uint64_t before, after;

	if (make(&r, "anon", PAGES))
		return;
	fm_region_populate(&r);
	faults_of_child(&r, 1);
	before = vmstat("pgreuse ");
	faults_of(&r, 1);
	after = vmstat("pgreuse ");
	if (before != FM_ABSENT && after != FM_ABSENT)
		say("last_owner",
		    after - before >= PAGES ? "reuses" : "copies");
	fm_region_drop(&r);
}

/* One fault for all of a shared huge page, or one a base page. */
static void probe_huge_cow(void)
{
	size_t pages = fm_pages_huge() / fm_pages_base();
	struct fm_region r;
	uint64_t faults;

	if (!pages || make(&r, "thp", pages))
		return;
	fm_region_populate(&r);
	faults = fm_region_prove(&r, NULL) ? 0 : faults_of_child(&r, 1);
	if (faults)
		say("huge_cow", faults < pages ? "whole" : "split");
	fm_region_drop(&r);
}

static void probe_zero_page(void)
{
	struct fm_pages_range is;
	struct fm_region r;

	if (make(&r, "anon", PAGES))
		return;
	faults_of(&r, 0);
	if (!fm_pages_range(r.base, r.bytes, &is))
		say("zero_page", is.anonymous ? "allocates" : "shared");
	fm_region_drop(&r);
}

/* Read all of a huge page, then write all: again one fault, or one a page. */
static void probe_huge_zero(void)
{
	size_t pages = fm_pages_huge() / fm_pages_base();
	struct fm_pages_range is;
	struct fm_region r;

	if (!pages || make(&r, "thp", pages))
		return;
	if (faults_of(&r, 0) == 1 && !fm_pages_range(r.base, r.bytes, &is) &&
	    !is.anonymous)
		say("huge_zero", faults_of(&r, 1) == 1 ? "whole" : "split");
	else
		say("huge_zero", "none");
	fm_region_drop(&r);
}

/* Of a shared object the child must map its pages anew, or it need not. */
static void probe_fork_shared(void)
{
	struct fm_region r;

	if (make(&r, "memfd_shared", PAGES))
		return;
	fm_region_populate(&r);
	say("fork_shared", faults_of_child(&r, 1) ? "refaults" : "copies");
	fm_region_drop(&r);
}

/* Pages of a file that one fault maps. */
static void probe_fault_around(void)
{
	struct fm_region r;
	char text[32];
	uint64_t faults;

	if (make(&r, "file_private", PAGES))
		return;
	faults = faults_of(&r, 0);
	snprintf(text, sizeof(text), "%llu",
		 (unsigned long long)(faults ? PAGES / faults : 1));
	say("fault_around", text);
	fm_region_drop(&r);
}

static const struct fm_counter task_clock = {
	.type = PERF_TYPE_SOFTWARE,
	.config = PERF_COUNT_SW_TASK_CLOCK,
	/* A clock counts the same, and so everybody may. */
	.exclude = FM_NOT_HYPERVISOR | FM_NOT_KERNEL,
};

static uint64_t read_clock(const struct fm_counters *c)
{
	struct fm_counts counts;

	return fm_counters_read(c, &counts) ? 0 : counts.value[0];
}

/* Of a child's whole life, by what it inherited less what is ours. */
static uint64_t life_ns(const struct fm_counters clock[2],
			const struct fm_region *r, int gives_back)
{
	uint64_t all = read_clock(&clock[1]), own = read_clock(&clock[0]);
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		if (gives_back)
			munmap(r->base, r->bytes);
		_exit(FM_CHILD_STATUS);
	}
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		return 0;
	return read_clock(&clock[1]) - all - (read_clock(&clock[0]) - own);
}

/*
 * Whether a child's inherited events hold the teardown of its memory: of two
 * children one gives back what it has of us before it exits, the other leaves
 * that to its end. Since Linux 6.16 or so a task's events end before.
 */
static void probe_child_counts(void)
{
	enum { TRIES = 3, LARGE = 8192 };
	uint64_t left = UINT64_MAX, given = UINT64_MAX;
	struct fm_counters clock[2] = { { .n = 0 }, { .n = 0 } };
	struct fm_region r;
	int err = 0;

	if (make(&r, "anon", LARGE))
		return;
	fm_region_populate(&r);
	for (int i = 0; i < 2 && !err; i++)
		err = fm_counters_open(&clock[i], &task_clock, 1,
				       &(const struct fm_counters_where){
					       .cpu = -1, .inherit = i },
				       NULL);
	for (int i = 0; i < TRIES && !err; i++) {
		uint64_t exits = life_ns(clock, &r, 0);
		uint64_t unmaps = life_ns(clock, &r, 1);

		left = exits < left ? exits : left;
		given = unmaps < given ? unmaps : given;
	}
	if (!err && left && given)
		say("child_counts",
		    left * 2 < given ? "without teardown" : "with teardown");
	fm_counters_close(&clock[0]);
	fm_counters_close(&clock[1]);
	fm_region_drop(&r);
}

void fm_worker_policy(void)
{
	fm_row_clear(&fm_plan_table, &plain);
	shared = fm_shared_make();
	if (!shared)
		return;
	probe_reuse();
	probe_huge_cow();
	probe_zero_page();
	probe_huge_zero();
	probe_fork_shared();
	probe_fault_around();
	probe_child_counts();
	munmap(shared, sizeof(*shared));
}
