/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of a run up to its plan. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "contrast.h"
#include "crowd.h"
#include "pushed.h"
#include "request.h"
#include "run.h"
#include "say.h"
#include "setting.h"
#include "units.h"

#define SECOND 1000000000ull

int fm_run_with_machine_set(struct fm_run *run,
			    int (*step)(struct fm_run *run, struct fm_why *why),
			    struct fm_why *why)
{
	int err = fm_tunables_begin(&run->tunables, why), undo;

	if (err)
		return err;
	err = step(run, why);
	undo = fm_tunables_end(&run->tunables, err ? NULL : why);
	return err ? err : undo;
}

static uint64_t new_seed(void)
{
	uint32_t seed = 0;

	if (getrandom(&seed, sizeof(seed), GRND_NONBLOCK) != sizeof(seed))
		seed = (uint32_t)fm_clock_ns();
	return seed;
}

static int take_settings(struct fm_run *run)
{
	const struct fm_list *asked = &run->options->setting;
	struct fm_why why;

	for (size_t i = 0; i < asked->n; i++)
		if (fm_tunables_add(&run->tunables, asked->item[i], &why)) {
			fm_say("--setting %s: %s", asked->item[i], why.text);
			return FM_USAGE;
		}
	return FM_DONE;
}

static int take_place(struct fm_run *run)
{
	char cpus[4096];
	int err;

	if (run->place_of)
		return fm_options_same_place(run->options, run->place_of,
					     &run->place) ?
			       FM_USAGE :
			       FM_DONE;
	if (fm_options_place(run->options, &run->place))
		return FM_USAGE;
	err = fm_place_bind_driver(run->place);
	if (err) {
		fm_say("%s", strerror(-err));
		return FM_BROKEN;
	}
	fm_crowd_allow(fm_place_list(run->place, cpus, sizeof(cpus)));
	return FM_DONE;
}

/* Tried where the worker will run: cores of another kind count other events. */
static int choose_events(struct fm_run *run)
{
	struct fm_why why = { "" };
	int err = fm_place_bind_worker(run->place), back;

	if (!err)
		err = fm_counted_choose(run->counted, run->options,
					fm_place_worker_cpu(run->place), &why);
	back = fm_place_bind_driver(run->place);
	if (!err && !back)
		return FM_DONE;
	if (*why.text) {
		fm_say("%s", why.text);
		return FM_USAGE;
	}
	fm_say("a processor for trying events: %s",
	       strerror(err ? -err : -back));
	return FM_BROKEN;
}

static int take_events(struct fm_run *run)
{
	const struct fm_options *o = run->options;
	size_t counts;
	int status;

	if (!o->counters.n && !o->event.n)
		return o->counted_times ?
			       (fm_say_usage("--counted-times: nothing is "
					     "counted; give --counters or -e"),
				FM_USAGE) :
			       FM_DONE;
	run->counted = calloc(1, sizeof(*run->counted));
	counts = run->estimate.samples_large * 2 * FM_COUNTERS_AT_ONCE;
	run->counts = calloc(counts, sizeof(*run->counts));
	if (!run->counted || !run->counts) {
		fm_say("no memory for what is counted; --samples fewer");
		return FM_BROKEN;
	}
	status = choose_events(run);
	if (status)
		return status;
	if (o->event.n && !run->counted->groups)
		return fm_say_usage("nothing that -e names can be counted "
				    "here"),
		       FM_USAGE;
	return FM_DONE;
}

int fm_run_prepare(struct fm_run *run)
{
	const struct fm_options *o = run->options;
	struct fm_why why;
	int status = take_place(run);

	if (!status)
		status = take_settings(run);
	if (status)
		return status;
	if (!*run->programs.worker && fm_programs_find(&run->programs, &why)) {
		fm_say("%s", why.text);
		return FM_BROKEN;
	}
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
	return run->samples ? take_events(run) : FM_BROKEN;
}

/* What has been said leaves no reason. */
static int ask_and_plan(struct fm_run *run, struct fm_why *why)
{
	int err = fm_offers_ask(&run->offers, &run->programs, run->place, why);

	fm_pushed_expect_node(run->place);
	if (!err && fm_request_plan(run)) {
		*why->text = '\0';
		return -EINVAL;
	}
	return err ? err :
		     fm_estimate_calibrate(&run->estimate, &run->programs,
					   run->place);
}

static int has_singles(const struct fm_plan *plan)
{
	for (size_t i = 0; i < plan->n; i++)
		if (!strcmp(plan->row[i].timing, "single"))
			return 1;
	return 0;
}

int fm_run_plan(struct fm_run *run)
{
	const struct fm_options *o = run->options;
	struct fm_progress *progress = &run->progress;
	struct fm_why why = { "" };
	int err = fm_run_with_machine_set(run, ask_and_plan, &why);

	if (err) {
		if (*why.text && err != -EINTR)
			fm_say("%s%s", err == -EACCES ? "--setting: " : "",
			       why.text);
		return err == -EINVAL || err == -EACCES ? FM_USAGE : FM_BROKEN;
	}
	if (o->counted_times && has_singles(&run->plan)) {
		fm_say("--counted-times: single touches are timed in blocks "
		       "that do not count; leave one of both out");
		return FM_USAGE;
	}
	if (run->counted)
		fm_counted_say_for(run->counted, &run->plan);
	run->precision.wanted = o->precision;
	if (run->precision.wanted > 0)
		run->time_ns = 600 * SECOND;
	if (o->time_ns)
		run->time_ns = o->time_ns;
	progress->precision = &run->precision;
	progress->voice = o->quiet   ? FM_PROGRESS_QUIET :
			  o->verbose ? FM_PROGRESS_VERBOSE :
				       FM_PROGRESS_NORMAL;
	progress->rounds = o->rounds;
	progress->time_ns = run->time_ns;
	progress->least_rounds = o->time_ns || o->rounds ? 1 : FM_LEAST_BLOCKS;
	progress->round_ns =
		fm_estimate_round(&run->estimate, &run->plan, run->counted);
	fm_progress_begin(progress);
	if (fm_plan_measured(&run->plan) <= 1 && run->plan.n > 1) {
		fm_say("nothing to measure: %s", run->plan.row[1].reason);
		return FM_USAGE;
	}
	return FM_DONE;
}

void fm_run_free(struct fm_run *run)
{
	fm_plan_free(&run->plan);
	fm_levels_free(&run->levels);
	free(run->samples);
	free(run->counted);
	free(run->counts);
}

/* Of a run that was killed together with its guardian. */
static void recover_settings(void)
{
	struct fm_why why = { "" };
	int n = fm_settings_recover(&why);

	if (n > 0)
		fm_say("put back: %d setting%s of this machine that a killed "
		       "run had left changed",
		       n, fm_units_plural((uint64_t)n));
	else if (n < 0)
		fm_say("%s", why.text);
}

void fm_run_begin(const struct fm_options *options)
{
	fm_say_quiet(options->quiet);
	fm_launch_catch_signals();
	recover_settings();
}

int fm_run_end(int status)
{
	if (fm_launch_signal()) {
		signal(fm_launch_signal(), SIG_DFL);
		raise(fm_launch_signal());
	}
	fm_launch_release_signals();
	return status;
}
