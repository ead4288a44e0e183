/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The contract of each strategy, over the registry: it delivers how the child
 * ended, leaves no zombie, descriptor or mapping behind, returns when its
 * capabilities say, and tells failures. What it does about memory: sharing.c.
 */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "strategy.h"

static int descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	int n = 0;

	while (dir && readdir(dir))
		n++;
	if (dir)
		closedir(dir);
	return n;
}

static uint64_t mappings(void)
{
	struct fm_pages_process process = { 0 };

	fm_pages_process(&process);
	return process.vmas;
}

/* Nothing but what the first time leaves, for good: a library's caches. */
static void leaves_nothing(const struct trial *t)
{
	uint64_t vmas;
	int fds;

	CHECK(is_well(trial_reap(t, trial_spawn(t))));
	fds = descriptors();
	vmas = mappings();
	for (int i = 0; i < 3; i++)
		CHECK(is_well(trial_reap(t, trial_spawn(t))));
	CHECK(descriptors() == fds);
	CHECK(mappings() == vmas);
}

/* One who does not claim to return late returns while the child lives. */
static void returns_at_once(struct trial *t)
{
	pid_t pid;

	t->job.child = wait_for_parent;
	pid = trial_spawn(t);
	if (!(t->s->caps & (FM_OWN_MEMORY | FM_IN_SERVER)))
		CHECK(trial_spawn(t) == -EBUSY); /* the stack is taken */
	CHECK(write(go[1], "", 1) == 1);
	CHECK(is_well(trial_reap(t, pid)));
}

static void kill_itself(const struct fm_job *job)
{
	(void)job;
	kill(getpid(), SIGKILL);
}

