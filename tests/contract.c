/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The contract of each plug-in, over the registry: a strategy delivers the
 * exit status, leaves no zombie, descriptor or mapping behind and shares or
 * separates memory as its capabilities say, and returns when they say; a
 * backing proves its claim and refuses a false one. Workloads are run for real
 * by run.sh.
 */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "pages.h"
#include "test.h"

static volatile int seen;

static void write_and_exit(const struct fm_job *job)
{
	(void)job;
	seen = 1;
	_exit(FM_CHILD_STATUS);
}

static int go[2];

/* Until the parent, which therefore has returned from the call, closes go. */
static void wait_for_parent(const struct fm_job *job)
{
	char byte;

	(void)job;
	close(go[1]);
	alarm(10);
	_exit(read(go[0], &byte, 1) == 0 ? FM_CHILD_STATUS : 1);
}

/* A strategy that does not claim to return late returns while the child lives.
 */
static void returns_at_once(const struct fm_strategy *s, struct fm_job *job)
{
	int status = 0;
	pid_t pid;

	CHECK(!pipe(go));
	job->child = wait_for_parent;
	pid = s->spawn(job);
	close(go[1]);
	close(go[0]);
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == FM_CHILD_STATUS);
}

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

static void spawn_and_reap(const struct fm_strategy *s,
			   const struct fm_job *job)
{
	int fds = descriptors(), status = 0;
	uint64_t vmas = mappings();
	pid_t pid = s->spawn(job);

	CHECK(pid > 0);
	if (job->child == write_and_exit && (s->caps & FM_RETURNS_LATE))
		CHECK(seen); /* the child was through before the call was */
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == FM_CHILD_STATUS);
	CHECK(waitpid(-1, &status, WNOHANG) == -1 && errno == ECHILD);
	CHECK(descriptors() == fds);
	CHECK(mappings() == vmas);
}

static void strategy(const char *name, const struct fm_strategy *s)
{
	static char *argv[] = { "forkmeter-target", NULL };
	static char *envp[] = { NULL };
	struct fm_job job = { .path = "./forkmeter-target",
			      .argv = argv,
			      .envp = envp };
	struct fm_why why;

	if (s->offer && s->offer(&why)) {
		printf("skip %s: %s\n", name, why.text);
		return;
	}
	printf("strategy %s\n", name);
	CHECK(s->summary && s->spawn);
	CHECK(!(s->caps & FM_OWN_MEMORY) || (s->caps & FM_RUNS_CODE));
	for (int twice = 0; twice < 2 && (s->caps & FM_RUNS_CODE); twice++) {
		seen = 0;
		job.child = write_and_exit;
		spawn_and_reap(s, &job);
		CHECK(seen == !(s->caps & FM_OWN_MEMORY));
	}
	if ((s->caps & FM_OWN_MEMORY) && !(s->caps & FM_RETURNS_LATE))
		returns_at_once(s, &job);
#ifdef HAVE_TARGET
	job.child = fm_child_find("exec")->run;
	spawn_and_reap(s, &job);
	spawn_and_reap(s, &job);
	if (!(s->caps & FM_RUNS_CODE)) { /* a failure must be told */
		job.path = "/nonexistent";
		CHECK(s->spawn(&job) == -ENOENT);
	}
#endif
}

static void backing(const char *name, const struct fm_backing *b)
{
	size_t bytes = b->unit ? 4 * b->unit() : 0;
	struct fm_region r;
	struct fm_why why = { "" };
	uint64_t vmas;
	int err;

	if (b->offer && b->offer(&why)) {
		printf("skip %s: %s\n", name, why.text);
		return;
	}
	printf("backing %s\n", name);
	vmas = mappings();
	CHECK(!fm_region_make(&r, b, bytes, &why));
	if (bytes) {
		CHECK(b->prove(&r, &why)); /* nothing is there yet */
		CHECK(*why.text);
	}
	fm_region_populate(&r);
	err = b->prove(&r, &why);
	if (fm_err_is_skip(err))
		printf("skip %s: %s\n", name, why.text);
	else
		CHECK(!err);
	fm_region_drop(&r);
	CHECK(mappings() == vmas);
}

/* The proof must see through memory that is not what it is called. */
static void false_claims(void)
{
	const struct fm_backing *anon = fm_backing_find("anon");
	const struct fm_backing *thp = fm_backing_find("thp");
	struct fm_region r;
	struct fm_why why;

	if (!fm_pages_huge() || (thp->offer && thp->offer(&why))) {
		printf("skip false claims: no huge pages here\n");
		return;
	}
	CHECK(!fm_region_make(&r, anon, 2 * fm_pages_huge(), &why));
	fm_region_populate(&r);
	CHECK(thp->prove(&r, &why) && strstr(why.text, "huge"));
	fm_region_drop(&r);
	CHECK(!fm_region_make(&r, thp, 2 * fm_pages_huge(), &why));
	fm_region_populate(&r);
	if (thp->prove(&r, &why))
		printf("skip a false claim of anon: %s\n", why.text);
	else
		CHECK(anon->prove(&r, &why) && strstr(why.text, "huge"));
	madvise(r.base, r.bytes, MADV_DONTNEED);
	CHECK(thp->prove(&r, &why));
	fm_region_drop(&r);
}

/* Names are the files' names: no two alike, none empty. */
static void names(void)
{
	for (const struct fm_strategy_row *r = fm_strategies; r->name; r++)
		CHECK(fm_strategy_find(r->name) == r->ops);
	for (const struct fm_backing_row *r = fm_backings; r->name; r++)
		CHECK(fm_backing_find(r->name) == r->ops);
	for (const struct fm_workload_row *r = fm_workloads; r->name; r++) {
		CHECK(fm_workload_find(r->name) == r->ops);
		CHECK(r->ops->summary && r->ops->run && r->ops->check);
	}
	CHECK(!fm_strategy_find("") && !fm_child_find("nothing"));
}

int main(void)
{
	names();
	for (const struct fm_strategy_row *r = fm_strategies; r->name; r++)
		strategy(r->name, r->ops);
	for (const struct fm_backing_row *r = fm_backings; r->name; r++)
		backing(r->name, r->ops);
	false_claims();
	return test_end();
}
