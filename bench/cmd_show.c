/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter show and summary: a run's table, for people and programs. */
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "counted.h"
#include "fact.h"
#include "options.h"
#include "print.h"
#include "record.h"
#include "rundir.h"
#include "say.h"
#include "show.h"
#include "stopping.h"
#include "summary.h"
#include "units.h"
#include "where.h"

int fm_show_check_where(const struct fm_options *o)
{
	for (size_t i = 0; i < o->where.n; i++)
		if (!fm_where_column(&fm_summary_table, o->where.item[i]))
			return fm_say_usage("--where %s: %.*s is no column of "
					    "summary.tsv; see forkmeter list "
					    "columns",
					    o->where.item[i],
					    (int)strcspn(o->where.item[i], "="),
					    o->where.item[i]);
	return 0;
}

int fm_show_find(const struct fm_options *o, char *dir, size_t size)
{
	struct fm_why why;

	if (o->args > 1) {
		fm_say("%s: only one run at a time", o->arg[1]);
		return FM_USAGE;
	}
	if (fm_rundir_find(o->args ? o->arg[0] : NULL, dir, size, &why)) {
		fm_say("%s", why.text);
		return FM_USAGE;
	}
	return FM_DONE;
}

/* Not there in what an older forkmeter summarised, and left in peace. */
static void load_stability(const char *dir, struct fm_show_run *run)
{
	fm_table_load(&fm_stability_table, dir, (void **)&run->stability,
		      &run->stabilities, NULL);
}

/* Points that were to be measured and have no line: the run ended early. */
static void say_missing(const char *dir, const struct fm_summary_row *rows,
			size_t n)
{
	struct fm_plan_row *plan = NULL;
	size_t points = 0, planned = 0, missing = 0;

	if (fm_table_load(&fm_plan_table, dir, (void **)&plan, &points, NULL))
		return;
	for (size_t i = 0; i < points; i++) {
		size_t k = 0;

		if (strcmp(plan[i].status, "measure"))
			continue;
		planned++;
		while (k < n && rows[k].point != plan[i].point)
			k++;
		missing += k == n;
	}
	if (missing)
		fm_say("%zu of %zu points are missing: the run was ended, "
		       "skipped them, or is still going on",
		       missing, planned);
	free(plan);
}

/*
 * Whether the run was to end when this line's interval is within wanted.
 * Touches that are timed by themselves are no samples, and null is the floor.
 */
static int is_asked_for(const struct fm_summary_row *row)
{
	return strcmp(row->workload, "null") &&
	       (!strcmp(row->metric, "op_ns") ||
		fm_table_column(&fm_sample_table, row->metric));
}

/* What of a run that was to end by precision fell short of it. */
static void say_wide(const char *dir, const struct fm_summary_row *rows,
		     size_t n)
{
	size_t asked = 0, wide = 0;
	char text[32], percent[32];
	double wanted;

	if (fm_fact_read_one(dir, "precision", text, sizeof(text), NULL) ||
	    !*text)
		return;
	wanted = strtod(text, NULL);
	for (size_t i = 0; i < n; i++) {
		const struct fm_summary_row *r = &rows[i];
		/* False without an interval; 1e-6: the file has ten digits. */
		int is_known =
			sqrt(r->median_hi / r->median_lo) - 1 <= wanted + 1e-6;

		if (!is_asked_for(r))
			continue;
		asked++;
		wide += !is_known || r->blocks < FM_STOPPING_LEAST_BLOCKS;
	}
	if (wide)
		fm_say("%zu of %zu intervals are wider than the +-%s that was "
		       "asked for, or of fewer than %d blocks",
		       wide, asked,
		       fm_units_percent_text(wanted, percent, sizeof(percent)),
		       FM_STOPPING_LEAST_BLOCKS);
}

/* Once a reason: what of events.tsv did not count. */
static void say_uncounted(const char *dir)
{
	struct fm_event_row *row = NULL;
	size_t n = 0;

	if (fm_table_load(&fm_event_table, dir, (void **)&row, &n, NULL))
		fm_say("this run counted nothing; see --counters of forkmeter "
		       "run");
	else
		fm_counted_say(row, n);
	free(row);
}