static void tells_signals(struct trial *t)
{
	int status;

	t->job.child = kill_itself;
	status = trial_reap(t, trial_spawn(t));
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

#ifdef HAVE_TARGET
/* The target by a name that needs quoting, or searching, with care. */
static char folder[] = "/tmp/forkmeter-XXXXXX", odd_path[PATH_MAX];

static void make_odd_path(void)
{
	char target[PATH_MAX];

	CHECK(mkdtemp(folder) && realpath("forkmeter-target", target));
	snprintf(odd_path, sizeof(odd_path), "%s/it's $(a) target", folder);
	CHECK(!symlink(target, odd_path));
}

static void drop_odd_path(void)
{
	CHECK(!unlink(odd_path) && !rmdir(folder));
}

/*
 * Where it is a process that we know by its number. An exec lets the caller go
 * when it leaves the caller's memory, a little before it takes the new one: on
 * one processor the caller may run in between.
 */
static void is_another_program(pid_t pid)
{
	char ours[PATH_MAX] = "", its[PATH_MAX], link[32];
	int is_ours = 1, looks = sysconf(_SC_NPROCESSORS_ONLN) > 1 ? 1 : 100;

	snprintf(link, sizeof(link), "/proc/%d/exe", (int)pid);
	CHECK(readlink("/proc/self/exe", ours, sizeof(ours) - 1) > 0);
	while (is_ours && looks--) {
		memset(its, 0, sizeof(its));
		is_ours = readlink(link, its, sizeof(its) - 1) >= 0 &&
			  !strcmp(ours, its);
		if (is_ours && looks)
			usleep(1000);
	}
	CHECK(!is_ours);
}

static void execs(struct trial *t)
{
	struct rusage used = { 0 };
	int status = -1;
	pid_t pid;

	t->job.child = fm_child_find("exec")->run;
	leaves_nothing(t);
	pid = trial_spawn(t);
	if (!t->s->reap && (t->s->caps & FM_RETURNS_LATE))
		is_another_program(pid);
	CHECK(!fm_reap(t->s, pid, &status, &used) && is_well(status));
	CHECK(used.ru_minflt); /* -1 where nobody tells */
}

/* By the call, or by a child that ends otherwise than it should. */
static void tells_failure(struct trial *t)
{
	const struct rusage used = { 0 };
	struct fm_sample sample;
	struct fm_why why;
	pid_t pid;

	t->job.path = "/nonexistent/program";
	CHECK(!t->s->prepare || !t->s->prepare(&t->job, &why));
	pid = trial_spawn(t);
	if (pid == -ENOENT)
		return;
	fm_row_clear(&fm_sample_table, &sample);
	fm_sample_reaped(&sample, trial_reap(t, pid), &used);
	CHECK(!strcmp(sample.marks, "failed:child ended with 127"));
}
#endif

static void strategy(const struct fm_strategy_row *row)
{
	struct trial t;

	CHECK(row->ops->summary && row->ops->spawn);
	CHECK(!(row->ops->caps & FM_REAPS) ||
	      (row->ops->caps & FM_RETURNS_LATE));
	if (!trial_begin(&t, row))
		return;
#ifdef HAVE_TARGET
	t.job.path = odd_path;
#endif
	CHECK(!t.s->prepare || !t.s->prepare(&t.job, NULL));
	trial_fill(&t);
	t.job.child = fm_child_find("exit")->run;
	if (t.s->caps & (FM_RUNS_CODE | FM_IS_THREAD))
		leaves_nothing(&t);
	if ((t.s->caps & FM_RUNS_CODE) && !(t.s->caps & FM_RETURNS_LATE))
		returns_at_once(&t);
	if (t.s->caps & FM_RUNS_CODE)
		tells_signals(&t);
#ifdef HAVE_TARGET
	if (!(t.s->caps & FM_IS_THREAD)) {
		execs(&t);
		tells_failure(&t);
	}
#endif
	trial_end(&t);
}

/* What posix_spawn_actions says it does, asked of the shell that it starts. */
static void actions(void)
{
	static char *argv[] = {
		"sh", "-c",
		"[ \"$(readlink /proc/self/fd/0)\" = /dev/null ] &&"
		"[ \"$(cut -d' ' -f5 /proc/$$/stat)\" = $$ ] && exit 42",
		NULL
	};
	static char *envp[] = { "PATH=/usr/bin:/bin", NULL };
	struct trial t = {
		.s = fm_strategy_find("posix_spawn_actions"),
		.job = { .path = "/bin/sh", .argv = argv, .envp = envp },
	};

	CHECK(is_well(trial_reap(&t, trial_spawn(&t))));
	t.s = fm_strategy_find("posix_spawn");
	CHECK(!is_well(trial_reap(&t, trial_spawn(&t))));
}

/* posix_spawnp really searches: without its PATH it finds nothing. */
static void search(void)
{
	static char *argv[] = { "true", NULL };
	static char *nowhere[] = { "PATH=/nonexistent", NULL };
	struct trial t = {
		.s = fm_strategy_find("posix_spawnp"),
		.job = { .path = "/bin/true", .argv = argv, .envp = argv + 1 },
	};
	struct fm_why why;

	CHECK(!t.s->prepare(&t.job, &why));
	CHECK(trial_reap(&t, trial_spawn(&t)) == 0);
	environ = nowhere;
	CHECK(trial_spawn(&t) == -ENOENT);
}

static void quoting(void)
{
	static const char right[] = "'/it'\\''s/$x' 'a b'";
	static char *argv[] = { "x", "a b", NULL };
	const struct fm_job job = { .path = "/it's/$x", .argv = argv };
	struct fm_why why = { "" };
	char command[64];

	CHECK(!fm_job_command(&job, command, sizeof(right), &why));
	CHECK(!strcmp(command, right));
	CHECK(!*why.text);
	for (size_t size = 1; size < sizeof(right); size++)
		CHECK(fm_job_command(&job, command, size, &why) == -E2BIG);
	CHECK(*why.text);
}

/*
 * The driver asks before each block, and Ctrl-C must reach it meanwhile: no
 * child is waited for, as system(3) does with SIGINT ignored.
 */
static void offers(void)
{
	struct fm_settings settings = { .n = 0 };
	struct fm_why why = { "" };
	struct rusage before, after;

	CHECK(!getrusage(RUSAGE_CHILDREN, &before));
	for (const struct fm_strategy_row *r = fm_strategies; r->name; r++)
		if (r->ops->offer)
			CHECK(!r->ops->offer(&settings, &why) || *why.text);
	CHECK(!getrusage(RUSAGE_CHILDREN, &after));
	CHECK(before.ru_minflt == after.ru_minflt);
}

int main(void)
{
	CHECK(!pipe(go));
	offers();
#ifdef HAVE_TARGET
	make_odd_path();
#endif
	for (const struct fm_strategy_row *r = fm_strategies; r->name; r++)
		strategy(r);
#ifdef HAVE_TARGET
	drop_odd_path();
#endif
	actions();
	search();
	quoting();
	return test_end();
}
