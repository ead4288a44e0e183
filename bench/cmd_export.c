/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter export: a run, for tools that know nothing of forkmeter. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "export.h"
#include "nearest.h"
#include "options.h"
#include "say.h"
#include "show.h"
#include "summary.h"

static const struct format {
	const char *name;
	int (*write)(const struct fm_export *run);
	int only_times; /* has no place for counts, nor for broken points */
} formats[] = {
	{ "json", fm_export_json, 0 },
	{ "csv", fm_export_csv, 0 },
	{ "googlebench", fm_export_googlebench, 1 },
	{ "gobench", fm_export_gobench, 0 },
	{ "openmetrics", fm_export_openmetrics, 0 },
	{ 0 },
};

static const struct format *find_format(const char *name)
{
	char near[32];
	static const char list[] = "json,csv,googlebench,gobench,openmetrics";

	for (const struct format *f = formats; f->name; f++)
		if (!name || !strcmp(f->name, name))
			return f;
	if (fm_nearest(name, list, near, sizeof(near)))
		fm_say_usage("--format %s: did you mean %s? There is %s", name,
			     near, list);
	else
		fm_say_usage("--format %s: there is %s", name, list);
	return NULL;
}

/* HOST/TIME where the run lies in its host's folder, as the report has it. */
static void name_run(struct fm_export *run, const char *dir)
{
	const char *host = fm_export_fact(run, "host");
	size_t n = strlen(host);
	char path[PATH_MAX];
	char *last;

	if (!realpath(dir, path))
		snprintf(path, sizeof(path), "%s", dir);
	last = strrchr(path, '/');
	last = last ? last : path;
	if (n && (size_t)(last - path) > n && last[-(ptrdiff_t)n - 1] == '/' &&
	    !strncmp(last - n, host, n))
		last -= n;
	else
		last += *last == '/';
	snprintf(run->run, sizeof(run->run), "%s", last);
}

static int by_point(const void *a, const void *b)
{
	const struct fm_summary_row *x = a, *y = b;
	int d = (x->point > y->point) - (x->point < y->point);

	return d ? d : strcmp(x->metric, y->metric);
}

static int by_block(const void *a, const void *b)
{
	const struct fm_quantile_row *x = a, *y = b;
	int d = (x->point > y->point) - (x->point < y->point);

	if (!d)
		d = strcmp(x->metric, y->metric);
	return d ? d : (x->block > y->block) - (x->block < y->block);
}

static int load(struct fm_export *run, const char *dir, struct fm_why *why)
{
	struct fm_derived derived;
	int err = fm_fact_read(&run->facts, dir, why);

	if (!err)
		err = fm_table_load(&fm_plan_table, dir, (void **)&run->plan,
				    &run->points, why);
	if (err)
		return err;
	err = fm_derived_open(&derived, dir, why);
	if (!err)
		err = fm_table_load(&fm_summary_table, derived.dir,
				    (void **)&run->row, &run->rows, why);
	if (!err)
		err = fm_table_load(&fm_quantile_table, derived.dir,
				    (void **)&run->block, &run->blocks, why);
	fm_derived_close(&derived);
	return err;
}

/* Leaves only the lines that are wanted. Returns 0, or -EINVAL after saying. */
static int pick(struct fm_export *run, const struct fm_options *o)
{
	size_t n = 0;
	int err = fm_show_check(o, run->row, run->rows);

	if (err)
		return err;
	for (size_t i = 0; i < run->rows; i++)
		if (fm_show_is_wanted(o, &run->row[i]))
			run->row[n++] = run->row[i];
	run->rows = n;
	run->is_part = o->metric || o->where.n;
	return 0;
}

/* What the format cannot hold, so that nothing is lost silently. */
static void say_left_out(const struct fm_export *run, const struct format *f)
{
	size_t counts = 0, broken = 0;

	for (size_t i = 0; i < run->rows; i++) {
		if (fm_export_is_broken(&run->row[i]))
			broken++;
		else if (!fm_export_is_time(&run->row[i]))
			counts++;
	}
	if (f->only_times && counts)
		fm_say("%zu lines are no times, and left out: %s has room for "
		       "times alone",
		       counts, f->name);
	if (f->write != fm_export_json && broken)
		fm_say("%zu lines are broken, and their figures left out",
		       broken);
}

int fm_cmd_export(const struct fm_options *o)
{
	static struct fm_export run;
	const struct format *format = find_format(o->format);
	char dir[PATH_MAX];
	struct fm_why why;
	int status = FM_DONE;

	if (!format || fm_show_check_where(o) ||
	    fm_show_find(o, dir, sizeof(dir)))
		return FM_USAGE;
	if (load(&run, dir, &why)) {
		fm_say("%s", why.text);
		status = FM_BROKEN;
	} else if (pick(&run, o)) {
		status = FM_USAGE;
	} else {
		name_run(&run, dir);
		qsort(run.row, run.rows, sizeof(*run.row), by_point);
		qsort(run.block, run.blocks, sizeof(*run.block), by_block);
		fm_show_warning(dir);
		say_left_out(&run, format);
		status = format->write(&run) ? FM_BROKEN : FM_DONE;
	}
	fm_fact_free(&run.facts);
	free(run.plan);
	free(run.row);
	free(run.block);
	return status;
}
