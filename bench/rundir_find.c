/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The run that is meant: the one that is named, or the newest. */
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rundir.h"

/* The folder's own name, HOST/TIME's TIME, of a path to its plan.tsv. */
static const char *name_of(const char *plan, char *name, size_t size)
{
	const char *end = strrchr(plan, '/'), *at = end;

	while (at > plan && at[-1] != '/')
		at--;
	snprintf(name, size, "%.*s", (int)(end - at), at);
	return name;
}

/* Names with their numbers compared as numbers: ...Z before ...Z-2. */
static int is_later(const char *plan, const char *than)
{
	char a[256], b[256];

	return strverscmp(name_of(plan, a, sizeof(a)),
			  name_of(than, b, sizeof(b))) > 0;
}

/*
 * Two runs that are interleaved lie a folder deeper than others; where --out
 * put them here, their names say no date that could be compared.
 */
static int is_side(const char *plan)
{
	char name[256];

	name_of(plan, name, sizeof(name));
	return !strcmp(name, "base") || !strcmp(name, "new");
}

void fm_rundir_pattern(const char *dir, const char *file, char *pattern,
		       size_t size)
{
	size_t n = 0;

	for (; *dir && n + 32 < size; dir++) {
		if (strchr("*?[\\", *dir))
			pattern[n++] = '\\';
		pattern[n++] = *dir;
	}
	snprintf(pattern + n, size - n, "/%s", file);
}

static int has(const char *dir, const char *file)
{
	char path[PATH_MAX];

	return snprintf(path, sizeof(path), "%s/%s", dir, file) <
		       (int)sizeof(path) &&
	       access(path, R_OK) == 0;
}

static int is_run(const char *dir)
{
	return has(dir, "plan.tsv");
}

/* What was only planned, or copied in part, is no run that anybody means. */
static int is_measured(const char *plan)
{
	char dir[PATH_MAX];

	snprintf(dir, sizeof(dir), "%.*s", (int)(strrchr(plan, '/') - plan),
		 plan);
	return has(dir, "blocks.tsv") && has(dir, "machine.json");
}

/* Of those below dir that the pattern finds, if any is later than path's. */
static void take_newest(const char *dir, const char *below, char *path,
			size_t size)
{
	char pattern[PATH_MAX], best[PATH_MAX] = "";
	glob_t found = { 0 };

	fm_rundir_pattern(dir, below, pattern, sizeof(pattern));
	if (glob(pattern, 0, NULL, &found) == 0)
		for (size_t i = 0; i < found.gl_pathc; i++)
			if (!is_side(found.gl_pathv[i]) &&
			    is_measured(found.gl_pathv[i]) &&
			    (!*best || is_later(found.gl_pathv[i], best)))
				snprintf(best, sizeof(best), "%s",
					 found.gl_pathv[i]);
	globfree(&found);
	if (*best)
		snprintf(path, size, "%.*s", (int)(strrchr(best, '/') - best),
			 best);
}

/* Why nothing was found at that place. */
static int refuse(const char *arg, struct fm_why *why)
{
	struct stat st;

	if (has(arg, "base/plan.tsv"))
		return fm_fail(why, ENOENT,
			       "%.110s: two interleaved runs are there; name "
			       "one: %.110s/base or /new",
			       arg, arg);
	if (stat(arg, &st) == 0 && !S_ISDIR(st.st_mode))
		errno = ENOTDIR;
	else if (access(arg, R_OK | X_OK) == 0)
		return fm_fail(why, ENOENT,
			       "%.150s: no run is there, nor in its folders "
			       "(no readable plan.tsv)",
			       arg);
	return fm_fail(why, ENOENT, "%.150s: no run is there: %s", arg,
		       strerror(errno));
}

int fm_rundir_find(const char *arg, char *path, size_t size, struct fm_why *why)
{
	*path = '\0';
	if (arg && is_run(arg))
		snprintf(path, size, "%s", arg);
	else if (arg && !has(arg, "base/plan.tsv"))
		take_newest(arg, "*/plan.tsv", path, size);
	if (!*path && !(arg && has(arg, "base/plan.tsv")))
		take_newest(arg ? arg : fm_rundir_results(), "*/*/plan.tsv",
			    path, size);
	if (*path)
		return 0;
	if (arg)
		return refuse(arg, why);
	return fm_fail(why, ENOENT,
		       "no run under %.100s; measure one with forkmeter run, "
		       "or name its folder",
		       fm_rundir_results());
}

/* Of each plan.tsv that was found, in order, until fn returns other than 0. */
static int call_each(const glob_t *found, int with_sides, fm_rundir_fn *fn,
		     void *ctx, struct fm_why *why)
{
	char path[PATH_MAX];
	int err = 0;

	for (size_t i = 0; i < found->gl_pathc && !err; i++) {
		const char *plan = found->gl_pathv[i];

		if (!with_sides && is_side(plan))
			continue;
		snprintf(path, sizeof(path), "%.*s",
			 (int)(strrchr(plan, '/') - plan), plan);
		err = fn(path, ctx, why);
	}
	return err;
}

/* Those below dir that the pattern finds; found counts them. */
static int each_below(const char *dir, const char *below, int with_sides,
		      fm_rundir_fn *fn, void *ctx, size_t *n,
		      struct fm_why *why)
{
	char pattern[PATH_MAX];
	glob_t found = { 0 };
	int err = 0;

	fm_rundir_pattern(dir, below, pattern, sizeof(pattern));
	if (glob(pattern, 0, NULL, &found) == 0) {
		*n += found.gl_pathc;
		err = call_each(&found, with_sides, fn, ctx, why);
	}
	globfree(&found);
	return err;
}

/* The run that it is, or the runs in a folder, or in one of all machines. */
static int each_in(const char *dir, fm_rundir_fn *fn, void *ctx,
		   struct fm_why *why)
{
	size_t n = 0;
	int err;

	if (is_run(dir))
		return fn(dir, ctx, why);
	err = each_below(dir, "*/plan.tsv", 1, fn, ctx, &n, why);
	if (!err && !has(dir, "base/plan.tsv"))
		err = each_below(dir, "*/*/plan.tsv", 0, fn, ctx, &n, why);
	return err || n ? err : refuse(dir, why);
}

int fm_rundir_all(fm_rundir_fn *fn, void *ctx, struct fm_why *why)
{
	size_t n = 0;

	return each_below(fm_rundir_results(), "*/*/plan.tsv", 0, fn, ctx, &n,
			  why);
}

int fm_rundir_each(const char *arg, fm_rundir_fn *fn, void *ctx,
		   struct fm_why *why)
{
	char path[PATH_MAX];
	int err = 0;

	/* A name may hold commas itself. */
	if (!strchr(arg, ',') || is_run(arg))
		return each_in(arg, fn, ctx, why);
	for (const char *at = arg; *at && !err; at += *at == ',') {
		size_t n = strcspn(at, ",");

		snprintf(path, sizeof(path), "%.*s", (int)n, at);
		err = each_in(path, fn, ctx, why);
		at += n;
	}
	return err;
}
