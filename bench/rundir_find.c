/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The run that is meant: the one that is named, or the newest. */
#include <errno.h>
#include <glob.h>
#include <string.h>
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

int fm_rundir_find(const char *arg, char *path, size_t size, struct fm_why *why)
{
	char pattern[PATH_MAX];
	const char *newest = NULL;
	glob_t found = { 0 };

	if (arg) {
		snprintf(path, size, "%s", arg);
		snprintf(pattern, sizeof(pattern), "%s/plan.tsv", arg);
		if (access(pattern, R_OK) == 0)
			return 0;
		snprintf(pattern, sizeof(pattern), "%s/base/plan.tsv", arg);
		if (access(pattern, R_OK) == 0)
			return fm_fail(why, ENOENT,
				       "%.110s: two interleaved runs are "
				       "there; name one: %.110s/base or /new",
				       arg, arg);
		return fm_fail(why, ENOENT,
			       "%.150s: no run is there (no readable "
			       "plan.tsv); name a run's folder, HOST/TIME in "
			       "%.50s",
			       arg, fm_rundir_results());
	}
	fm_rundir_pattern(fm_rundir_results(), "*/*/plan.tsv", pattern,
			  sizeof(pattern));
	if (glob(pattern, 0, NULL, &found) == 0)
		for (size_t i = 0; i < found.gl_pathc; i++)
			if (!is_side(found.gl_pathv[i]) &&
			    (!newest || is_later(found.gl_pathv[i], newest)))
				newest = found.gl_pathv[i];
	if (newest)
		snprintf(path, size, "%.*s",
			 (int)(strrchr(newest, '/') - newest), newest);
	globfree(&found);
	return newest ? 0 :
			fm_fail(why, ENOENT,
				"no run under %.100s; measure one with "
				"forkmeter run, or name its folder",
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

/* The runs in a folder, or the one that it is. */
static int each_in(const char *dir, fm_rundir_fn *fn, void *ctx,
		   struct fm_why *why)
{
	char pattern[PATH_MAX], path[PATH_MAX];
	glob_t found = { 0 };
	int err = fm_rundir_find(dir, path, sizeof(path), why);

	if (!err)
		return fn(path, ctx, why);
	fm_rundir_pattern(dir, "*/plan.tsv", pattern, sizeof(pattern));
	if (glob(pattern, 0, NULL, &found) == 0)
		err = call_each(&found, 1, fn, ctx, why);
	globfree(&found);
	return err;
}

int fm_rundir_all(fm_rundir_fn *fn, void *ctx, struct fm_why *why)
{
	char pattern[PATH_MAX];
	glob_t found = { 0 };
	int err = 0;

	fm_rundir_pattern(fm_rundir_results(), "*/*/plan.tsv", pattern,
			  sizeof(pattern));
	if (glob(pattern, 0, NULL, &found) == 0)
		err = call_each(&found, 0, fn, ctx, why);
	globfree(&found);
	return err;
}

int fm_rundir_each(const char *arg, fm_rundir_fn *fn, void *ctx,
		   struct fm_why *why)
{
	char path[PATH_MAX];
	int err = 0;

	/* A name may hold commas itself. */
	if (!strchr(arg, ',') ||
	    fm_rundir_find(arg, path, sizeof(path), NULL) == 0)
		return each_in(arg, fn, ctx, why);
	for (const char *at = arg; *at && !err; at += *at == ',') {
		size_t n = strcspn(at, ",");

		snprintf(path, sizeof(path), "%.*s", (int)n, at);
		err = each_in(path, fn, ctx, why);
		at += n;
	}
	return err;
}
