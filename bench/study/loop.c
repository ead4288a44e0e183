/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The loop that everybody writes: fork, _exit, waitpid between two reads of the
 * clock. Its options change what stands around the loop, never the loop, so
 * that scripts/study can show how much of "the cost of one fork" is that.
 * Needs no other file, for how it is linked is one of the things varied.
 *
 * Prints one line: the median of the samples in ns, mappings, VmRSS and VmPTE
 * in KiB. Exit status 0, 2 usage, 4 broken, 77 (reason on standard error) where
 * this machine does not allow it.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <linux/perf_event.h>
#include <pthread.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SAMPLES_MAX = 4096, LIMIT_S = 30, CHILD_STATUS = 42 };
enum { USAGE = 2, BROKEN = 4, SKIP = 77 };
enum counter { NO_COUNTER, OWN, INHERITED };

struct around {
	long samples, mappings, rss_bytes;
	long cpu, child_cpu; /* -1: wherever the kernel likes */
	long thread, child_exit;
	enum counter counter;
	char *exec;
};

static int handled; /* by the child's atexit handler */

static uint64_t now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC_RAW, &ts);
	return (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
}

static __attribute__((noreturn)) void end(int status, const char *what)
{
	if (errno)
		fprintf(stderr, "%s: %s\n", what, strerror(errno));
	else
		fprintf(stderr, "%s\n", what);
	exit(status);
}

/* ------------------------------------------------------------- surroundings */

static int move_to(long cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET((size_t)cpu, &set);
	return sched_setaffinity(0, sizeof(set), &set);
}

static char *map(size_t bytes)
{
	char *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (at == MAP_FAILED)
		end(BROKEN, "mmap");
	return at;
}

/* One touched page each, and a hole behind it so that no two can merge. */
static void add_mappings(long n)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);

	if (!n)
		return;
	for (char *at = map(2 * page * (size_t)n); n--; at += 2 * page) {
		*(volatile char *)at = 1;
		if (munmap(at + page, page) < 0)
			end(BROKEN, "munmap");
	}
}

/* In base pages, whatever the system's setting of huge ones is. */
static void add_memory(size_t bytes)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *at;

	if (!bytes)
		return;
	at = map(bytes);
	madvise(at, bytes, MADV_NOHUGEPAGE);
	for (size_t i = 0; i < bytes; i += page)
		*(volatile char *)(at + i) = 1;
}

static void *do_nothing(void *arg)
{
	return arg;
}

static void make_and_join_thread(void)
{
	pthread_t thread;

	errno = pthread_create(&thread, NULL, do_nothing, NULL);
	if (!errno)
		errno = pthread_join(thread, NULL);
	if (errno)
		end(BROKEN, "pthread_create");
}

/* A software event, which needs no hardware; user mode only if it must. */
static void open_counter(int inherited)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_SOFTWARE,
		.size = sizeof(attr),
		.config = PERF_COUNT_SW_PAGE_FAULTS,
		.inherit = inherited ? 1 : 0,
	};
	long fd = syscall(SYS_perf_event_open, &attr, 0, -1, -1, 0);

	if (fd < 0 && (errno == EACCES || errno == EPERM)) {
		attr.exclude_kernel = 1;
		attr.exclude_hv = 1;
		fd = syscall(SYS_perf_event_open, &attr, 0, -1, -1, 0);
	}
	if (fd < 0)
		end(SKIP, "perf_event_open");
}

static void handle_exit(void)
{
	handled++;
}

/* What a child that ends by exit() does for its parent: handlers, flushes. */
static void prepare_exit(void)
{
	FILE *file = fopen("/dev/null", "we");

	if (!file || fputs("written by the parent, not flushed", file) < 0 ||
	    atexit(handle_exit))
		end(BROKEN, "/dev/null");
}

static void surround(const struct around *a)
{
	if (a->cpu >= 0 && move_to(a->cpu) < 0)
		end(BROKEN, "sched_setaffinity");
	add_memory((size_t)a->rss_bytes);
	add_mappings(a->mappings);
	if (a->thread)
		make_and_join_thread();
	if (a->counter)
		open_counter(a->counter == INHERITED);
	if (a->child_exit)
		prepare_exit();
}

/* ----------------------------------------------------------------- the loop */

static __attribute__((noreturn)) void child(const struct around *a)
{
	if (a->child_cpu >= 0 && move_to(a->child_cpu) < 0)
		_exit(BROKEN);
	if (a->exec) {
		execve(a->exec, (char *[]){ a->exec, NULL },
		       (char *[]){ NULL });
		_exit(BROKEN);
	}
	if (a->child_exit)
		exit(CHILD_STATUS);
	_exit(CHILD_STATUS);
}

static __attribute__((noinline)) uint64_t once(const struct around *a)
{
	uint64_t from = now(), to;
	int status = 0;
	pid_t pid = fork(), reaped;

	if (pid == 0)
		child(a);
	reaped = waitpid(pid, &status, 0);
	to = now();
	if (pid < 0 || reaped != pid)
		end(BROKEN, "fork or waitpid");
	errno = 0;
	if (!WIFEXITED(status) || WEXITSTATUS(status) != CHILD_STATUS)
		end(BROKEN, "the child did not do what it should");
	return to - from;
}

static __attribute__((noinline)) void sample(const struct around *a,
					     uint64_t *ns)
{
	once(a); /* thrown away: it binds symbols and warms caches */
	for (long i = 0; i < a->samples; i++)
		ns[i] = once(a);
}

/*
 * With the frames of all that the parent calls in one page of the stack, as the
 * worker does, for each further page would be a copy-on-write fault or not, as
 * the stack's random address will have it.
 */
