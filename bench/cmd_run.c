/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter run: plan, place, measure in rounds, record, summarise. */
#include "config.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "claim.h"
#include "contrast.h"
#include "crowd.h"
#include "machine.h"
#include "names.h"
#include "options.h"
#include "request.h"
#include "rounds.h"
#include "say.h"
#include "setting.h"
#include "summary.h"
#include "units.h"

#define SECOND 1000000000ull

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

/* policy_NAME for each that the worker's probes found. */
static size_t take_policies(const struct fm_offers *offers,
			    struct fm_machine_policy *policy, size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < offers->n && n < max; i++) {
		const struct fm_offer *o = &offers->offer[i];

		if (strcmp(o->kind, "policy"))
			continue;
		snprintf(policy[n].key, sizeof(policy[n].key), "policy_%s",
			 o->name);
		snprintf(policy[n].value, sizeof(policy[n].value), "%s",
			 o->reason);
		n++;
	}
	return n;
}

static void list_text(const struct fm_list *list, char *text, size_t size)
{
	*text = '\0';
	for (size_t i = 0; i < list->n; i++)
		fm_names_append(text, size, list->item[i]);
}

static int open_dir(struct fm_run *run)
{
	struct fm_machine_policy policy[16];
	char command[1024], inject[1024];
	struct fm_why why;
	struct fm_machine_run facts = {
		.command = command,
		.seed = run->seed,
		.precision = run->options->precision,
		.clock = run->offers.clock,
		.place = run->place,
		.worker_linkage = FM_WORKER_LINKAGE,
		.inject = inject,
		.policy = policy,
		.policies = take_policies(&run->offers, policy, 16),
	};
	int err = fm_rundir_create(&run->dir, run->options->out, &run->plan,
				   &why);

	command_text(command, sizeof(command));
	list_text(&run->options->inject, inject, sizeof(inject));
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
		fm_say("%" PRIu64 " blocks were skipped, the first because: %s",
		       run->blocks_skipped, run->first_skipped.text);
	if (run->blocks_broken)
		fm_say("%" PRIu64 " blocks broke, the first because: %s",
		       run->blocks_broken, run->first_broken.text);
	if (facts->broken)
		fm_say("%zu points are broken: over 0.1 %% of their samples "
		       "failed their proof, or their blocks expect different "
		       "faults; samples.tsv says how",
		       facts->broken);
	if (facts->disagree)
		fm_say("%zu points disagree with the model: this kernel takes "
		       "another number of faults there; forkmeter show tells "
		       "both counts",
		       facts->disagree);
	if (rounds < FM_LEAST_BLOCKS)
		fm_say_note("%" PRIu64
			    " round%s: no intervals, which take 3; give "
			    "a longer --time, --rounds 3 or fewer points",
			    rounds, rounds == 1 ? "" : "s");
	fm_say_note("%" PRIu64
		    " round%s, %zu samples of %zu lines of summary.tsv",
		    rounds, rounds == 1 ? "" : "s", facts->samples,
		    facts->points);
	fm_say_note(strpbrk(run->dir.path, " \t&;()$") ?
			    "look at it: %s show '%s'" :
			    "look at it: %s show %s",
		    program_invocation_name, run->dir.path);
}

