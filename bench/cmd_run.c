/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter run: plan, place, measure in rounds, record, summarise. */
#include "config.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "claim.h"
#include "contrast.h"
#include "machine.h"
#include "names.h"
#include "options.h"
#include "request.h"
#include "run.h"
#include "say.h"
#include "summary.h"
#include "units.h"

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

/* What the worker told of that kind; keys get that prefix. */
static size_t take_told(const struct fm_offers *offers, const char *kind,
			const char *prefix, struct fm_machine_told *told,
			size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < offers->n && n < max; i++) {
		const struct fm_offer *o = &offers->offer[i];

		if (strcmp(o->kind, kind))
			continue;
		snprintf(told[n].key, sizeof(told[n].key), "%s%s", prefix,
			 o->name);
		snprintf(told[n].value, sizeof(told[n].value), "%s", o->reason);
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

static int write_machine(struct fm_run *run, struct fm_why *why)
{
	const struct fm_options *o = run->options;
	struct fm_machine_told policy[16], build[16];
	char command[1024], inject[1024], settings[1024];
	struct fm_machine_run facts = {
		.command = command,
		.host = o->host,
		.seed = run->seed,
		.precision = run->options->precision,
		.clock = run->offers.clock,
		.place = run->place,
		.worker = run->programs.worker,
		.settings = settings,
		.inject = inject,
		.counted_times = run->counted && run->counted->is_alone,
		.sitting = run->sitting,
		.side = run->side,
		.side_words = run->side_words,
		.policy = policy,
		.policies = take_told(&run->offers, "policy", "policy_", policy,
				      16),
		.build = build,
		.builds = take_told(&run->offers, "build", "", build, 16),
	};

	command_text(command, sizeof(command));
	list_text(&o->inject, inject, sizeof(inject));
	list_text(&o->setting, settings, sizeof(settings));
	return fm_machine_write(run->dir.path, &facts, why);
}

int fm_run_open(struct fm_run *run)
{
	struct fm_why why;
	int err = fm_rundir_create(&run->dir, run->options->out,
				   run->options->host, &run->plan, run->counted,
				   &why);

	if (!err)
		err = fm_run_with_machine_set(run, write_machine, &why);
	if (!err)
		return FM_DONE;
	fm_say("%s", why.text);
	return err == -EINVAL || err == -EEXIST ? FM_USAGE : FM_BROKEN;
}

static void say_result(const struct fm_run *run, uint64_t rounds,
		       const struct fm_summary_facts *facts)
{
	if (run->blocks_skipped)
		fm_say("%" PRIu64 " block%s skipped, the first because: %s",
		       run->blocks_skipped,
		       fm_units_plural(run->blocks_skipped),
		       run->first_skipped.text);
	if (run->blocks_broken)
		fm_say("%" PRIu64 " block%s broke, the first because: %s",
		       run->blocks_broken, fm_units_plural(run->blocks_broken),
		       run->first_broken.text);
	if (facts->broken)
		fm_say("%zu point%s broken: over 0.1 %% of the samples failed "
		       "their proof, or blocks expect different faults; "
		       "samples.tsv says how",
		       facts->broken, fm_units_plural(facts->broken));
	if (facts->disagree)
		fm_say("%zu point%s in disagreement with the model: this "
		       "kernel takes "
		       "another number of faults there; forkmeter show tells "
		       "both counts",
		       facts->disagree, fm_units_plural(facts->disagree));
	if (rounds < FM_LEAST_BLOCKS)
		fm_say_note("%" PRIu64
			    " round%s: no intervals, which take 3; give "
			    "a longer --time, --rounds 3 or fewer points",
			    rounds, fm_units_plural(rounds));
	fm_say_note("%" PRIu64
		    " round%s, %zu sample%s of %zu line%s of summary.tsv",
		    rounds, fm_units_plural(rounds), facts->samples,
		    fm_units_plural(facts->samples), facts->points,
		    fm_units_plural(facts->points));
	if (run->side)
		return;
	fm_say_note(strpbrk(run->dir.path, " \t&;()$") ?
			    "look at it: %s show '%s'" :
			    "look at it: %s show %s",
		    program_invocation_name, run->dir.path);
}

int fm_run_finish(struct fm_run *run, uint64_t rounds, int err)
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
	/* Of two that are interleaved their ratio is what is wanted. */
	if (run->precision.wanted > 0 && !run->side)
		is_short = fm_precision_say(&run->precision, run->levels.known,
					    (double)run->spent_ns);
	say_result(run, rounds, &facts);
	run->recorded = 1;
	if (run->blocks_broken || facts.broken)
		return FM_BROKEN;
	if (is_short)
		return FM_NOISY;
	return facts.points <= 1 && run->plan.n > 1 ? FM_USAGE : FM_DONE;
}

static const char *memory_text(const struct fm_place *place, char *buf,
			       size_t size)
{
	*buf = '\0';
	if (fm_place_binds_memory(place))
		snprintf(buf, size, ", memory of node %d (%s)",
			 fm_place_memory_node(place),
			 fm_place_is_remote(place) ? "remote" : "local");
	return buf;
}

static int measure_and_record(struct fm_run *run)
{
	uint64_t rounds = 0;
	int status = fm_run_open(run), err;
	char all[32], memory[64];

	if (status)
		return status;
	if (fm_claim_cpu(fm_place_worker_cpu(run->place)) == -EADDRINUSE)
		fm_say("another forkmeter measures on processor %d: both will "
		       "be wrong; wait for it, or choose another with --cpu",
		       fm_place_worker_cpu(run->place));
	fm_say_note("%zu point%s (%zu skipped, plan.tsv says why) on processor "
		    "%d%s, %s %s, into %s; Ctrl-C keeps what is complete",
		    fm_plan_measured(&run->plan),
		    fm_units_plural(fm_plan_measured(&run->plan)),
		    run->plan.n - fm_plan_measured(&run->plan),
		    fm_place_worker_cpu(run->place),
		    memory_text(run->place, memory, sizeof(memory)),
		    run->precision.wanted > 0 ? "at most about" : "about",
		    fm_units_time_text(fm_progress_expected(&run->progress, 0),
				       all, sizeof(all)),
		    run->dir.path);
	err = fm_rounds_measure_run(run, &rounds);
	status = fm_run_finish(run, rounds, err);
	if (run->recorded)
		puts(run->dir.path);
	return status;
}

int fm_cmd_run(const struct fm_options *options)
{
	static struct fm_run run;
	enum fm_format format;
	int status;

	if (fm_options_format(options, &format))
		return FM_USAGE;
	run.options = options;
	fm_run_begin(options);
	status = fm_run_prepare(&run);
	if (!status)
		status = fm_run_plan(&run);
	if (!status)
		status = options->dry_run ? fm_request_print(&run, format) :
					    measure_and_record(&run);
	fm_run_free(&run);
	fm_place_close(run.place);
	return fm_run_end(status);
}
