/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cow - the first write to pages that a fork made shared: trap, allocate,
 * copy, map. Either the child writes, or the parent while the child lives.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "file.h"
#include "pages.h"

enum { PARK_MS = 2000, PARK_TRIES = 1000000 };

/* Two pipes: the parked child says that it is there, we say that it may go. */
static int ready[2], go[2];

static void child_writes(const struct fm_job *job)
{
	fm_window_run(job->mem->base, job->mem->bytes, fm_pages_base(), 1,
		      &job->shared->window);
	_exit(FM_CHILD_STATUS);
}

/*
 * Without our end of the pipe that it waits on, so that the worker's death
 * ends it too: PR_SET_PDEATHSIG would not have been inherited.
 */
static void child_parks(const struct fm_job *job)
{
	char byte = 0;

	(void)job;
	close(go[1]);
	if (write(ready[1], &byte, 1) != 1 || read(go[0], &byte, 1) != 1)
		_exit(127);
	_exit(FM_CHILD_STATUS);
}

static int setup(struct fm_block *b, struct fm_why *why)
{
	b->job.shared = fm_shared_make();
	if (!b->job.shared)
		return fm_fail(why, ENOMEM, "no memory to share");
	b->job.child = child_writes;
	if (!strcmp(b->point->writer, "parent")) {
		b->remake = 1;
		b->job.child = child_parks;
		if (pipe2(ready, O_CLOEXEC) < 0 || pipe2(go, O_CLOEXEC) < 0)
			return fm_fail(why, errno, "no pipe for the child");
	}
	return fm_region_cow_bytes(&b->mem, &b->fault_bytes, why);
}

static int sleeps(pid_t pid)
{
	char path[32], stat[512], *paren;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	if (fm_file_read(path, stat, sizeof(stat)) < 0)
		return 0;
	paren = strrchr(stat, ')');
	return paren && !strncmp(paren, ") S", 3);
}

/* Until the child waits in read(2), its own faults could fall into ours. */
static int await_parked(pid_t pid)
{
	struct pollfd poll_ready = { .fd = ready[0], .events = POLLIN };
	uint64_t tries = 0;
	char byte;

	if (poll(&poll_ready, 1, PARK_MS) != 1 || read(ready[0], &byte, 1) != 1)
		return -ETIMEDOUT;
	while (!sleeps(pid))
		if (++tries > PARK_TRIES)
			return -ETIMEDOUT;
		else
			sched_yield();
	return 0;
}

/* The window stands in memory that the child shares, whoever writes. */
static long run(struct fm_block *b)
{
	struct fm_window *window = &b->job.shared->window;
	pid_t pid;
	int err;

	*window = (struct fm_window){ 0 };
	pid = b->strategy->spawn(&b->job);
	if (pid < 0 || b->job.child != child_parks)
		return pid;
	err = await_parked(pid);
	if (!err)
		fm_window_run(b->mem.base, b->mem.bytes, fm_pages_base(), 1,
			      window);
	if (write(go[1], "", 1) != 1)
		err = -errno;
	return err ? err : pid;
}

static int check(struct fm_block *b, struct fm_sample *s, struct fm_why *why)
{
	int err = fm_reap((pid_t)b->call.result, s, why);

	fm_sample_from_window(s, &b->job.shared->window,
			      b->mem.bytes / b->fault_bytes);
	return err;
}

static const struct fm_param params[] = {
	{ "writer", "child,parent", "who writes to the shared pages" },
	{ 0 },
};

const struct fm_workload fm_workload_cow = {
	.summary = "first write to pages shared by fork, one byte a base page",
	.needs = FM_NEEDS_STRATEGY | FM_NEEDS_MEMORY | FM_USES_MEMORY |
		 FM_NEEDS_COPY,
	.params = params,
	.setup = setup,
	.run = run,
	.check = check,
};
