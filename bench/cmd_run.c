/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter run: plan, place, measure in rounds, record, summarise. */
#include "config.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "machine.h"
#include "memory.h"
#include "nearest.h"
#include "options.h"
#include "print.h"
#include "profile.h"
#include "rounds.h"
#include "say.h"
#include "summary.h"
#include "units.h"

#define SECOND 1000000000ull

/* Options on top of what a profile or a list of workloads says. */
static void override(const struct fm_options *o, struct fm_axes *axes)
{
	const size_t room = sizeof(axes->set) / sizeof(*axes->set) - 1;

	if (o->strategy)
		axes->strategy = o->strategy;
	if (o->backing)
		axes->backing = o->backing;
	if (o->rss)
		axes->rss = o->rss;
	if (o->child)
		axes->child = o->child;
	if (o->set.n) {
		memset(axes->set, 0, sizeof(axes->set));
		for (size_t i = 0; i < o->set.n && i < room; i++)
			axes->set[i] = o->set.item[i];
	}
}

static int is_profile(const struct fm_run *run)
{
	return !run->options->args || (run->options->args == 1 &&
				       fm_profile_find(run->options->arg[0]));
}

static int add_axes(struct fm_run *run, const struct fm_axes *axes)
{
	struct fm_axes with = *axes;
	struct fm_why why;
	int err;

	override(run->options, &with);
	err = fm_plan_add(&run->plan, &with, &why);
	return err ? fm_say_usage("%s", why.text) : 0;
}

static int refuse(const char *word)
{
	char list[512] = "", near[64];
	size_t n = 0;

	for (const struct fm_profile *p = fm_profiles; p->name; p++)
		n += (size_t)snprintf(list + n, sizeof(list) - n, "%s%s",
				      n ? "," : "", p->name);
	for (const struct fm_workload_row *r = fm_workloads; r->name; r++)
		if (n < sizeof(list))
			n += (size_t)snprintf(list + n, sizeof(list) - n, ",%s",
					      r->name);
	if (fm_nearest(word, list, near, sizeof(near)))
		return fm_say_usage("%s: no such profile or workload; did you "
				    "mean %s? There is: %s",
				    word, near, list);
	return fm_say_usage("%s: no such profile or workload; there is: %s",
			    word, list);
}

/* The words of the command line, which are workloads, as one list. */
static int workload_list(const struct fm_options *o, char *list, size_t size)
{
	size_t n = 0;

	for (int i = 0; i < o->args; i++) {
		char word[64];

		snprintf(word, sizeof(word), "%.*s",
			 (int)strcspn(o->arg[i], ","), o->arg[i]);
		if (fm_profile_find(o->arg[i]))
			return fm_say_usage("%s is a profile: it stands alone",
					    o->arg[i]);
		if (!fm_workload_find(word) && strcmp(word, "all"))
			return refuse(word);
		n += (size_t)snprintf(list + n, size - n, "%s%s", n ? "," : "",
				      o->arg[i]);
		if (n >= size)
			return fm_say_usage("too many workloads");
	}
	return 0;
}

static int make_plan(struct fm_run *run)
{
	static const struct fm_axes null = { .workload = "null" };
	const struct fm_profile *profile;
	struct fm_why why;
	char list[512];
	struct fm_axes asked = { .workload = list };
	int err;

	run->plan.offers = &run->offers;
	run->plan.memory_total = fm_memory_total();
	run->plan.memory_available = fm_memory_available();
	err = fm_plan_add(&run->plan, &null,
			  &why); /* the floor, in every run */
	if (err)
		return err;
	if (!is_profile(run)) {
		err = workload_list(run->options, list, sizeof(list));
		run->time_ns = 30 * SECOND;
		return err ? err : add_axes(run, &asked);
	}
	profile = fm_profile_find(run->options->args ? run->options->arg[0]
						     : "quick");
	run->time_ns = profile->time_ns;
	for (const struct fm_axes *a = profile->axes; a->workload && !err; a++)
		err = add_axes(run, a);
	return err;
}

