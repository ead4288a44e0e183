/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Children that park while somebody writes to the memory that they share. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "family.h"
#include "file.h"

/* A cold page may cost 12 us: 1 GiB takes a virtual machine three seconds. */
enum { PARK_MS = 2000, PARK_MS_PER_MIB = 16, PARK_TRIES = 1000000 };

/*
 * Two pipes: a parked process writes its number to ready, and reads from go
 * until that ends.
 */
static int ready[2], go[2];
static pid_t child[FM_FAMILY_MAX];
static int children, parked;

/* What the process that is being made shall do. */
static void (*act)(const struct fm_job *job);
static int generations_left, parks;

static const struct fm_strategy *strategy;

int fm_family_setup(struct fm_block *b, struct fm_why *why)
{
	if (pipe2(ready, O_CLOEXEC) < 0)
		return fm_fail(why, errno, "no pipe for the children");
	strategy = b->strategy;
	return 0;
}

/*
 * Without our end of the pipe that it waits on, so that the worker's death
 * ends it too: PR_SET_PDEATHSIG would not have been inherited.
 */
static void park(void)
{
	pid_t me = getpid();
	char byte;

	if (write(ready[1], &me, sizeof(me)) != sizeof(me) ||
	    read(go[0], &byte, 1) != 0)
		_exit(127);
}

/* An ancestor ends when the next generation has, and as it did. */
static void end_after(pid_t next)
{
	struct rusage usage;
	int status;

	if (fm_reap(strategy, next, &status, &usage))
		_exit(127);
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 127);
}

static void live(const struct fm_job *job)
{
	pid_t next;

	close(go[1]);
	if (generations_left-- > 1) {
		next = strategy->spawn(job);
		if (next < 0)
			_exit(127);
		end_after(next);
	}
	if (act)
		act(job);
	if (parks)
		park();
	_exit(FM_CHILD_STATUS);
}

pid_t fm_family_spawn(struct fm_block *b, void (*does)(const struct fm_job *),
		      int park_after)
{
	int generations =
		*b->point->generations ? atoi(b->point->generations) : 1;
	pid_t pid;

	if (!children && pipe2(go, O_CLOEXEC) < 0)
		return -errno;
	act = does;
	parks = park_after;
	generations_left = generations;
	b->job.child = live;
	pid = strategy->spawn(&b->job);
	if (pid > 0) {
		child[children++] = pid;
		parked += park_after;
	}
	return pid;
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

int fm_family_await(struct fm_block *b)
{
	struct pollfd poll_ready = { .fd = ready[0], .events = POLLIN };
	int ms = PARK_MS + (int)(b->mem.bytes >> 20) * PARK_MS_PER_MIB;
	uint64_t tries = 0;
	pid_t pid;

	for (; parked; parked--) {
		if (poll(&poll_ready, 1, ms) != 1 ||
		    read(ready[0], &pid, sizeof(pid)) != sizeof(pid))
			return -ETIMEDOUT;
		while (!sleeps(pid))
			if (++tries > PARK_TRIES)
				return -ETIMEDOUT;
			else
				sched_yield();
	}
	return 0;
}

int fm_family_end(struct fm_block *b, struct fm_sample *s, struct fm_why *why)
{
	struct rusage usage = { 0 };
	int status, err = 0;

	if (children) {
		close(go[1]);
		close(go[0]);
	}
	for (; children; children--) {
		int reaped = fm_reap(b->strategy, child[children - 1], &status,
				     &usage);

		if (reaped)
			err = fm_fail(why, -reaped, "waiting for a child: %s",
				      strerror(-reaped));
		else
			fm_sample_reaped(s, status, &usage);
	}
	parked = 0;
	return err;
}
