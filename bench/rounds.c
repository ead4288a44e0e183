/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rounds of blocks in random order, each block recorded as it ends. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "marks.h"
#include "pushed.h"
#include "rounds.h"
#include "say.h"
#include "vmstat.h"

static void count_block(struct fm_run *run, const struct fm_reply *reply)
{
	run->samples_taken += reply->samples;
	if (!strcmp(reply->block.status, "skip") && !run->blocks_skipped++)
		strcpy(run->first_skipped.text, reply->block.reason);
	if (!strcmp(reply->block.status, "broken") && !run->blocks_broken++)
		strcpy(run->first_broken.text, reply->block.reason);
}

/* FM_ABSENT where none was timed by itself. */
static uint64_t touches(const struct fm_singles *s)
{
	uint64_t n = 0;

	for (size_t i = 0; i < FM_SINGLES_BINS; i++)
		n += s->rest[i] + s->first[i];
	return n ? n : FM_ABSENT;
}

static uint64_t migrated(const struct fm_sample *samples, uint64_t n)
{
	uint64_t found = 0;

	for (uint64_t i = 0; i < n; i++)
		found += strstr(samples[i].marks, "migrated") != NULL;
	return found;
}

static int take_block(struct fm_run *run, struct fm_progress *progress,
		      struct fm_block_request *request, struct fm_reply *reply)
{
	struct fm_why why;
	int err = run->watch ? run->watch->begin(run->watch, request, &why) : 0;

	if (err) {
		fm_progress_end(progress);
		fm_say("%s", why.text);
		return err;
	}
	err = fm_pushed_block(request, reply, run->samples);
	if (err == -ENOMEM)
		fm_say("no memory for a block's samples; --samples fewer");
	return err;
}

/* Of a run that has no other blocks, those of the first group do. */
static int tells_times(const struct fm_run *run,
		       const struct fm_count_group *group)
{
	return !group ||
	       (run->counted->is_alone && group == run->counted->group);
}

/* Says of the block and its samples, whose round is known, which they are. */
static void number(struct fm_run *run, struct fm_reply *reply,
		   const struct fm_plan_row *point,
		   const struct fm_count_group *group)
{
	struct fm_block_row *block = &reply->block;

	block->point = point->point;
	block->block = ++run->blocks;
	block->touches = touches(&reply->singles);
	block->migrated = migrated(run->samples, reply->samples);
	if (group) {
		strcpy(block->counted, fm_count_scopes[group->counting.scope]);
		block->together = (uint64_t)(group - run->counted->group) + 1;
	}
	for (uint64_t i = 0; i < reply->samples; i++) {
		run->samples[i].point = block->point;
		run->samples[i].round = block->round;
		run->samples[i].block = block->block;
		run->samples[i].sample = i + 1;
	}
}

/* group: what the block counts, NULL: it is timed. */
static int measure_block(struct fm_run *run, struct fm_progress *progress,
			 uint64_t round, const struct fm_plan_row *point,
			 const struct fm_count_group *group)
{
	static struct fm_vmstat before, after;
	static struct fm_reply reply;
	struct fm_why why;
	struct fm_block_request request = {
		.programs = &run->programs,
		.place = run->place,
		.point = point,
		.samples_min = run->estimate.samples_min,
		.samples_max = fm_estimate_samples(&run->estimate, point),
		.time_ns = run->estimate.time_ns,
		.tunables = &run->tunables,
		.inject = run->inject,
		.injects = run->options->inject.n,
		.group = group,
		.counts = run->counts,
	};
	uint64_t at;
	int err;

	fm_progress_block(progress, run->side, round, point);
	at = fm_clock_ns();
	fm_vmstat_read(&before);
	fm_disturbance_begin(&run->disturbance);
	err = take_block(run, progress, &request, &reply);
	if (err)
		return err;
	fm_disturbance_end(&run->disturbance, &reply.block);
	fm_vmstat_read(&after);
	fm_vmstat_difference(&before, &after, &reply.block);
	reply.block.round = round;
	reply.block.at_ms = (double)(at - run->from_ns) / 1e6;
	number(run, &reply, point, group);
	fm_marks_off_mode(run->samples, reply.samples);
	count_block(run, &reply);
	fm_progress_block_done(progress,
			       fm_estimate_block(&run->estimate, point),
			       reply.samples);
	if (run->precision.wanted > 0 && tells_times(run, group) &&
	    fm_levels_add(&run->levels, point, &reply, run->samples)) {
		fm_say("no memory to keep a block's medians; fewer points");
		return -ENOMEM;
	}
	err = run->watch ?
		      run->watch->end(run->watch, &reply, run->samples, &why) :
		      fm_rundir_commit(&run->dir, &reply, run->samples, group,
				       run->counts, &why);
	if (err) {
		fm_progress_end(progress);
		fm_say("%s", why.text);
	}
	return err;
}

/* A turn of points, timed; or counted, as that group of each side has it. */
struct bout {
	const struct fm_turn *turn;
	int group; /* -1: timed */
};

static const struct fm_count_group *group_of(const struct fm_run *run,
					     const struct bout *bout)
{
	return bout->group < 0 ? NULL : &run->counted->group[bout->group];
}

