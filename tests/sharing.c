/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What strategies do about memory: each shares, separates or copies it as its
 * capabilities say, which is seen by whose writes are seen, and by whose first
 * writes are faults.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>

#include "pagemap.h"
#include "strategy.h"

static int ready[2];
static volatile int seen, later;
static struct fm_touch walk;

static void claims(const struct fm_strategy *s)
{
	unsigned int c = s->caps;

	CHECK(!(c & FM_OWN_MEMORY) || (c & FM_RUNS_CODE));
	CHECK(!(c & (FM_COPIES | FM_CHILD_COPIES)) || (c & FM_OWN_MEMORY));
	CHECK(!(c & FM_IN_SERVER) || !(c & FM_OWN_MEMORY));
	CHECK(!(c & FM_IS_THREAD) || !(c & FM_RUNS_CODE));
}

static void write_and_exit(const struct fm_job *job)
{
	job->shared->exec_ns = (uint64_t)later;
	seen = 1;
	_exit(FM_CHILD_STATUS);
}

static void write_and_return(const struct fm_job *job)
{
	job->shared->exec_ns = (uint64_t)later;
	seen = 1;
}

/* The child's write is seen by us where it has our memory, or a server's. Ours
 * before the call is seen by the child, but not by a server's.
 */
static void shares(struct trial *t)
{
	pid_t pid;

	t->job.child = write_and_exit;
	t->job.thread = write_and_return;
	for (int i = 0; i < 2; i++) {
		seen = 0;
		later = 1;
		t->job.shared->exec_ns = 99;
		pid = trial_spawn(t);
		if (t->s->caps & FM_RETURNS_LATE)
			CHECK(seen); /* it was through before the call was */
		CHECK(is_well(trial_reap(t, pid)));
		CHECK(seen == !(t->s->caps & (FM_OWN_MEMORY | FM_IN_SERVER)));
		CHECK(t->job.shared->exec_ns == !(t->s->caps & FM_IN_SERVER));
	}
	later = 0;
}

/* Counts its faults, and keeps its copy until the parent has counted, too. */
static void touch_and_wait(const struct fm_job *job)
{
	fm_window_run(&walk, &job->shared->window, NULL);
	if (write(ready[1], "", 1) == 1)
		wait_for_parent(job);
	_exit(1);
}

/* The first writes of child and then parent; are they faults? */
static void copies(struct trial *t)
{
	unsigned int caps = t->s->caps;
	const struct fm_window *its = &t->job.shared->window;
	struct fm_window ours;
	char byte;
	pid_t pid;

	t->job.child = touch_and_wait;
	walk = (struct fm_touch){ .base = t->mem.base,
				  .pages = PAGES,
				  .count = PAGES,
				  .unit = 1,
				  .access = FM_WRITE_ONE,
				  .threads = 1 };
	pid = trial_spawn(t);
	CHECK(read(ready[0], &byte, 1) == 1);
	fm_window_run(&walk, &ours, NULL);
	CHECK(write(go[1], "", 1) == 1);
	CHECK(is_well(trial_reap(t, pid)));
	if (caps & (FM_COPIES | FM_CHILD_COPIES))
		CHECK(its->minflt == 0);
	else
		CHECK(its->minflt >= PAGES);
	if (caps & FM_COPIES)
		CHECK(ours.minflt == 0);
	else
		CHECK(ours.minflt >= PAGES);
}

/* Is the child's last page its own when the call is over? */
static void copies_within_the_call(struct trial *t)
{
	const char *last = t->mem.base + t->mem.bytes - fm_pages_base();
	struct fm_pagemap_entry page;
	pid_t pid;

	t->job.child = wait_for_parent;
	pid = trial_spawn(t);
	CHECK(!fm_pagemap_read(pid, last, &page) && page.present);
	CHECK(page.exclusive == !!(t->s->caps & (FM_COPIES | FM_CHILD_COPIES)));
	CHECK(write(go[1], "", 1) == 1);
	CHECK(is_well(trial_reap(t, pid)));
}

/* A child that dies over its copy must not keep the parent waiting. */
static void copy_fails(struct trial *t)
{
	struct fm_region gone = t->mem;
	int status;

	gone.base = mmap(NULL, gone.bytes, PROT_NONE,
			 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(!munmap(gone.base, gone.bytes));
	t->job.mem = &gone;
	status = trial_reap(t, trial_spawn(t));
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 127);
	t->job.mem = &t->mem;
}

/* A server lives as long as who could ask, however he ends. */
static void server_ends(const struct trial *t)
{
	struct pollfd end = { .events = POLLIN };
	int alive[2], status;
	pid_t pid;

	CHECK(!pipe(alive));
	pid = fork();
	if (pid == 0) {
		dup2(alive[1], STDIN_FILENO); /* which no server closes */
		for (int fd = STDERR_FILENO + 1; fd < 100; fd++)
			close(fd);
		if (t->s->prepare(&t->job, NULL))
			_exit(1);
		kill(getpid(), SIGKILL);
	}
	close(alive[1]);
	end.fd = alive[0];
	CHECK(poll(&end, 1, TIMEOUT_S * 1000) == 1 && (end.revents & POLLHUP));
	close(alive[0]);
	CHECK(waitpid(pid, &status, 0) == pid && WIFSIGNALED(status));
}

static void strategy(const struct fm_strategy_row *row)
{
	struct trial t;

	claims(row->ops);
	if (!trial_begin(&t, row))
		return;
	if (t.s->caps & FM_IN_SERVER)
		server_ends(&t);
	CHECK(!t.s->prepare || !t.s->prepare(&t.job, NULL));
	trial_fill(&t);
	if (t.s->caps & (FM_RUNS_CODE | FM_IS_THREAD))
		shares(&t);
	for (int i = 0; i < 2 && (t.s->caps & FM_OWN_MEMORY); i++) {
		trial_fill(&t); /* at the same place, as a rule */
		if (!t.s->reap) /* so that we know its pid */
			copies_within_the_call(&t);
		copies(&t);
	}
	if (t.s->caps & FM_CHILD_COPIES)
		copy_fails(&t);
	trial_end(&t);
}

int main(void)
{
	CHECK(!pipe(go) && !pipe(ready));
	for (const struct fm_strategy_row *r = fm_strategies; r->name; r++)
		strategy(r);
	return test_end();
}
