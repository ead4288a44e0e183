/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Events: found by name, opened, read in groups, refused. What needs a PMU is
 * skipped where there is none (QEMU's arm64 guest has one: scripts/vm).
 */
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/perf_event.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "counters.h"
#include "counting.h"
#include "event.h"
#include "test.h"

enum { PAGES = 512 };

static const struct fm_counters_where here = { .cpu = -1 };

static int find(const char *name, struct fm_event *e)
{
	struct fm_why why;

	return fm_event_find(name, e, &why);
}

static void names(void)
{
	struct fm_event e;
	struct fm_why why;
	char longer[200];

	CHECK(!find("perf::INSTRUCTIONS:u", &e));
	CHECK(!strcmp(e.name, "instructions:u"));
	CHECK(e.counter.type == PERF_TYPE_HARDWARE &&
	      e.counter.config == PERF_COUNT_HW_INSTRUCTIONS);
	CHECK(e.counter.exclude == (FM_NOT_KERNEL | FM_NOT_HYPERVISOR));
	CHECK(!find("cycles", &e) && e.counter.exclude == FM_NOT_HYPERVISOR);
	CHECK(!find("cpu-cycles:kh", &e) && e.counter.exclude == FM_NOT_USER);
	CHECK(!strcmp(e.name, "cycles:kh"));
	CHECK(!find("dtlb-load-misses:k", &e));
	CHECK(!strcmp(e.name, "dTLB-load-misses:k"));
	CHECK(e.counter.type == PERF_TYPE_HW_CACHE &&
	      e.counter.config == 0x10003);
	CHECK(!find("task-clock", &e) && e.is_clock);
	CHECK(!find("r1b:u", &e) && e.counter.type == PERF_TYPE_RAW &&
	      e.counter.config == 0x1b);
	CHECK(!find("0/1:k", &e) && e.counter.type == PERF_TYPE_HARDWARE &&
	      e.counter.config == PERF_COUNT_HW_INSTRUCTIONS);
	CHECK(!strcmp(e.name, "0/1:k"));
	CHECK(find("instrucions", &e) == -ENOENT);
	CHECK(find("", &e) == -ENOENT && find(":u", &e) == -ENOENT);
	CHECK(find("instructions:x", &e) == -EINVAL);
	memset(longer, 'a', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	CHECK(fm_event_find(longer, &e, &why) == -EINVAL && *why.text);
	/* The kernel's spelling, page-faults, is longer than the typed one. */
	memset(longer, 'u', FM_EVENT_NAME - 1);
	memcpy(longer, "faults:", 7);
	longer[FM_EVENT_NAME - 1] = '\0';
	CHECK(fm_event_find(longer, &e, &why) == -EINVAL && *why.text);
}

static void arguments(void)
{
	const struct fm_counter e = { 4, FM_NOT_USER, ~0ull, 7, 1ull << 63 };
	struct fm_counting c = { .scope = FM_COUNT_CHILD };
	char text[128];

	fm_counting_write(&e, text, sizeof(text));
	CHECK(!fm_counting_parse(&c, text) && c.n == 1);
	CHECK(!memcmp(&c.event[0], &e, sizeof(e)));
	CHECK(fm_counting_values(&c) == 2);
	CHECK(fm_counting_parse(&c, "1:2:3") == -EINVAL);
	CHECK(fm_counting_parse(&c, "1:2:3:4:5x") == -EINVAL);
	while (c.n < FM_COUNTERS_AT_ONCE)
		CHECK(!fm_counting_parse(&c, text));
	CHECK(fm_counting_parse(&c, text) == -EINVAL);
}

static void touch(char *at)
{
	for (int i = 0; i < PAGES; i++)
		at[i * 4096] = 1;
}

/*
 * A clock beside events that count exactly: neither may spoil the other. */
static void group(void)
{
	static const char *const name[] = { "task-clock", "minor-faults:u",
					    "major-faults:u" };
	struct fm_counts before, after, sum = { .enabled = 0 };
	struct fm_counter event[3];
	struct rusage from, to;
	struct fm_counters c;
	char *at = mmap(NULL, PAGES * 4096, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int err;

	madvise(at, PAGES * 4096, MADV_NOHUGEPAGE);
	for (int i = 0; i < 3; i++) {
		struct fm_event e;

		CHECK(!find(name[i], &e));
		event[i] = e.counter;
		event[i].exclude |= FM_NOT_KERNEL; /* so that anybody may */
	}
	err = fm_counters_open(&c, event, 3, &here, NULL);
	if (err) {
		printf("skip a group: %s\n", strerror(-err));
		return;
	}
	getrusage(RUSAGE_THREAD, &from);
	CHECK(!fm_counters_read(&c, &before));
	CHECK(!fm_counters_read(&c, &before));
	getrusage(RUSAGE_THREAD, &from);
	touch(at);
	getrusage(RUSAGE_THREAD, &to);
	CHECK(!fm_counters_read(&c, &after));
	fm_counts_add(&sum, &before, &after);
	CHECK(fm_counts_whole(&sum));
	CHECK(sum.value[0] > 0);
	CHECK(sum.value[1] == (uint64_t)(to.ru_minflt - from.ru_minflt));
	CHECK(sum.value[2] == (uint64_t)(to.ru_majflt - from.ru_majflt));
	fm_counters_close(&c);
	CHECK(c.n == 0);
	munmap(at, PAGES * 4096);
}

/*
 * Events of two kinds, in either order, where the task was not switched out in
 * between: each counts.
 */
static void mixed(void)
{
	struct fm_counts before, after, sum = { .enabled = 0 };
	struct fm_counter event[2];
	struct fm_counters c;
	struct fm_event e;
	char *at;

	if (geteuid() == 0 && unshare(CLONE_NEWNS) == 0 &&
	    mount("", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0)
		(void)mount("tracefs", "/sys/kernel/tracing", "tracefs", 0,
			    NULL);
	for (int order = 0; order < 2; order++) {
		if (find("kmem:mm_page_alloc", &e)) {
			puts("skip two kinds: no tracepoints here");
			return;
		}
		event[order] = e.counter;
		CHECK(!find("minor-faults", &e));
		event[!order] = e.counter;
		at = mmap(NULL, PAGES * 4096, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		madvise(at, PAGES * 4096, MADV_NOHUGEPAGE);
		if (fm_counters_open(&c, event, 2, &here, NULL)) {
			puts("skip two kinds: they do not open");
			return;
		}
		CHECK(!fm_counters_read(&c, &before));
		touch(at);
		CHECK(!fm_counters_read(&c, &after));
		sum = (struct fm_counts){ .enabled = 0 };
		fm_counts_add(&sum, &before, &after);
		CHECK(fm_counts_whole(&sum));
		CHECK(sum.value[0] >= PAGES && sum.value[0] < 2 * PAGES);
		CHECK(sum.value[1] >= PAGES && sum.value[1] < 2 * PAGES);
		fm_counters_close(&c);
		munmap(at, PAGES * 4096);
	}
}

static void whole(void)
{
	struct fm_counts lost = { .enabled = 9, .running = 9, .lost = 1 };
	struct fm_counts sum = { .enabled = 1, .running = 1 };

	CHECK(!fm_counts_whole(&lost));
	fm_counts_add(&sum, &(struct fm_counts){ .enabled = 0 }, &lost);
	CHECK(sum.lost && !fm_counts_whole(&sum));
	CHECK(fm_counts_whole(
		&(struct fm_counts){ .enabled = 9, .running = 9 }));
	CHECK(!fm_counts_whole(
		&(struct fm_counts){ .enabled = 9, .running = 8 }));
	CHECK(!fm_counts_whole(&(struct fm_counts){ .enabled = 0 }));
}

/* What cannot be: told apart, with the event that is to blame. */
static void refusals(void)
{
	const struct fm_counter events[] = {
		{ PERF_TYPE_SOFTWARE, FM_NOT_KERNEL, PERF_COUNT_SW_DUMMY, 0,
		  0 },
		{ PERF_TYPE_SOFTWARE, FM_NOT_KERNEL, 9999, 0, 0 },
	};
	struct fm_event e = { .counter = events[1] };
	struct fm_counters c;
	int failed = -1, err;

	err = fm_counters_open(&c, events, 2, &here, &failed);
	CHECK(err < 0 && (err == -EACCES || failed == 1) && c.n == 0);
	fm_event_try(&e);
	CHECK(e.status == FM_EVENT_UNSUPPORTED || e.status == FM_EVENT_DENIED);
	CHECK(strlen(e.why.text) > 20);
	fm_event_refused(&e, -EACCES);
	CHECK(e.status == FM_EVENT_DENIED &&
	      strstr(e.why.text, "perf_event_paranoid"));
	fm_event_refused(&e, -EBUSY);
	CHECK(strstr(e.why.text, "nmi_watchdog"));
	fm_event_refused(&e, -EMFILE);
	CHECK(strstr(e.why.text, "ulimit -n"));
}

/* In a process that a filter lets open no event. */
static _Noreturn void try_filtered(int error)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_perf_event_open, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (uint32_t)error),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { 4, filter };
	struct fm_event e;

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program))
		_exit(77);
	if (find("minor-faults:u", &e))
		_exit(1);
	fm_event_try(&e);
	_exit(e.status == FM_EVENT_DENIED && strstr(e.why.text, "seccomp") ? 0 :
									     2);
}

static void filtered(void)
{
	static const int errors[] = { EPERM, ENOSYS };

	for (int i = 0; i < 2; i++) {
		int status = 0;
		pid_t pid = fork();

		if (pid == 0)
			try_filtered(errors[i]);
		CHECK(waitpid(pid, &status, 0) == pid);
		if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
			puts("skip a filter: seccomp(2) is not to be had");
		else
			CHECK(status == 0);
	}
}

/* User mode and the kernel together are both, within one group. */
static void modes_add_up(void)
{
	static const char *const name[] = { "instructions:u", "instructions:k",
					    "instructions" };
	struct fm_counts before, after, sum = { .enabled = 0 };
	struct fm_counter event[3];
	struct fm_counters c;
	struct fm_event e;

	for (int i = 0; i < 3; i++) {
		CHECK(!find(name[i], &e));
		event[i] = e.counter;
		fm_event_try(&e);
		if (e.status != FM_EVENT_COUNTS) {
			printf("skip modes: %s: %s\n", name[i], e.why.text);
			return;
		}
	}
	if (fm_counters_open(&c, event, 3, &here, NULL)) {
		puts("skip modes: three events do not fit");
		return;
	}
	CHECK(!fm_counters_read(&c, &before));
	for (int i = 0; i < 100; i++)
		getppid();
	CHECK(!fm_counters_read(&c, &after));
	fm_counts_add(&sum, &before, &after);
	CHECK(fm_counts_whole(&sum));
	CHECK(sum.value[0] > 100 && sum.value[1] > 1000);
	/* The three are not stopped at one instant: a few instructions. */
	CHECK(labs((long)(sum.value[0] + sum.value[1] - sum.value[2])) < 300);
	fm_counters_close(&c);
}

/* More of them than any processor holds: refused, and no part is told. */
static void too_many(void)
{
	struct fm_counter event[FM_COUNTERS_AT_ONCE];
	struct fm_event e;

	CHECK(!find("instructions:u", &e));
	fm_event_try(&e);
	for (int i = 0; i < FM_COUNTERS_AT_ONCE; i++)
		event[i] = e.counter;
	if (e.status != FM_EVENT_COUNTS) {
		printf("skip too many: %s\n", e.why.text);
		return;
	}
	CHECK(!fm_events_fit(event, 1, 1, -1));
	CHECK(fm_events_fit(event, FM_COUNTERS_AT_ONCE, 1, -1) == -ENOSPC);
	CHECK(fm_events_fit(event, FM_COUNTERS_AT_ONCE, 2, -1) == -ENOSPC);
}

int main(void)
{
	names();
	arguments();
	whole();
	group();
	mixed();
	refusals();
	filtered();
	modes_add_up();
	too_many();
	return test_end();
}