static int show_slopes(const struct fm_options *o, enum fm_format format,
		       const char *dir)
{
	struct fm_slope_row *row = NULL;
	struct fm_derived derived;
	struct fm_why why;
	size_t n = 0;
	int err = fm_derived_open(&derived, dir, &why);

	if (!err)
		err = fm_table_load(&fm_slope_table, derived.dir, (void **)&row,
				    &n, &why);
	fm_derived_close(&derived);
	if (err) {
		fm_say("%s", why.text);
		return FM_BROKEN;
	}
	if (!n)
		fm_say("no two points differ in their size alone: measure "
		       "several, as in --rss 16M..1G");
	else if (format == FM_TSV || format == FM_CSV || format == FM_JSON)
		err = fm_print_rows(format, &fm_slope_table, row, n);
	else
		err = fm_show_slopes(o, format, row, n);
	free(row);
	return err ? FM_BROKEN : FM_DONE;
}

int fm_cmd_show(const struct fm_options *o)
{
	struct fm_show_run run = { 0 };
	struct fm_derived derived;
	enum fm_format format;
	char dir[PATH_MAX];
	struct fm_why why;
	int err;

	if (fm_options_format(o, &format))
		return FM_USAGE;
	if (fm_show_check_where(o) || fm_show_find(o, dir, sizeof(dir)))
		return FM_USAGE;
	if (o->plot && (o->machine || format != FM_TEXT)) {
		fm_say_usage("--plot is text for people; leave %s out",
			     o->machine ? "--machine" : "--format");
		return FM_USAGE;
	}
	if (o->machine)
		return fm_show_machine(dir, format) ? FM_BROKEN : FM_DONE;
	if (o->slopes)
		return show_slopes(o, format, dir);
	err = fm_derived_open(&derived, dir, &why);
	if (!err)
		err = fm_table_load(&fm_summary_table, derived.dir,
				    (void **)&run.row, &run.n, &why);
	if (!err)
		load_stability(derived.dir, &run);
	fm_derived_close(&derived);
	if (err) {
		fm_say("%s", why.text);
		return FM_BROKEN;
	}
	say_missing(dir, run.row, run.n);
	fm_show_warning(dir);
	if (o->counts)
		say_uncounted(dir);
	err = o->plot ? fm_show_plot(o, &run) : fm_show_table(o, format, &run);
	if (!err && format == FM_TEXT && !o->counts && !o->metric && !o->plot)
		fm_show_say_counts(dir, &run);
	if (!err && format == FM_TEXT)
		say_wide(dir, run.row, run.n);
	if (!err && o->plot)
		fm_say("run %s; all samples from the least to p99, times on a "
		       "logarithmic axis, heights by the highest of the line",
		       dir);
	else if (!err && format == FM_TEXT)
		fm_say("run %s; medians with a 95 %% interval (t over blocks)",
		       dir);
	free(run.row);
	free(run.stability);
	return err == -EINVAL ? FM_USAGE : err ? FM_BROKEN : FM_DONE;
}

int fm_cmd_summary(const struct fm_options *o)
{
	struct fm_summary_facts facts;
	char dir[PATH_MAX];
	struct fm_why why;
	int err = fm_show_find(o, dir, sizeof(dir));

	if (err)
		return err;
	if (fm_summary_make(dir, &facts, &why)) {
		fm_say("%s", why.text);
		return FM_BROKEN;
	}
	if (facts.torn)
		fm_say("left out, of a block that was not completed: %zu "
		       "sample%s",
		       facts.torn, fm_units_plural(facts.torn));
	fm_say("%zu sample%s, %zu line%s, %zu broken", facts.samples,
	       fm_units_plural(facts.samples), facts.points,
	       fm_units_plural(facts.points), facts.broken);
	printf("%s/summary.tsv\n", dir);
	return facts.broken || facts.blocks_broken ? FM_BROKEN : FM_DONE;
}