static int dry_run(const struct fm_run *run, enum fm_format format)
{
	static const char *const header[] = {
		"point", "workload", "strategy", "backing", "rss_bytes",
		"child", "writer",   "status",	 "block_s", "reason",
	};
	enum { COLUMNS = sizeof(header) / sizeof(*header) };
	char text[COLUMNS][FM_WHY_MAX], round[32], all[32];
	double round_ns = fm_estimate_round(&run->estimate, &run->plan);
	const char *cells[COLUMNS];
	struct fm_print print;

	fm_print_begin(&print, format, header, COLUMNS);
	for (size_t i = 0; i < run->plan.n; i++) {
		const struct fm_plan_row *row = &run->plan.row[i];

		for (size_t c = 0; c < COLUMNS; c++) {
			const struct fm_column *column =
				fm_table_column(&fm_plan_table, header[c]);

			cells[c] = text[c];
			if (column)
				fm_row_text(column, row, text[c]);
			else if (!strcmp(row->status, "measure"))
				snprintf(text[c], FM_WHY_MAX, "%.3f",
					 fm_estimate_block(&run->estimate,
							   row) /
						 1e9);
			else
				text[c][0] = '\0';
		}
		fm_print_row(&print, cells);
	}
	fm_say("%zu points to measure, %zu skipped; a round takes about %s; "
	       "the run about %s",
	       fm_plan_measured(&run->plan),
	       run->plan.n - fm_plan_measured(&run->plan),
	       fm_units_time_text(round_ns, round, sizeof(round)),
	       fm_units_time_text(fm_progress_expected(&run->progress, 0), all,
				  sizeof(all)));
	return fm_print_end(&print) ? FM_BROKEN : FM_DONE;
}

/* As typed, for the record. */
static void command_text(char *text, size_t size)
{
	FILE *f = fopen("/proc/self/cmdline", "re");
	size_t n = f ? fread(text, 1, size - 1, f) : 0;

	if (f)
		fclose(f);
	for (size_t i = 0; i + 1 < n; i++)
		if (!text[i])
			text[i] = ' ';
	text[n] = '\0';
}

static int open_dir(struct fm_run *run)
{
	char command[1024];
	struct fm_why why;
	struct fm_machine_run facts = {
		.command = command,
		.seed = run->seed,
		.clock = run->offers.clock,
		.place = run->place,
		.worker_linkage = FM_WORKER_LINKAGE,
	};
	int err = fm_rundir_create(&run->dir, run->options->out, &run->plan,
				   &why);

	command_text(command, sizeof(command));
	if (!err)
		err = fm_machine_write(run->dir.path, &facts, &why);
	if (err)
		fm_say("%s", why.text);
	return err;
}

static void say_result(const struct fm_run *run, uint64_t rounds,
		       const struct fm_summary_facts *facts)
{
	if (run->blocks_skipped)
		fm_say("%" PRIu64 " blocks were skipped; blocks.tsv says why",
		       run->blocks_skipped);
	if (run->blocks_broken)
		fm_say("%" PRIu64 " blocks broke, the first because: %s",
		       run->blocks_broken, run->first_broken.text);
	if (facts->broken)
		fm_say("%zu points are broken: over 0.1 %% of their samples "
		       "failed their proof; samples.tsv says how",
		       facts->broken);
	if (rounds < 3)
		fm_say_note("%" PRIu64
			    " round%s: no intervals, which take 3; give "
			    "a longer --time, --rounds 3 or fewer points",
			    rounds, rounds == 1 ? "" : "s");
	fm_say_note("%" PRIu64
		    " rounds, %zu samples of %zu lines of summary.tsv",
		    rounds, facts->samples, facts->points);
	fm_say_note("look at it: forkmeter show %s", run->dir.path);
}

static int finish(struct fm_run *run, uint64_t rounds, int err)
{
	struct fm_summary_facts facts;
	struct fm_why why;
	int closing = fm_rundir_close(&run->dir);

	if (closing && !err) {
		fm_say("%s: %s", run->dir.path, strerror(-closing));
		err = closing;
	}
	if (fm_summary_make(run->dir.path, &facts, &why)) {
		fm_say("no summary: %s; make it later with forkmeter summary "
		       "%s",
		       why.text, run->dir.path);
		return FM_BROKEN;
	}
	if (err == -EINTR)
		fm_say("interrupted; the %" PRIu64 " complete blocks are kept "
		       "in %s",
		       run->dir.committed, run->dir.path);
	if (err)
		return FM_BROKEN;
	say_result(run, rounds, &facts);
	puts(run->dir.path);
	return run->blocks_broken || facts.broken ? FM_BROKEN : FM_DONE;
}

