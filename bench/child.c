/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a child does, and how it says when it started, or came to its end. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bench.h"
#include "clock.h"
#include "counting.h"
#include "pages.h"

static void run_exit(const struct fm_job *job)
{
	(void)job;
	_exit(FM_CHILD_STATUS);
}

/* The stamp is in a register until it is taken; the store may fault. */
static void stamp_exit(const struct fm_job *job)
{
	uint64_t now = fm_clock_syscall_ns();

	job->shared->stamp_ns = now;
	_exit(FM_CHILD_STATUS);
}

static void touch(const struct fm_job *job)
{
	size_t step = fm_pages_base();

	for (size_t at = 0; at < job->touch_bytes; at += step)
		*(volatile char *)(job->mem->base + at) = 1;
}

static void run_touch(const struct fm_job *job)
{
	touch(job);
	_exit(FM_CHILD_STATUS);
}

static void stamp_touch(const struct fm_job *job)
{
	uint64_t now = fm_clock_syscall_ns();

	job->shared->stamp_ns = now;
	run_touch(job);
}

/* A thread's first instruction is its last, too. */
static void stamp_thread(const struct fm_job *job)
{
	job->shared->stamp_ns = fm_clock_ns();
}

/*
 * The child's last instruction but the store and the exit: both what the clock
 * reads through and where the stamp goes are faulted in before.
 */
static void end_child(const struct fm_job *job)
{
	if (job->touch_bytes)
		touch(job);
	job->shared->stamp_ns = fm_clock_ns();
	job->shared->stamp_ns = fm_clock_ns();
	fm_counting_stamp(&job->shared->counts);
	fm_counting_stamp(&job->shared->counts);
	_exit(FM_CHILD_STATUS);
}

static void run_exec(const struct fm_job *job)
{
	execve(job->path, job->argv, job->envp);
	_exit(127);
}

/* Both of the child's stamps: its call of execve, and the program's start. */
static void stamp_exec(const struct fm_job *job)
{
	job->shared->exec_ns = fm_clock_ns();
	job->shared->exec_ns = fm_clock_ns();
	run_exec(job);
}

const struct fm_child fm_children[] = {
	{ "exit", "_exit(2) at once", run_exit, stamp_exit, NULL },
	{ "exec", "execve(2) of the freestanding target, which exits", run_exec,
	  run_exec, "forkmeter-target" },
	{ "exec_static", "execve(2) of a program with a static C library",
	  run_exec, run_exec, "forkmeter-target-static" },
	{ "exec_dynamic", "execve(2) of a program with a shared C library",
	  run_exec, run_exec, "forkmeter-target-dynamic" },
	{ "touch:PERCENT", "writes to that much of the memory, then _exit(2)",
	  run_touch, stamp_touch, NULL },
	{ 0 },
};

int fm_child_percent(const char *name)
{
	char *end;
	unsigned long percent;

	if (strncmp(name, "touch:", 6) || name[6] < '0' || name[6] > '9')
		return -1;
	percent = strtoul(name + 6, &end, 10);
	return *end || percent > 100 ? -1 : (int)percent;
}

const struct fm_child *fm_child_find(const char *name)
{
	for (const struct fm_child *c = fm_children; c->name; c++)
		if (!strcmp(c->name, name) ||
		    (strchr(c->name, ':') && fm_child_percent(name) >= 0))
			return c;
	return NULL;
}

struct fm_shared *fm_shared_make(void)
{
	struct fm_shared *shared =
		mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);

	return shared == MAP_FAILED ? NULL : shared;
}

/* Descriptor FM_STAMP_FD of an exec'ed program is our pipe's other end. */
static int open_stamp_pipe(struct fm_block *b, struct fm_why *why)
{
	int fds[2];

	if (pipe2(fds, O_CLOEXEC | O_NONBLOCK) < 0)
		return fm_fail(why, errno, "no pipe for the target's stamp");
	b->stamp_pipe = fcntl(fds[0], F_DUPFD_CLOEXEC, FM_STAMP_FD + 1);
	if (b->stamp_pipe < 0 || fds[1] == FM_STAMP_FD ||
	    dup2(fds[1], FM_STAMP_FD) < 0)
		return fm_fail(why, EBADF, "no pipe for the target's stamp");
	close(fds[0]);
	close(fds[1]);
	return 0;
}

int fm_block_stamp(struct fm_block *b, enum fm_stamp when, struct fm_why *why)
{
	static char *start[] = { "forkmeter-target", "start", NULL };
	static char *end[] = { "forkmeter-target", "end", NULL };
	const struct fm_child *child = fm_child_find(b->point->child);

	if (!child)
		return fm_fail(why, EINVAL, "no such child: %s",
			       b->point->child);
	b->job.thread = stamp_thread;
	b->job.child = child->run_stamped;
	b->job.shared = fm_shared_make();
	if (!b->job.shared)
		return fm_fail(why, ENOMEM, "no memory to share");
	if (!child->program) {
		if (when == FM_STAMP_END)
			b->job.child = end_child;
		return 0;
	}
	if (when == FM_STAMP_EXEC)
		b->job.child = stamp_exec;
	b->job.argv = when == FM_STAMP_END ? end : start;
	return open_stamp_pipe(b, why);
}

uint64_t fm_block_stamp_ns(struct fm_block *b)
{
	uint64_t stamp = 0;

	if (b->stamp_pipe < 0) {
		stamp = b->job.shared->stamp_ns;
		b->job.shared->stamp_ns = 0;
	} else if (read(b->stamp_pipe, &stamp, sizeof(stamp)) !=
		   sizeof(stamp)) {
		stamp = 0;
	}
	return stamp;
}