static __attribute__((noinline)) void sample_in_one_page(const struct around *a,
							 uint64_t *ns)
{
	uintptr_t frame = (uintptr_t)__builtin_frame_address(0);
	volatile char *pad =
		__builtin_alloca(frame % (uintptr_t)sysconf(_SC_PAGESIZE) + 16);

	*pad = 0;
	sample(a, ns);
}

/* ----------------------------------------------------------------- its line */

static int compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* Reads without stdio, which would map a heap first. */
static size_t read_some(int fd, char *text, size_t bytes)
{
	ssize_t n = read(fd, text, bytes - 1);

	if (fd < 0 || n < 0)
		end(BROKEN, "/proc/self");
	text[n] = '\0';
	return (size_t)n;
}

static long count_mappings(void)
{
	int fd = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
	char text[4096];
	long lines = 0;

	while (read_some(fd, text, sizeof(text)))
		for (const char *c = text; *c; c++)
			lines += *c == '\n';
	close(fd);
	return lines;
}

static long kib_of(const char *status, const char *key)
{
	const char *at = strstr(status, key);

	return at ? atol(at + strlen(key)) : 0;
}

static void tell(uint64_t *ns, long n)
{
	int fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
	long vmas = count_mappings();
	char status[4096];

	read_some(fd, status, sizeof(status));
	qsort(ns, (size_t)n, sizeof(*ns), compare);
	printf("%llu\t%ld\t%ld\t%ld\n",
	       (unsigned long long)(ns[(n - 1) / 2] + ns[n / 2]) / 2, vmas,
	       kib_of(status, "VmRSS:"), kib_of(status, "VmPTE:"));
	if (fflush(stdout))
		end(BROKEN, "standard output");
}

/* ------------------------------------------------------------------ options */

static const char usage[] =
	"Usage: loop [OPTION]...\n\n"
	"Times fork + _exit + waitpid. Prints median ns, mappings, VmRSS KiB,\n"
	"VmPTE KiB. What may stand around the loop:\n"
	"  --samples N        so many, after one thrown away (1 to 4096)\n"
	"  --cpu N            the process is pinned to that processor\n"
	"  --unpinned         it is not (this is the default)\n"
	"  --child-cpu N      the child moves itself there first\n"
	"  --mappings N       so many more mappings of one touched page\n"
	"  --rss BYTES        so much more memory, touched, in base pages\n"
	"  --thread           a thread was made and joined before\n"
	"  --counter WHICH    an open software event: own or inherited\n"
	"  --child-exit       the child ends by exit(), with a handler and a\n"
	"                     stream to flush, instead of by _exit()\n"
	"  --exec PATH        the child execs that program, which must exit "
	"42\n"
	"Example: loop --samples 200 --cpu 1 --mappings 10\n";

static long number(const char *text, long min, long max)
{
	char *rest;
	long value;

	errno = 0;
	value = strtol(text, &rest, 10);
	if (errno || rest == text || *rest || value < min || value > max) {
		errno = 0;
		end(USAGE, "loop: not a number in range; see loop --help");
	}
	return value;
}

/* A flag has one value; an option that takes a number, a range of them. */
static const struct row {
	const char *name;
	size_t at;
	long min, max;
} rows[] = {
	{ "samples", offsetof(struct around, samples), 1, SAMPLES_MAX },
	{ "cpu", offsetof(struct around, cpu), 0, CPU_SETSIZE - 1 },
	{ "unpinned", offsetof(struct around, cpu), -1, -1 },
	{ "child-cpu", offsetof(struct around, child_cpu), 0, CPU_SETSIZE - 1 },
	{ "mappings", offsetof(struct around, mappings), 0, 10000 },
	{ "rss", offsetof(struct around, rss_bytes), 0, INT32_MAX },
	{ "thread", offsetof(struct around, thread), 1, 1 },
	{ "child-exit", offsetof(struct around, child_exit), 1, 1 },
};
enum { ROWS = sizeof(rows) / sizeof(*rows), COUNTER = ROWS, EXEC, HELP };

static void take(int option, char *value, struct around *a)
{
	errno = 0;
	if (option < ROWS) {
		const struct row *row = &rows[option];

		*(long *)((char *)a + row->at) =
			value ? number(value, row->min, row->max) : row->min;
	} else if (option == COUNTER) {
		a->counter = *value == 'o' ? OWN : INHERITED;
		if (strcmp(value, "own") && strcmp(value, "inherited"))
			end(USAGE, "loop: --counter takes own or inherited");
	} else if (option == EXEC) {
		a->exec = value;
	} else if (option == HELP) {
		fputs(usage, stdout);
		exit(0);
	} else {
		end(USAGE, "see loop --help");
	}
}

static void parse(int argc, char **argv, struct around *a)
{
	struct option options[ROWS + 4] = { { NULL, 0, NULL, 0 } };
	int option;

	for (int i = 0; i < ROWS; i++)
		options[i] = (struct option){ rows[i].name,
					      rows[i].min < rows[i].max ?
						      required_argument :
						      no_argument,
					      NULL, i };
	options[COUNTER] = (struct option){ "counter", 1, NULL, COUNTER };
	options[EXEC] = (struct option){ "exec", 1, NULL, EXEC };
	options[HELP] = (struct option){ "help", 0, NULL, HELP };
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
		take(option, optarg, a);
	errno = 0;
	if (optind < argc)
		end(USAGE, "loop: takes no operand; see loop --help");
}

int main(int argc, char **argv)
{
	static uint64_t ns[SAMPLES_MAX];
	struct around around = { .samples = 200, .cpu = -1, .child_cpu = -1 };

	parse(argc, argv, &around);
	alarm(LIMIT_S);
	surround(&around);
	sample_in_one_page(&around, ns);
	tell(ns, around.samples);
	return 0;
}