static int finish(struct fm_run *run, uint64_t rounds, int err)
{
	struct fm_summary_facts facts;
	int is_short = 0;
	struct fm_why why;
	int closing = fm_rundir_close(&run->dir);

	if (closing && !err) {
		fm_say("%s: %s", run->dir.path, strerror(-closing));
		err = closing;
	}
	if (fm_summary_make(run->dir.path, &facts, &why)) {
		if (err) /* which has been said */
			return FM_BROKEN;
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
	if (run->precision.wanted > 0)
		is_short = fm_precision_say(&run->precision, run->levels.known,
					    (double)run->spent_ns);
	say_result(run, rounds, &facts);
	puts(run->dir.path);
	if (run->blocks_broken || facts.broken)
		return FM_BROKEN;
	if (is_short)
		return FM_NOISY;
	return facts.points <= 1 && run->plan.n > 1 ? FM_USAGE : FM_DONE;
}

static int measure_and_record(struct fm_run *run)
{
	uint64_t rounds = 0;
	char all[32];
	int err;

	err = open_dir(run);
	if (err)
		return err == -EINVAL || err == -EEXIST ? FM_USAGE : FM_BROKEN;
	if (fm_claim_cpu(fm_place_worker_cpu(run->place)) == -EADDRINUSE)
		fm_say("another forkmeter measures on processor %d: both will "
		       "be wrong; wait for it, or choose another with --cpu",
		       fm_place_worker_cpu(run->place));
	fm_say_note("%zu points (%zu skipped, plan.tsv says why) on processor "
		    "%d, %s %s, into %s; Ctrl-C keeps what is complete",
		    fm_plan_measured(&run->plan),
		    run->plan.n - fm_plan_measured(&run->plan),
		    fm_place_worker_cpu(run->place),
		    run->precision.wanted > 0 ? "at most about" : "about",
		    fm_units_time_text(fm_progress_expected(&run->progress, 0),
				       all, sizeof(all)),
		    run->dir.path);
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
	char cpus[512];
	int err = fm_place_open(&run->place, fm_options_cpu(o), &why);

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
		if (err != -EINTR)
			fm_say("%s", *why.text ? why.text : strerror(-err));
		return FM_BROKEN;
	}
	fm_crowd_allow(fm_place_list(run->place, cpus, sizeof(cpus)));
	run->seed = o->seed_given ? o->seed : new_seed();
	run->estimate.samples_min = 5;
	run->estimate.samples_max = o->samples ? o->samples : 200;
	if (run->estimate.samples_min > run->estimate.samples_max)
		run->estimate.samples_min = run->estimate.samples_max;
	run->estimate.time_ns =
		o->block_time_ns ? o->block_time_ns : SECOND / 20;
	run->estimate.samples_large = o->samples ? o->samples : 6000;
	run->samples =
		calloc(run->estimate.samples_large, sizeof(*run->samples));
	return run->samples ? FM_DONE : FM_BROKEN;
}

static int plan_and_measure(struct fm_run *run, enum fm_format format)
{
	struct fm_progress *progress = &run->progress;
	int status = prepare(run);

	if (status)
		return status;
	if (fm_request_plan(run))
		return FM_USAGE;
	if (fm_estimate_calibrate(&run->estimate, &run->programs, run->place))
		return FM_BROKEN;
	run->precision.wanted = run->options->precision;
	if (run->precision.wanted > 0)
		run->time_ns = 600 * SECOND;
	if (run->options->time_ns)
		run->time_ns = run->options->time_ns;
	progress->voice = run->options->quiet	? FM_PROGRESS_QUIET :
			  run->options->verbose ? FM_PROGRESS_VERBOSE :
						  FM_PROGRESS_NORMAL;
	progress->rounds = run->options->rounds;
	progress->time_ns = run->time_ns;
	progress->precision = &run->precision;
	progress->least_rounds = run->options->time_ns || run->options->rounds ?
					 1 :
					 FM_LEAST_BLOCKS;
	progress->round_ns = fm_estimate_round(&run->estimate, &run->plan);
	fm_progress_begin(progress);
	if (fm_plan_measured(&run->plan) <= 1 && run->plan.n > 1) {
		fm_say("nothing to measure: %s", run->plan.row[1].reason);
		return FM_USAGE;
	}
	return run->options->dry_run ? fm_request_print(run, format) :
				       measure_and_record(run);
}

/* Of a run that was killed together with its guardian. */
static void recover_settings(void)
{
	struct fm_why why = { "" };
	int n = fm_settings_recover(&why);

	if (n > 0)
		fm_say("%d settings of this machine, which a killed run had "
		       "left changed, are put back",
		       n);
	else if (n < 0)
		fm_say("%s", why.text);
}

int fm_cmd_run(const struct fm_options *options)
{
	static struct fm_run run;
	enum fm_format format;
	int status;

	if (fm_options_format(options, &format))
		return FM_USAGE;
	run.options = options;
	fm_say_quiet(options->quiet);
	fm_launch_catch_signals();
	recover_settings();
	status = plan_and_measure(&run, format);
	fm_plan_free(&run.plan);
	fm_place_close(run.place);
	free(run.samples);
	fm_levels_free(&run.levels);
	if (fm_launch_signal()) { /* end as whoever sent it expects */
		signal(fm_launch_signal(), SIG_DFL);
		raise(fm_launch_signal());
	}
	return status;
}
