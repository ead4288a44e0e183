/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter profile: where the kernel spends the time that run measures. */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "claim.h"
#include "options.h"
#include "request.h"
#include "run.h"
#include "sampled.h"
#include "say.h"
#include "units.h"

/*
 * Samples a second, where nothing else is said: on a virtual machine one cost
 * 50 us, and a rate of whole hundreds would keep step with the clock tick.
 */
enum { RATE = 997 };

/* The same points twice: as run measures them, and sampled. */
enum { PLAIN, SAMPLED };
static struct fm_run runs[FM_SIDES];
static struct fm_sampled sampled;

static int check(const struct fm_options *o)
{
	if (o->by && strcmp(o->by, "cycles") && strcmp(o->by, "clock"))
		return fm_say_usage("--by %s: there is cycles and clock",
				    o->by);
	if (o->counters.n || o->event.n || o->counted_times)
		return fm_say_usage("a profile samples, and counts no events: "
				    "leave --counters and -e to forkmeter run");
	if (o->precision > 0)
		return fm_say_usage("--precision: a profile ends by --time or "
				    "--rounds; leave it out");
	if (o->from && (o->args || o->by || o->rate))
		return fm_say_usage("--from shows a run that is there, and "
				    "measures nothing; leave the rest out");
	if (!o->from && !o->args)
		return fm_say_usage("profile what? Name a workload, such as: "
				    "forkmeter profile spawn --strategy fork "
				    "--rss 64M");
	return 0;
}

static int show(const struct fm_options *o, enum fm_format format)
{
	char dir[PATH_MAX];
	struct fm_why why;

	if (fm_rundir_find(o->from, dir, sizeof(dir), &why)) {
		fm_say("%s", why.text);
		return FM_USAGE;
	}
	return fm_sampled_show(dir, format);
}

/* What this machine cannot is said before anything else is done. */
static int prepare(const struct fm_options *o)
{
	enum fm_sampler_by by = !o->by			 ? FM_SAMPLER_ANY :
				!strcmp(o->by, "cycles") ? FM_SAMPLER_CYCLES :
							   FM_SAMPLER_CLOCK;
	struct fm_progress *progress = &runs[PLAIN].progress;
	int status;

	runs[PLAIN].options = o;
	sampled.sampler.fd = -1;
	status = fm_run_prepare(&runs[PLAIN]);
	if (!status)
		status = fm_sampled_open(&sampled,
					 fm_place_worker_cpu(runs[PLAIN].place),
					 by, o->rate ? o->rate : RATE);
	if (!status)
		status = fm_run_plan(&runs[PLAIN]);
	progress->round_ns *= FM_SIDES;
	fm_progress_begin(progress);
	return status;
}

static int take_turns(struct fm_sitting *s)
{
	const struct fm_plan *plan = &runs[PLAIN].plan;

	s->turn = calloc(plan->n + 1, sizeof(*s->turn));
	if (!s->turn)
		return -ENOMEM;
	for (size_t i = 0; i < plan->n; i++)
		if (!strcmp(plan->row[i].status, "measure"))
			s->turn[s->turns++] = (struct fm_turn){ { i, i } };
	for (int i = 0; i < FM_SIDES; i++)
		s->side[s->sides++] = &runs[i];
	return 0;
}

static void announce(const struct fm_run *run)
{
	char all[32];

	if (fm_claim_cpu(fm_place_worker_cpu(run->place)) == -EADDRINUSE)
		fm_say("another forkmeter measures on processor %d: both will "
		       "be wrong; wait for it, or choose another with --cpu",
		       fm_place_worker_cpu(run->place));
	if (*sampled.sampler.no_cycles.text)
		fm_say_note("not by cycles: %s",
			    sampled.sampler.no_cycles.text);
	fm_say_note(
		"%zu points, with sampling and without in turn (%zu skipped, "
		"plan.tsv says why), %" PRIu64 " samples a second by %s on "
		"processor %d, about %s, into %s; Ctrl-C keeps what is "
		"complete",
		fm_plan_measured(&run->plan),
		run->plan.n - fm_plan_measured(&run->plan),
		sampled.sampler.rate, fm_sampler_name(sampled.sampler.by),
		fm_place_worker_cpu(run->place),
		fm_units_time_text(fm_progress_expected(&run->progress, 0), all,
				   sizeof(all)),
		run->dir.path);
}

static int say_sampled(const struct fm_run *run)
{
	if (run->blocks_skipped)
		fm_say("%" PRIu64 " sampled blocks were skipped, the first "
		       "because: %s",
		       run->blocks_skipped, run->first_skipped.text);
	if (run->blocks_broken)
		fm_say("%" PRIu64 " sampled blocks broke, the first because: "
		       "%s",
		       run->blocks_broken, run->first_broken.text);
	return run->blocks_broken ? FM_BROKEN : FM_DONE;
}

static uint64_t most_samples(const struct fm_run *run)
{
	const struct fm_estimate *e = &run->estimate;

	return e->samples_max > e->samples_large ? e->samples_max :
						   e->samples_large;
}

static int measure(enum fm_format format)
{
	struct fm_sitting sitting = { .sides = 0 };
	struct fm_run *run = &runs[PLAIN];
	uint64_t rounds = 0;
	struct fm_why why;
	int status = fm_run_open(run), err, is;

	if (status)
		return status;
	err = fm_sampled_start(&sampled, run->dir.path, most_samples(run),
			       &why);
	if (err) {
		fm_say("%s", why.text);
		return FM_BROKEN;
	}
	runs[SAMPLED] = *run;
	runs[SAMPLED].watch = &sampled.watch;
	runs[SAMPLED].side = "sampled";
	announce(run);
	err = take_turns(&sitting);
	if (!err)
		err = fm_rounds_measure(&sitting, &rounds);
	free(sitting.turn);
	status = fm_run_finish(run, rounds, err);
	is = say_sampled(&runs[SAMPLED]);
	status = is > status ? is : status;
	if (rounds)
		fm_say_note("again: %s profile --from %s",
			    program_invocation_name, run->dir.path);
	if (!run->recorded)
		return status;
	is = fm_sampled_show(run->dir.path, format);
	return is > status ? is : status;
}

int fm_cmd_profile(const struct fm_options *options)
{
	enum fm_format format;
	int status;

	if (fm_options_format(options, &format) || check(options))
		return FM_USAGE;
	if (options->from)
		return show(options, format);
	fm_run_begin(options);
	status = prepare(options);
	if (!status)
		status = options->dry_run ?
				 fm_request_print(&runs[PLAIN], format) :
				 measure(format);
	fm_sampled_close(&sampled);
	fm_run_free(&runs[PLAIN]);
	fm_place_close(runs[PLAIN].place);
	return fm_run_end(status);
}
