/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter trace: processes A and B, told over a socket each what to do. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "launch.h"
#include "trace.h"

enum { PATIENCE_MS = 10000 };

static char name_of(int who)
{
	return (char)('A' + who);
}

/* Waits for one answer. */
static int hear(const struct fm_trace_pair *pair, int who,
		struct fm_trace_reply *reply, struct fm_why *why)
{
	struct pollfd in = { .fd = pair->fd[who], .events = POLLIN };
	int ready = poll(&in, 1, PATIENCE_MS);
	ssize_t got;

	if (fm_launch_signal())
		return -EINTR;
	if (ready == 0)
		return fm_fail(why, ETIMEDOUT,
			       "process %c has not answered for %d s",
			       name_of(who), PATIENCE_MS / 1000);
	got = ready < 0 ? -1 : recv(in.fd, reply, sizeof(*reply), 0);
	if (got < 0)
		return fm_fail(why, errno, "process %c: %s", name_of(who),
			       strerror(errno));
	if (got != sizeof(*reply))
		return fm_fail(
			why, EPROTO,
			got ? "process %c makes no sense; was "
			      "forkmeter-worker built with this driver?" :
			      "process %c ended before its time",
			name_of(who));
	if (reply->err)
		return fm_fail(why, -reply->err, "process %c: %s", name_of(who),
			       strerror(-reply->err));
	return 0;
}

static int tell(const struct fm_trace_pair *pair, int who,
		const struct fm_trace_command *command, struct fm_why *why)
{
	if (send(pair->fd[who], command, sizeof(*command), MSG_NOSIGNAL) ==
	    sizeof(*command))
		return 0;
	return fm_fail(why, errno, "process %c: %s", name_of(who),
		       strerror(errno));
}

static int start_a(struct fm_trace_pair *pair, const struct fm_place *place,
		   const int *theirs, struct fm_why *why)
{
	struct fm_programs programs;
	char driver[16];
	char *argv[] = { "forkmeter-worker", "trace", driver, NULL };
	int err = fm_programs_find(&programs, why);
	pid_t pid;

	if (err)
		return err;
	snprintf(driver, sizeof(driver), "%d", (int)getpid());
	pid = fm_launch_start(programs.worker, argv, place, theirs[FM_TRACE_A],
			      theirs[FM_TRACE_B], why);
	if (pid < 0)
		return pid;
	pair->pid[FM_TRACE_A] = pid;
	return 0;
}

int fm_trace_begin(struct fm_trace_pair *pair, const struct fm_place *place,
		   struct fm_why *why)
{
	struct fm_trace_reply reply;
	int theirs[FM_TRACE_BOTH], ends[2], err = 0;

	*pair = (struct fm_trace_pair){ .fd = { -1, -1 } };
	for (int who = 0; who < FM_TRACE_BOTH; who++) {
		theirs[who] = -1;
		if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0,
			       ends) < 0) {
			err = fm_fail(why, errno, "no socket: %s",
				      strerror(errno));
			continue;
		}
		pair->fd[who] = ends[0];
		theirs[who] = ends[1];
	}
	if (!err)
		err = start_a(pair, place, theirs, why);
	for (int who = 0; who < FM_TRACE_BOTH; who++)
		if (theirs[who] >= 0)
			close(theirs[who]);
	if (!err)
		err = hear(pair, FM_TRACE_A, &reply, why);
	if (!err)
		memcpy(pair->at, reply.at, sizeof(pair->at));
	return err;
}

void fm_trace_end(struct fm_trace_pair *pair)
{
	for (int who = 0; who < FM_TRACE_BOTH; who++)
		if (pair->fd[who] >= 0)
			close(pair->fd[who]);
	if (!pair->pid[FM_TRACE_A])
		return;
	kill(-pair->pid[FM_TRACE_A], SIGKILL); /* B, too */
	fm_launch_reap(pair->pid[FM_TRACE_A], NULL);
}

int fm_trace_do(struct fm_trace_pair *pair, const struct fm_trace_touch *touch,
		struct fm_trace_reply *reply, struct fm_why *why)
{
	static const struct fm_trace_command reap = { .act = FM_TRACE_REAP };
	struct fm_trace_reply hello;
	int err = tell(pair, touch->who, &touch->command, why);

	if (!err && touch->command.act == FM_TRACE_EXIT) {
		/* Its memory is gone before its parent can reap it. */
		err = tell(pair, FM_TRACE_A, &reap, why);
		if (!err)
			err = hear(pair, FM_TRACE_A, reply, why);
		pair->pid[FM_TRACE_B] = 0;
		return err;
	}
	if (!err)
		err = hear(pair, touch->who, reply, why);
	if (!err && touch->command.act == FM_TRACE_FORK) {
		pair->pid[FM_TRACE_B] = reply->pid;
		err = hear(pair, FM_TRACE_B, &hello, why);
	}
	return err;
}
