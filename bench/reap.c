/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A block's child: made, and waited for. */
#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "counting.h"

int fm_reap(const struct fm_strategy *strategy, pid_t pid, int *status,
	    struct rusage *child)
{
	if (strategy && strategy->reap)
		return strategy->reap(pid, status, child);
	while (wait4(pid, status, 0, child) < 0)
		if (errno != EINTR)
			return -errno;
	return 0;
}

enum { BY_PIDFD = 3 }; /* P_PIDFD, which older headers have not */

/* The system call, for waitid(3) does not hand out what the child used. */
int fm_reap_pidfd(pid_t pidfd, int *status, struct rusage *child)
{
	siginfo_t info;

	while (syscall(SYS_waitid, BY_PIDFD, pidfd, &info, WEXITED, child) < 0)
		if (errno != EINTR)
			return -errno;
	*status = info.si_code == CLD_EXITED ? info.si_status << 8 :
					       info.si_status;
	return close(pidfd) < 0 ? -errno : 0;
}

/* A kernel that knows the word says that standard input is no such thing. */
int fm_reap_pidfd_offer(struct fm_why *why)
{
	syscall(SYS_waitid, BY_PIDFD, STDIN_FILENO, NULL, WEXITED, NULL);
	if (errno == EBADF)
		return 0;
	return fm_fail(why, ENOSYS,
		       "waiting by descriptor (P_PIDFD) takes Linux 5.4");
}

int fm_block_reap(struct fm_block *b, struct fm_sample *s, struct fm_why *why)
{
	struct rusage child = { 0 };
	int status;
	int err = fm_reap(b->strategy, (pid_t)b->call.result, &status, &child);

	fm_counting_reaped();
	if (err)
		return fm_fail(why, -err, "waiting for the child: %s",
			       strerror(-err));
	fm_sample_reaped(s, status, &child);
	return 0;
}

long fm_block_spawn(struct fm_block *b)
{
	return b->strategy->spawn(&b->job);
}

long fm_block_spawn_and_reap(struct fm_block *b)
{
	pid_t pid = b->strategy->spawn(&b->job);
	int err = pid < 0 ? pid :
			    fm_reap(b->strategy, pid, &b->call.status,
				    &b->call.child);

	fm_counting_reaped();
	return err ? err : pid;
}
