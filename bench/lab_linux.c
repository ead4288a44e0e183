/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lab's stage that is Linux: real processes, and what the kernel says. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab.h"
#include "lab_actor.h"
#include "pages.h"

static void reap(long pid)
{
	while (waitpid((pid_t)pid, NULL, 0) < 0 && errno == EINTR)
		;
}

static int open_sockets(struct fm_lab_linux *lab, struct fm_why *why)
{
	for (int p = 0; p < FM_LAB_PROCESSES; p++) {
		int pair[2];

		if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0,
			       pair) < 0)
			return fm_fail(why, errno, "no sockets");
		lab->us[p] = pair[0];
		lab->them[p] = pair[1];
	}
	return 0;
}

static void start_actor(struct fm_lab_linux *lab, pid_t parent)
{
	struct fm_lab_actor actor = { .views = lab->views };

	for (int p = 0; p < FM_LAB_PROCESSES; p++) {
		actor.socket[p] = lab->them[p];
		close(lab->us[p]);
	}
	fm_lab_actor_begin(&actor, parent, lab->group);
}

static int begin(void *self, const struct fm_lab_views *views,
		 struct fm_why *why)
{
	struct fm_lab_linux *lab = self;
	struct fm_lab_report report;
	pid_t pid, driver = getpid();
	int err;

	lab->views = views;
	memset(lab->us, -1, sizeof(lab->us));
	memset(lab->them, -1, sizeof(lab->them));
	err = open_sockets(lab, why);
	if (err)
		return err;
	if (lab->group) {
		lab->usage_kib = fm_lab_cgroup_usage_kib(lab->group);
		lab->kills = fm_lab_cgroup_kills(lab->group);
	}
	/* Whom B leaves behind when it dies before C, we reap. */
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	pid = fork();
	if (pid == 0)
		start_actor(lab, driver);
	if (pid < 0)
		return fm_fail(why, errno, "no process");
	lab->pid[0] = pid;
	lab->processes = 1;
	err = fm_lab_hear(lab, 0, &report, why);
	if (!err && report.err)
		err = fm_fail(why, -report.err, "process A could not begin: %s",
			      strerror(-report.err));
	return err;
}

static int do_fork(struct fm_lab_linux *lab, const struct fm_lab_step *step,
		   struct fm_why *why)
{
	struct fm_lab_order order = { .what = step->what,
				      .child = step->child };
	struct fm_lab_report report;
	int err = fm_lab_ask(lab, step->process, &order, &report, why);

	if (err)
		return err;
	lab->pid[step->child] = report.pid;
	lab->parent[step->child] = step->process;
	lab->processes++;
	return 0;
}

/* Its parent reaps the process: then all of its memory is back. */
static int do_exit(struct fm_lab_linux *lab, int process, struct fm_why *why)
{
	struct fm_lab_order leave = { .what = FM_LAB_EXIT };
	struct fm_lab_order take = { .what = FM_LAB_REAP,
				     .pid = lab->pid[process] };
	struct fm_lab_report report;
	int err = 0;

	if (send(lab->us[process], &leave, sizeof(leave), MSG_NOSIGNAL) < 0)
		return fm_fail(why, errno, "process %c is not there",
			       'A' + process);
	if (process)
		err = fm_lab_ask(lab, lab->parent[process], &take, &report,
				 why);
	else
		reap(lab->pid[0]);
	if (!err) {
		lab->pid[process] = 0;
		lab->processes--;
	}
	return err;
}

static int do_write(struct fm_lab_linux *lab, const struct fm_lab_step *step,
		    unsigned char byte, struct fm_lab_seen *seen,
		    struct fm_why *why)
{
	size_t eighth = lab->views->pages / 8;
	struct fm_lab_order order = { .what = step->what,
				      .from = eighth * step->from,
				      .to = eighth * step->to,
				      .byte = byte };
	struct fm_lab_report report = { 0 };
	int err = fm_lab_ask(lab, step->process, &order, &report, why);

	seen->faults = report.faults;
	return err;
}