static int measure_and_record(struct fm_run *run)
{
	uint64_t rounds = 0;
	char all[32];
	int err;

	if (fm_plan_measured(&run->plan) <= 1 && run->plan.n > 1) {
		fm_say("nothing to measure: %s; --dry-run shows the whole plan",
		       run->plan.row[1].reason);
		return FM_USAGE;
	}
	err = open_dir(run);
	if (err)
		return FM_BROKEN;
	fm_say_note(
		"%zu points (%zu skipped, plan.tsv says why) on processor %d, "
		"about %s; Ctrl-C keeps what is complete",
		fm_plan_measured(&run->plan),
		run->plan.n - fm_plan_measured(&run->plan),
		fm_place_worker_cpu(run->place),
		fm_units_time_text(fm_progress_expected(&run->progress, 0), all,
				   sizeof(all)));
	err = fm_rounds_measure(run, &rounds);
	return finish(run, rounds, err);
}

static uint64_t new_seed(void)
{
	uint32_t seed = 0;

	if (getrandom(&seed, sizeof(seed), GRND_NONBLOCK) != sizeof(seed))
		seed = (uint32_t)fm_clock_ns();
	return seed;
}

/* Everything that must be known before a plan can be made. */
static int prepare(struct fm_run *run)
{
	const struct fm_options *o = run->options;
	struct fm_why why = { "" };
	int err = fm_place_open(&run->place, o->cpu_given ? (int)o->cpu : -1,
				&why);

	if (err) {
		fm_say("--cpu: %s", why.text);
		return FM_USAGE;
	}
	err = fm_programs_find(&run->programs, &why);
	if (!err)
		err = fm_place_bind_driver(run->place);
	if (!err)
		err = fm_offers_ask(&run->offers, &run->programs, run->place,
				    &why);
	if (err) {
		fm_say("%s", *why.text ? why.text : strerror(-err));
		return FM_BROKEN;
	}
	run->seed = o->seed_given ? o->seed : new_seed();
	run->estimate.samples_min = 5;
	run->estimate.samples_max = o->samples ? o->samples : 200;
	if (run->estimate.samples_min > run->estimate.samples_max)
		run->estimate.samples_min = run->estimate.samples_max;
	run->estimate.time_ns =
		o->block_time_ns ? o->block_time_ns : SECOND / 20;
	run->samples = calloc(run->estimate.samples_max, sizeof(*run->samples));
	return run->samples ? FM_DONE : FM_BROKEN;
}

static int plan_and_measure(struct fm_run *run, enum fm_format format)
{
	struct fm_progress *progress = &run->progress;
	int status = prepare(run);

	if (status)
		return status;
	if (make_plan(run))
		return FM_USAGE;
	if (fm_estimate_calibrate(&run->estimate, &run->programs, run->place))
		return FM_BROKEN;
	if (run->options->time_ns)
		run->time_ns = run->options->time_ns;
	progress->voice = run->options->quiet	  ? FM_PROGRESS_QUIET
			  : run->options->verbose ? FM_PROGRESS_VERBOSE
						  : FM_PROGRESS_NORMAL;
	progress->rounds = run->options->rounds;
	progress->time_ns = run->time_ns;
	progress->round_ns = fm_estimate_round(&run->estimate, &run->plan);
	fm_progress_begin(progress);
	return run->options->dry_run ? dry_run(run, format)
				     : measure_and_record(run);
}

int fm_cmd_run(const struct fm_options *options)
{
	static struct fm_run run;
	enum fm_format format;
	int status;

	if (fm_format_parse(options->format, &format)) {
		fm_say("--format %s: there is %s", options->format,
		       fm_format_names);
		return FM_USAGE;
	}
	run.options = options;
	fm_say_quiet(options->quiet);
	fm_launch_catch_signals();
	status = plan_and_measure(&run, format);
	fm_plan_free(&run.plan);
	fm_place_close(run.place);
	free(run.samples);
	if (fm_launch_signal()) { /* end as whoever sent it expects */
		signal(fm_launch_signal(), SIG_DFL);
		raise(fm_launch_signal());
	}
	return status;
}
