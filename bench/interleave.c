/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two runs in one sitting, whose blocks take turns. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "claim.h"
#include "interleave.h"
#include "pair.h"
#include "request.h"
#include "run.h"
#include "say.h"
#include "selfcheck.h"
#include "side.h"
#include "units.h"
#include "verdict.h"

static struct fm_side words[FM_SIDES];
static struct fm_run runs[FM_SIDES];

/* By which both runs are known to belong together. */
static const char *new_sitting(void)
{
	static char text[17];
	uint64_t id = 0;

	if (getrandom(&id, sizeof(id), GRND_NONBLOCK) != sizeof(id))
		id = fm_clock_ns();
	snprintf(text, sizeof(text), "%016" PRIx64, id);
	return text;
}

/* Of two builds: copies of both, below $TMPDIR or /tmp, until we end. */
static char copies[PATH_MAX];

static void remove_copies(void)
{
	char dir[PATH_MAX + 8];

	if (!*copies)
		return;
	for (int i = 0; i < FM_SIDES; i++) {
		snprintf(dir, sizeof(dir), "%s/%s", copies, words[i].name);
		fm_programs_remove(dir);
	}
	rmdir(copies);
	*copies = '\0';
}

/* Each side's programs by their paths, for the record, before the copies'. */
static int copy_programs(void)
{
	const char *tmp = getenv("TMPDIR");
	struct fm_why why;
	int err;

	if (!strcmp(runs[0].programs.worker, runs[1].programs.worker))
		return FM_DONE;
	snprintf(copies, sizeof(copies), "%s/forkmeter-XXXXXX",
		 tmp && *tmp ? tmp : "/tmp");
	err = mkdtemp(copies) ? 0 :
				fm_fail(&why, errno, "%.150s: %s", copies,
					strerror(errno));
	for (int i = 0; i < FM_SIDES && !err; i++) {
		char dir[PATH_MAX + 8];

		snprintf(dir, sizeof(dir), "%s/%s", copies, words[i].name);
		err = fm_programs_copy(&runs[i].programs, dir, &why);
	}
	if (err)
		fm_say("%s; choose another $TMPDIR", why.text);
	return err ? FM_BROKEN : FM_DONE;
}

/* The processors, the order and its seed are the first side's. */
static int prepare(void)
{
	const char *sitting = new_sitting();
	int status = FM_DONE;

	for (int i = 0; i < FM_SIDES && !status; i++) {
		struct fm_run *run = &runs[i];

		run->options = &words[i].options;
		run->programs = words[i].programs;
		run->place_of = i ? runs[0].place : NULL;
		run->sitting = sitting;
		run->side = words[i].name;
		run->side_words = words[i].words;
		status = fm_run_prepare(run);
		run->seed = runs[0].seed;
		if (!status)
			status = fm_run_plan(run);
		if (status)
			fm_say("that was the side %s: \"%s\"", run->side,
			       run->side_words);
	}
	return status;
}

/* Both sides within the time; enough rounds for a verdict. */
static void expect_time(const struct fm_options *common)
{
	struct fm_progress *progress = &runs[0].progress;

	if (!common->time_ns)
		runs[0].time_ns += runs[1].time_ns;
	if (!common->time_ns && !common->rounds)
		progress->least_rounds = FM_VERDICT_LEAST_BLOCKS;
	progress->time_ns = runs[0].time_ns;
	progress->round_ns = 0;
	for (int i = 0; i < FM_SIDES; i++)
		progress->round_ns += fm_estimate_round(
			&runs[i].estimate, &runs[i].plan, runs[i].counted);
	fm_progress_begin(progress);
}

static int pair(struct fm_sitting *sitting)
{
	const char *reason = "the sides have no point in common";

	if (fm_pair_plans(sitting)) {
		fm_say("no memory for the plan");
		return FM_BROKEN;
	}
	if (sitting->turns > 1) /* null is always one */
		return FM_DONE;
	for (int i = 0; i < FM_SIDES; i++)
		if (runs[i].plan.n > 1 && *runs[i].plan.row[1].reason)
			reason = runs[i].plan.row[1].reason;
	if (runs[0].plan.n <= 1 && runs[1].plan.n <= 1)
		reason = "null is the floor of all others, and the same";
	fm_say("nothing to compare: %s", reason);
	return FM_USAGE;
}