/* Each process says its proportional share: their sum is the frames. */
static int look(struct fm_lab_linux *lab, struct fm_lab_seen *seen,
		struct fm_why *why)
{
	uint64_t kib = 0, page_kib = fm_pages_base() / 1024;

	for (int p = 0; p < FM_LAB_PROCESSES; p++) {
		struct fm_lab_order order = { .what = FM_LAB_LOOK };
		struct fm_lab_report report;
		int err = lab->pid[p] ?
				  fm_lab_ask(lab, p, &order, &report, why) :
				  0;

		if (err)
			return err;
		if (!lab->pid[p])
			continue;
		kib += report.pss_kib;
		seen->wrong += report.wrong;
	}
	/* Each share is rounded down to KiB, so the sum is at most 3 short. */
	seen->frames = (kib + FM_LAB_PROCESSES) / page_kib;
	return 0;
}

/*
 * How far the cgroup's usage may be from the frames: the kernel charges a
 * processor's next 64 pages at once, and each process needs page tables and a
 * kernel stack, too.
 */
static uint64_t tolerance_kib(const struct fm_lab_linux *lab)
{
	uint64_t page_kib = fm_pages_base() / 1024;
	uint64_t tables = lab->views->pages / (fm_pages_base() / 8) + 16;

	return 2 * 64 * page_kib + lab->processes * (tables * page_kib + 256);
}

/* Whether the cgroup is charged for these frames, and little else. */
static int weigh(struct fm_lab_linux *lab, struct fm_lab_seen *seen,
		 struct fm_why *why)
{
	uint64_t want = seen->frames * (fm_pages_base() / 1024);
	uint64_t may = tolerance_kib(lab), off;

	seen->usage_kib =
		fm_lab_cgroup_settle(lab->group, lab->usage_kib, want, may);
	off = seen->usage_kib > want ? seen->usage_kib - want :
				       want - seen->usage_kib;
	if (off > lab->most_off_kib)
		lab->most_off_kib = off;
	if (off <= may)
		return 0;
	return fm_fail(why, ERANGE,
		       "the cgroup is charged %ju KiB for %ju KiB of frames",
		       (uintmax_t)seen->usage_kib, (uintmax_t)want);
}

static int act(void *self, const struct fm_lab_step *step, unsigned char byte,
	       struct fm_lab_seen *seen, struct fm_why *why)
{
	struct fm_lab_linux *lab = self;
	int err;

	if (step->what == FM_LAB_FORK)
		err = do_fork(lab, step, why);
	else if (step->what == FM_LAB_EXIT)
		err = do_exit(lab, step->process, why);
	else
		err = do_write(lab, step, byte, seen, why);
	if (!err)
		err = look(lab, seen, why);
	if (!err && lab->group)
		err = weigh(lab, seen, why);
	return err;
}

/* B and C come to us when A, who has not reaped them, is dead. */
static int end(void *self, struct fm_why *why)
{
	struct fm_lab_linux *lab = self;
	struct fm_lab_seen seen = { 0 };

	for (int p = 0; p < FM_LAB_PROCESSES; p++) {
		if (!lab->pid[p])
			continue;
		kill((pid_t)lab->pid[p], SIGKILL);
		reap(lab->pid[p]);
		lab->pid[p] = 0;
	}
	for (int p = 0; p < FM_LAB_PROCESSES; p++) {
		close(lab->us[p]);
		close(lab->them[p]);
	}
	prctl(PR_SET_CHILD_SUBREAPER, 0);
	lab->processes = 0;
	return lab->group ? weigh(lab, &seen, why) : 0;
}

void fm_lab_linux_stage(struct fm_lab_linux *lab,
			const struct fm_lab_cgroup *group, size_t limit,
			struct fm_lab_stage *stage)
{
	*lab = (struct fm_lab_linux){ .group = group };
	*stage = (struct fm_lab_stage){
		.on = "Linux",
		.policy = "copy-on-write",
		.has_usage = group != NULL,
		.frames = group ? limit / fm_pages_base() : SIZE_MAX,
		.self = lab,
		.begin = begin,
		.act = act,
		.end = end,
	};
}
