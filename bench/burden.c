/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a parent carries beside its memory, for fork to copy or to mind. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "bench.h"
#include "crowd.h"

enum { STACK = 64 * 1024, SPARE = 32 };

static uint64_t number(const char *text)
{
	return strtoull(text, NULL, 10);
}

static int descriptors_offer(const char *value, struct fm_why *why)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0 &&
	    number(value) + SPARE > limit.rlim_max)
		return fm_fail(why, EPERM,
			       "%s descriptors are more than the hard limit "
			       "%llu; as root: ulimit -Hn",
			       value, (unsigned long long)limit.rlim_max);
	return 0;
}

/* One processor must be left for the worker itself. */
int fm_bystanders_offer(const char *value, struct fm_why *why)
{
	if (number(value) < (uint64_t)fm_crowd_cpus())
		return 0;
	return fm_fail(why, EOPNOTSUPP,
		       "%s bystanders need processors beside the worker's; we "
		       "may use %d in all",
		       value, fm_crowd_cpus());
}

const struct fm_param fm_burden_params[] = {
	{ .name = "descriptors",
	  .values = "0",
	  .most = 100000,
	  .meaning = "descriptors that the parent has open",
	  .offer = descriptors_offer },
	{ .name = "parked",
	  .values = "0",
	  .most = 1000,
	  .meaning = "threads of the parent that sleep" },
	{ .name = "atfork",
	  .values = "0",
	  .most = 1000,
	  .meaning = "pthread_atfork(3) handlers, which fork(3) calls" },
	FM_BYSTANDERS_PARAM,
	{ 0 },
};

static int open_descriptors(uint64_t n, struct fm_why *why)
{
	struct rlimit limit;
	int fd = 0;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
	/* Above what a stamping child needs for itself. */
	for (uint64_t i = 0; i < n && fd >= 0; i++)
		fd = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, FM_STAMP_FD + 2);
	return fd < 0 ?
		       fm_fail(why, errno, "descriptors: %s", strerror(errno)) :
		       0;
}

static uint64_t started;

static void *sleep_for_ever(void *ctx)
{
	__atomic_fetch_add(&started, 1, __ATOMIC_RELEASE);
	for (;;)
		pause();
	return ctx;
}

/*
 * A processor that runs a thread of ours holds translations of our memory, and
 * must be told by an interrupt whenever fork or a fault takes one back. The
 * loop writes nothing: after a fork its own page would be copied, in the middle
 * of what is timed.
 */
static void *run_for_ever(void *ctx)
{
	fm_crowd_bind(*(const int *)ctx);
	__atomic_fetch_add(&started, 1, __ATOMIC_RELEASE);
	for (;;)
		__asm__ volatile("" ::: "memory");
	return ctx;
}

/*
 * All stacks are slices of one mapping, so that threads do not come with two
 * mappings each, which are another burden. All have begun when this returns: a
 * thread that is still being set up may hold a lock of the C library's (or of a
 * sanitizer's), and a child forked then would wait for it for ever.
 */
static int start_threads(uint64_t n, void *(*body)(void *), struct fm_why *why)
{
	static int number[FM_THREADS_MAX];
	char *stacks = n ? mmap(NULL, n * STACK, PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) :
			   NULL;
	pthread_attr_t attr;
	pthread_t thread;
	uint64_t all = started + n;
	int err;

	if (stacks == MAP_FAILED)
		return fm_fail(why, ENOMEM, "no memory for stacks");
	pthread_attr_init(&attr);
	for (uint64_t i = 0; i < n; i++) {
		number[i % FM_THREADS_MAX] = (int)i + 1;
		pthread_attr_setstack(&attr, stacks + i * STACK, STACK);
		err = pthread_create(&thread, &attr, body,
				     &number[i % FM_THREADS_MAX]);
		if (err)
			return fm_fail(why, err == EAGAIN ? EPERM : err,
				       "%llu threads cannot be had: %s; raise "
				       "ulimit -u",
				       (unsigned long long)n, strerror(err));
	}
	while (__atomic_load_n(&started, __ATOMIC_ACQUIRE) < all)
		sched_yield();
	return 0;
}

static void at_fork(void)
{
}

static int add_handlers(uint64_t n, struct fm_why *why)
{
	for (uint64_t i = 0; i < n; i++)
		if (pthread_atfork(at_fork, at_fork, at_fork))
			return fm_fail(why, ENOMEM,
				       "no memory for atfork handlers");
	return 0;
}

int fm_burden_setup(struct fm_block *b, struct fm_why *why)
{
	const struct fm_plan_row *p = b->point;
	int err = open_descriptors(number(p->descriptors), why);

	if (!err)
		err = start_threads(number(p->parked), sleep_for_ever, why);
	if (!err)
		err = add_handlers(number(p->atfork), why);
	if (!err)
		err = start_threads(number(p->bystanders), run_for_ever, why);
	return err;
}