static int open_folders(const char *out, const char *host)
{
	static char path[FM_SIDES][PATH_MAX + 8];
	struct fm_rundir parent;
	struct fm_why why;
	int status = FM_DONE;
	int err = fm_rundir_make(&parent, out, host, "-interleaved", &why);

	if (err) {
		fm_say("%s", why.text);
		return err == -EINVAL || err == -EEXIST ? FM_USAGE : FM_BROKEN;
	}
	for (int i = 0; i < FM_SIDES && !status; i++) {
		snprintf(path[i], sizeof(path[i]), "%s/%s", parent.path,
			 words[i].name);
		words[i].options.out = path[i];
		status = fm_run_open(&runs[i]);
	}
	return status;
}

static void announce(const struct fm_sitting *sitting)
{
	size_t skipped = 0;
	char all[32];

	for (int i = 0; i < FM_SIDES; i++)
		if (runs[i].plan.n - sitting->turns > skipped)
			skipped = runs[i].plan.n - sitting->turns;
	if (fm_claim_cpu(fm_place_worker_cpu(runs[0].place)) == -EADDRINUSE)
		fm_say("another forkmeter measures on processor %d: both will "
		       "be wrong; wait for it, or choose another with --cpu",
		       fm_place_worker_cpu(runs[0].place));
	if (strcmp(words[0].words, words[1].words))
		fm_say_note("base is \"%s\", new is \"%s\"", words[0].words,
			    words[1].words);
	fm_say_note(
		"%zu points on both sides in turn (%zu skipped, plan.tsv "
		"of either says why) on processor %d, about %s, into %s "
		"and %s; Ctrl-C keeps what is complete",
		sitting->turns, skipped, fm_place_worker_cpu(runs[0].place),
		fm_units_time_text(fm_progress_expected(&runs[0].progress, 0),
				   all, sizeof(all)),
		runs[0].dir.path, runs[1].dir.path);
}

/* What can be done with the blocks that an interrupted sitting leaves. */
static void say_kept(uint64_t rounds)
{
	const char *base = runs[0].dir.path, *new = runs[1].dir.path;
	const char *quote = strpbrk(base, " \t&;()$") ? "'" : "";

	if (!runs[0].dir.committed || !runs[1].dir.committed)
		return;
	if (strcmp(words[0].words, words[1].words))
		fm_say("compare what there is: %s compare %s%s%s %s%s%s",
		       program_invocation_name, quote, base, quote, quote, new,
		       quote);
	else if (rounds >= FM_SELFCHECK_LEAST) /* both stand in one folder */
		fm_say("look at what there is: %s selfcheck --from %s%.*s%s",
		       program_invocation_name, quote,
		       (int)(strrchr(base, '/') - base), base, quote);
}

static int measure(struct fm_sitting *sitting, const struct fm_options *common,
		   struct fm_interleaved *result)
{
	int status = open_folders(common->out, common->host), err;

	if (!status)
		status = copy_programs();
	if (status)
		return status;
	announce(sitting);
	err = fm_rounds_measure(sitting, &result->rounds);
	for (int i = 0; i < FM_SIDES; i++) {
		int is = fm_run_finish(&runs[i], result->rounds, err);

		status = is > status ? is : status;
	}
	if (err == -EINTR)
		say_kept(result->rounds);
	if (!err && runs[0].precision.wanted > 0 &&
	    fm_precision_say(&runs[0].precision, sitting->differences.known,
			     (double)runs[0].spent_ns) &&
	    !status)
		status = FM_NOISY;
	snprintf(result->base, sizeof(result->base), "%s", runs[0].dir.path);
	snprintf(result->fresh, sizeof(result->fresh), "%s", runs[1].dir.path);
	return status;
}

static int print_plans(enum fm_format format)
{
	int status = FM_DONE;

	for (int i = 0; i < FM_SIDES && !status; i++)
		status = fm_request_print(&runs[i], format);
	return status;
}

int fm_interleave(const struct fm_options *common, const char *base_words,
		  const char *new_words, struct fm_interleaved *result)
{
	struct fm_sitting sitting = { .side = { &runs[0], &runs[1] },
				      .sides = FM_SIDES };
	enum fm_format format;
	int status;

	memset(result, 0, sizeof(*result));
	if (fm_options_format(common, &format) ||
	    fm_side_read(&words[0], "base", base_words, common) ||
	    fm_side_read(&words[1], "new", new_words, common))
		return FM_USAGE;
	fm_run_begin(common);
	status = prepare();
	if (!status)
		status = pair(&sitting);
	if (!status) {
		expect_time(common);
		status = common->dry_run ? print_plans(format) :
					   measure(&sitting, common, result);
	}
	for (int i = 0; i < FM_SIDES; i++) {
		fm_run_free(&runs[i]);
		fm_place_close(runs[i].place);
	}
	free(sitting.turn);
	fm_differences_free(&sitting.differences);
	remove_copies();
	return fm_run_end(status);
}
