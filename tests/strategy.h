/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of strategies share: a strategy on trial, and a patient child.
 */
#ifndef STRATEGY_H
#define STRATEGY_H

#include <stddef.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "pages.h"
#include "test.h"

enum { PAGES = 64, TIMEOUT_S = 60 };

/* A strategy, with the job that it is given and memory of that many pages. */
struct trial {
	const struct fm_strategy *s;
	struct fm_job job;
	struct fm_region mem;
	struct fm_settings settings;
};

/* As the worker does it: memory is told to the strategy when it is made. */
static inline void trial_fill(struct trial *t)
{
	static struct fm_plan_row point;
	struct fm_why why;

	fm_region_drop(&t->mem);
	fm_row_clear(&fm_plan_table, &point);
	CHECK(!fm_region_make(&t->mem, fm_backing_find("anon"), &point,
			      PAGES * fm_pages_base(), &why));
	fm_region_populate(&t->mem);
	CHECK(!t->s->prepare || !t->s->prepare(&t->job, &why));
}

/* A hang is a failure, so the alarm is left to kill us. 0: not on this machine.
 */
static inline int trial_begin(struct trial *t,
			      const struct fm_strategy_row *row)
{
	static char *argv[] = { "forkmeter-target", NULL };
	static char *envp[] = { NULL };
	struct fm_why why = { "" };

	*t = (struct trial){ .s = row->ops };
	t->job.argv = argv;
	t->job.envp = envp;
	t->job.path = "./forkmeter-target";
	t->job.mem = &t->mem;
	alarm(TIMEOUT_S);
	if (t->s->offer && t->s->offer(&t->settings, &why)) {
		CHECK(*why.text);
		printf("skip %s: %s\n", row->name, why.text);
		return 0;
	}
	printf("strategy %s\n", row->name);
	t->job.shared = fm_shared_make();
	CHECK(!fm_settings_push(&t->settings, &why));
	return 1;
}

static inline void trial_end(struct trial *t)
{
	struct fm_why why;

	fm_region_drop(&t->mem);
	CHECK(!fm_settings_pop(&why));
	munmap(t->job.shared, sizeof(*t->job.shared));
}

static inline pid_t trial_spawn(const struct trial *t)
{
	return t->s->spawn(&t->job);
}

/* How it ended. There is no other child that has. */
static inline int trial_reap(const struct trial *t, pid_t pid)
{
	struct rusage used = { 0 };
	int status = -1;

	CHECK(pid > 0);
	if (t->s->caps & FM_REAPS) /* already */
		CHECK(waitpid(-1, NULL, WNOHANG) <= 0);
	CHECK(!fm_reap(t->s, pid, &status, &used));
	CHECK(waitpid(-1, NULL, WNOHANG) <= 0);
	return status;
}

static inline int is_well(int status)
{
	return WIFEXITED(status) && WEXITSTATUS(status) == FM_CHILD_STATUS;
}

/* Made before any strategy is prepared, so that a server has it, too. */
static int go[2];

/* Until the parent, which therefore has returned from the call, says so. */
static inline void wait_for_parent(const struct fm_job *job)
{
	char byte;

	(void)job;
	alarm(TIMEOUT_S);
	_exit(read(go[0], &byte, 1) == 1 ? FM_CHILD_STATUS : 1);
}

#endif