static int measure_bout(struct fm_sitting *s, gsl_rng *rng,
			const struct bout *bout, uint64_t round)
{
	size_t first = s->sides > 1 ? gsl_rng_uniform_int(rng, s->sides) : 0;
	int err = 0;

	for (size_t i = 0; i < s->sides && !err; i++) {
		size_t side = (first + i) % s->sides;
		struct fm_run *run = s->side[side];

		err = measure_block(run, &s->side[0]->progress, round,
				    &run->plan.row[bout->turn->row[side]],
				    group_of(run, bout));
	}
	return err;
}

/* Whether each side's point has what the group counts. */
static int applies(const struct fm_sitting *s, const struct fm_turn *turn,
		   const struct fm_count_group *group)
{
	for (size_t i = 0; i < s->sides; i++)
		if (!fm_counted_applies(group,
					&s->side[i]->plan.row[turn->row[i]]))
			return 0;
	return 1;
}

/* Of all turns; events and so groups are the same on both sides. */
static size_t lay_out(const struct fm_sitting *s, struct bout *bout)
{
	const struct fm_run *run = s->side[0];
	const struct fm_counted *c = run->counted;
	size_t n = 0;

	for (size_t i = 0; i < s->turns; i++) {
		const struct fm_turn *turn = &s->turn[i];

		if (!c || !c->is_alone)
			bout[n++] = (struct bout){ turn, -1 };
		for (int g = 0; c && g < c->groups; g++)
			if (applies(s, turn, &c->group[g]))
				bout[n++] = (struct bout){ turn, g };
	}
	return n;
}

static int measure_round(struct fm_sitting *s, gsl_rng *rng, struct bout *bout,
			 size_t bouts, uint64_t round)
{
	int err = 0;

	gsl_ran_shuffle(rng, bout, bouts, sizeof(*bout));
	for (size_t i = 0; i < bouts && !err; i++)
		err = measure_bout(s, rng, &bout[i], round);
	return err;
}

/*
 * Asked after each round: whether another is wanted, and fits into the time.
 * Where none was asked for, there are as many rounds as an interval takes,
 * however long they last.
 */
static int another(const struct fm_sitting *s, uint64_t rounds)
{
	const struct fm_run *run = s->side[0];

	if (run->precision.wanted > 0 && fm_precision_is_over(&run->precision))
		return 0;
	if (run->options->rounds)
		return rounds < run->options->rounds;
	if (rounds < run->progress.least_rounds)
		return 1;
	return run->spent_ns + run->spent_ns / rounds <= run->time_ns;
}

static uint64_t samples_taken(const struct fm_sitting *s)
{
	uint64_t n = 0;

	for (size_t i = 0; i < s->sides; i++)
		n += s->side[i]->samples_taken;
	return n;
}

/* By the points' levels, or by the ratios of two sides. */
static int look(struct fm_sitting *s, uint64_t rounds)
{
	struct fm_run *a = s->side[0], *b = s->side[1];
	int err = 0;

	if (!(a->precision.wanted > 0))
		return 0;
	if (s->sides == 1) {
		fm_precision_look(&a->precision, a->levels.known, a->levels.n,
				  rounds);
		return 0;
	}
	for (size_t i = 0; i < s->turns && !err; i++)
		err = fm_differences_add(&s->differences, &a->levels,
					 &a->plan.row[s->turn[i].row[0]],
					 &b->levels,
					 &b->plan.row[s->turn[i].row[1]]);
	if (err)
		fm_say("no memory to keep a round's ratios; fewer points");
	else
		fm_precision_look(&a->precision, s->differences.known,
				  s->differences.n, rounds);
	return err;
}

int fm_rounds_measure(struct fm_sitting *s, uint64_t *rounds)
{
	struct fm_progress *progress = &s->side[0]->progress;
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	struct bout *bout =
		calloc(s->turns * (FM_GROUPS_MAX + 1) + 1, sizeof(*bout));
	uint64_t from;
	int err = rng && bout ? 0 : -ENOMEM;
	size_t bouts = bout ? lay_out(s, bout) : 0;

	if (!err)
		gsl_rng_set(rng, s->side[0]->seed);
	for (size_t i = 0; i < s->sides; i++)
		fm_disturbance_open(&s->side[i]->disturbance, "",
				    fm_place_worker_cpu(s->side[i]->place));
	from = fm_clock_ns();
	for (size_t i = 0; i < s->sides; i++)
		s->side[i]->from_ns = from;
	for (*rounds = 0; !err && another(s, *rounds);) {
		err = measure_round(s, rng, bout, bouts, *rounds + 1);
		s->side[0]->spent_ns = fm_clock_ns() - from;
		if (err)
			break;
		++*rounds;
		err = look(s, *rounds);
		fm_progress_round(progress, *rounds, samples_taken(s));
	}
	fm_progress_end(progress);
	gsl_rng_free(rng);
	free(bout);
	return err;
}

int fm_rounds_measure_run(struct fm_run *run, uint64_t *rounds)
{
	struct fm_sitting s = { .side = { run }, .sides = 1 };
	int err;

	s.turn = calloc(run->plan.n + 1, sizeof(*s.turn));
	if (!s.turn)
		return -ENOMEM;
	for (size_t i = 0; i < run->plan.n; i++)
		if (!strcmp(run->plan.row[i].status, "measure"))
			s.turn[s.turns++].row[0] = i;
	err = fm_rounds_measure(&s, rounds);
	free(s.turn);
	return err;
}
