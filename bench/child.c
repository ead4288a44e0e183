/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a child does, and how it says when it started. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bench.h"
#include "clock.h"

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

static void run_exec(const struct fm_job *job)
{
	execve(job->path, job->argv, job->envp);
	_exit(127);
}

const struct fm_child fm_children[] = {
	{ "exit", "_exit(2) at once", run_exit, stamp_exit },
	{ "exec", "execve(2) of the freestanding target, which exits", run_exec,
	  run_exec },
	{ 0 },
};

const struct fm_child *fm_child_find(const char *name)
{
	for (const struct fm_child *c = fm_children; c->name; c++)
		if (!strcmp(c->name, name))
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

int fm_block_stamp(struct fm_block *b, struct fm_why *why)
{
	static char *stamping[] = { "forkmeter-target", "stamp", NULL };
	const struct fm_child *child = fm_child_find(b->point->child);
	int fds[2];

	if (!child)
		return fm_fail(why, EINVAL, "no such child: %s",
			       b->point->child);
	b->job.child = child->run_stamped;
	b->job.shared = fm_shared_make();
	if (!b->job.shared)
		return fm_fail(why, ENOMEM, "no memory to share");
	if (strcmp(child->name, "exec"))
		return 0;
	b->job.argv = stamping;
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
