/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the driver tells a process of the lab on Linux, and its answer. */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lab_actor.h"

enum { ANSWER_MS = 20000 };

/* A descriptor that polls as readable once the process is dead, or -1. */
static int watch(long pid)
{
#ifdef SYS_pidfd_open
	return pid > 0 ? (int)syscall(SYS_pidfd_open, pid, 0) : -1;
#else
	(void)pid;
	return -1;
#endif
}

static int was_killed(const struct fm_lab_linux *lab)
{
	return lab->group && fm_lab_cgroup_kills(lab->group) > lab->kills;
}

int fm_lab_hear(const struct fm_lab_linux *lab, int process,
		struct fm_lab_report *report, struct fm_why *why)
{
	int dead = watch(lab->pid[process]);
	struct pollfd wait[] = { { .fd = lab->us[process], .events = POLLIN },
				 { .fd = dead, .events = POLLIN } };
	int n;

	do {
		n = poll(wait, 2, ANSWER_MS);
	} while (n < 0 && errno == EINTR);
	if (dead >= 0)
		close(dead);
	if (recv(lab->us[process], report, sizeof(*report), MSG_DONTWAIT) ==
	    sizeof(*report))
		return 0;
	if (was_killed(lab))
		return fm_fail(why, ENOMEM,
			       "the kernel killed %c: the limit is reached",
			       'A' + process);
	return fm_fail(why, n ? EPIPE : ETIMEDOUT,
		       n ? "process %c died" : "process %c does not answer",
		       'A' + process);
}

int fm_lab_ask(const struct fm_lab_linux *lab, int process,
	       const struct fm_lab_order *order, struct fm_lab_report *report,
	       struct fm_why *why)
{
	int err;

	if (send(lab->us[process], order, sizeof(*order), MSG_NOSIGNAL) !=
	    sizeof(*order))
		return fm_fail(why, errno, "process %c is not there",
			       'A' + process);
	err = fm_lab_hear(lab, process, report, why);
	if (!err && report->err)
		return fm_fail(why, -report->err, "process %c: %s",
			       'A' + process, strerror(-report->err));
	return err;
}
