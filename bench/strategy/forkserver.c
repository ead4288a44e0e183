/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * forkserver - a small process, forked before our memory is there, forks on
 * request and tells us the child's pid, and later how it ended. The child is a
 * copy of the server: it has our code, and of our memory what there was then.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bench.h"

struct answer {
	pid_t pid; /* or -errno */
	int status;
	struct rusage child;
};

static int server = -1;

/*
 * Until the last process that could ask is gone. A request is the job itself,
 * for its addresses mean the same here. What burdens the parent is not ours.
 */
static _Noreturn void serve(int requests)
{
	const int at = FM_STAMP_FD + 1; /* above what a child needs */
	struct answer a;
	struct fm_job job;

	if (requests != at)
		requests = dup3(requests, at, O_CLOEXEC);
#ifdef SYS_close_range
	syscall(SYS_close_range, at + 1, ~0u, 0);
#endif
	while (recv(requests, &job, sizeof(job), 0) == sizeof(job)) {
		a.pid = fork();
		if (a.pid == 0)
			job.child(&job);
		if (a.pid < 0)
			a.pid = -errno;
		send(requests, &a, sizeof(a), MSG_NOSIGNAL);
		if (a.pid > 0) {
			fm_reap(NULL, a.pid, &a.status, &a.child);
			send(requests, &a, sizeof(a), MSG_NOSIGNAL);
		}
	}
	_exit(0);
}

static int prepare(const struct fm_job *job, struct fm_why *why)
{
	int ends[2];
	pid_t pid;

	(void)job;
	if (server >= 0)
		return 0;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		return fm_fail(why, errno, "no socket for the fork server");
	pid = fork();
	if (pid == 0) {
		close(ends[1]);
		serve(ends[0]);
	}
	close(ends[0]);
	server = ends[1];
	return pid < 0 ? fm_fail(why, errno, "the fork server: no process") : 0;
}

static int hear(struct answer *a)
{
	ssize_t n;

	do
		n = recv(server, a, sizeof(*a), 0);
	while (n < 0 && errno == EINTR);
	return n == sizeof(*a) ? 0 : n < 0 ? -errno : -ECHILD;
}

static pid_t spawn(const struct fm_job *job)
{
	struct answer a;
	int err;

	if (send(server, job, sizeof(*job), MSG_NOSIGNAL) < 0)
		return -errno;
	err = hear(&a);
	return err ? err : a.pid;
}

static int reap(pid_t pid, int *status, struct rusage *child)
{
	struct answer a;
	int err = hear(&a);

	if (!err && a.pid != pid)
		err = -ECHILD;
	if (!err) {
		*status = a.status;
		*child = a.child;
	}
	return err;
}

const struct fm_strategy fm_strategy_forkserver = {
	.summary = "a small process forked early forks on request",
	.caps = FM_RUNS_CODE | FM_IN_SERVER,
	.prepare = prepare,
	.spawn = spawn,
	.reap = reap,
};
