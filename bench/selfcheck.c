/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An A/A run, looked at: what comparisons on this machine can find. */
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "fact.h"
#include "power.h"
#include "selfcheck.h"
#include "stats.h"
#include "units.h"
#include "verdict.h"

#define LEVEL 0.95 /* of intervals, and of finding an effect */

static struct fm_power power_of(double sd, size_t pairs)
{
	return (struct fm_power){
		.sd = sd,
		.level = fm_verdict_level(FM_VERDICT_LEVEL, pairs),
		.power = FM_POWER_SAME,
	};
}

/* The minimum effect that is named for so many rounds, in logarithms. */
static double delta_of(double sd, size_t pairs, size_t rounds)
{
	const struct fm_power power = power_of(sd, pairs);

	return fm_power_same(&power, rounds);
}

/* And what is then found in 95 %. */
static struct fm_power finding(double sd, size_t pairs)
{
	struct fm_power power = power_of(sd, pairs);

	power.delta = NAN;
	power.power = LEVEL;
	return power;
}

static double effect_of(double sd, size_t pairs, size_t rounds)
{
	const struct fm_power power = finding(sd, pairs);

	return fm_power_effect(&power, rounds);
}

/* Leaves the pairs that allow a verdict. */
static void keep_usable(struct fm_selfcheck *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->pairs.n; i++) {
		struct fm_pair *pair = &c->pairs.pair[i];

		if (fm_pair_contrast(pair, c->pairs.rounds).n >=
		    FM_SELFCHECK_LEAST) {
			c->pairs.pair[n++] = *pair;
			continue;
		}
		free(pair->base);
		free(pair->new);
		c->left_out++;
	}
	c->pairs.n = n;
}

/* One side's logarithms, of the rounds that have one. */
static size_t logs_of(const struct fm_pair *pair, size_t rounds, double *work)
{
	size_t n = 0;

	for (size_t r = 0; r < rounds; r++)
		if (pair->base[r] > 0)
			work[n++] = log(pair->base[r]);
	return n;
}

static void fill(struct fm_floor_row *row, const struct fm_selfcheck *c,
		 const struct fm_pair *pair, double *work)
{
	size_t m = c->pairs.n, rounds = c->pairs.rounds, k;
	struct fm_mean ratio = fm_pair_contrast(pair, rounds), base;
	struct fm_interval i = fm_mean_interval_exp(ratio, LEVEL);
	double delta;

	fm_row_copy(&fm_floor_table, row, &fm_plan_table, pair->point);
	strcpy(row->metric, pair->metric);
	row->rounds = ratio.n;
	row->round_ms = c->round_ns / 1e6;
	row->sd = fm_pair_sd(pair, rounds);
	row->halves = fm_pair_halves(pair, rounds).value;
	row->ratio = i.middle;
	row->ratio_lo = i.lo;
	row->ratio_hi = i.hi;
	delta = delta_of(row->sd, m, ratio.n);
	row->delta = expm1(delta);
	row->effect = expm1(effect_of(row->sd, m, ratio.n));
	strcpy(row->verdict,
	       fm_verdict_names[fm_verdict_of(
		       ratio, FM_VERDICT_LEAST_BLOCKS,
		       fm_verdict_level(FM_VERDICT_LEVEL, m), delta)]);
	k = logs_of(pair, rounds, work);
	base = fm_mean_trimmed(work, k);
	row->median = exp(base.value + ratio.value / 2);
	row->apart_sd = base.se * sqrt((double)k);
}

static int fill_rows(struct fm_selfcheck *c, const struct fm_facts *facts)
{
	static const char *const keys[] = { "started", "host_id", "state",
					    "boot_id" };
	double *work = calloc(c->pairs.rounds + 1, sizeof(*work));

	c->row = calloc(c->pairs.n + 1, sizeof(*c->row));
	if (!work || !c->row) {
		free(work);
		return -ENOMEM;
	}
	for (size_t i = 0; i < c->pairs.n; i++) {
		fm_row_clear(&fm_floor_table, &c->row[i]);
		for (size_t k = 0; k < sizeof(keys) / sizeof(*keys); k++) {
			const struct fm_fact *fact =
				fm_fact_find(facts, keys[k]);

			if (fact && fact->value)
				fm_row_set(fm_table_column(&fm_floor_table,
							   keys[k]),
					   &c->row[i], fact->value);
		}
		fill(&c->row[i], c, &c->pairs.pair[i], work);
	}
	free(work);
	return 0;
}

/* From the first block of the run to its last, by rounds. */
static int take_round(struct fm_selfcheck *c, const char *dir,
		      struct fm_why *why)
{
	struct fm_block_row *block;
	double from = INFINITY, to = 0;
	size_t n;
	int err = fm_table_load(&fm_block_table, dir, (void **)&block, &n, why);

	if (err)
		return err;
	for (size_t i = 0; i < n; i++) {
		from = fmin(from, block[i].at_ms);
		to = fmax(to, block[i].at_ms);
	}
	/* From block to block; how long the last one took is not known. */
	c->round_ns = n > 1 ? (to - from) * 1e6 / (double)(n - 1) * (double)n /
				      (double)c->pairs.rounds :
			      NAN;
	free(block);
	return 0;
}

int fm_selfcheck_make(struct fm_selfcheck *c, const char *base, const char *new,
		      struct fm_why *why)
{
	struct fm_facts facts = { .n = 0 };
	int err;

	memset(c, 0, sizeof(*c));
	err = fm_pairs_load(&c->pairs, base, new, why);
	if (!err)
		err = fm_fact_read(&facts, base, why);
	if (!err)
		err = take_round(c, base, why);
	if (!err) {
		keep_usable(c);
		if (!c->pairs.n)
			err = fm_fail(why, ENODATA,
				      "%zu round%s, and a selfcheck takes %d: "
				      "give a longer --time or fewer points",
				      c->pairs.rounds,
				      fm_units_plural(c->pairs.rounds),
				      FM_SELFCHECK_LEAST);
	}
	if (!err)
		err = fill_rows(c, &facts);
	fm_fact_free(&facts);
	return err;
}

void fm_selfcheck_free(struct fm_selfcheck *c)
{
	fm_pairs_free(&c->pairs);
	free(c->row);
	c->row = NULL;
}

/* Which pair is the middle one in noise, and the noisiest. */
static size_t nth_in_noise(const struct fm_selfcheck *c, size_t nth)
{
	for (size_t i = 0; i < c->pairs.n; i++) {
		size_t quieter = 0;

		for (size_t j = 0; j < c->pairs.n; j++)
			quieter += c->row[j].sd < c->row[i].sd ||
				   (c->row[j].sd == c->row[i].sd && j < i);
		if (quieter == nth)
			return i;
	}
	return 0;
}

int fm_selfcheck_span(const struct fm_selfcheck *c, uint64_t time_ns,
		      size_t experiments, struct fm_selfcheck_span *s)
{
	size_t m = c->pairs.n, middle = nth_in_noise(c, (m - 1) / 2);
	size_t worst = nth_in_noise(c, m - 1);
	double *delta = calloc(m + 1, sizeof(*delta));
	struct fm_resample_plan plan = {
		.experiments = experiments,
		.seed = 1,
		.family = FM_VERDICT_LEVEL,
		.delta = delta,
		.slowed = middle,
	};
	int err;

	memset(s, 0, sizeof(*s));
	s->rounds = plan.rounds = (size_t)((double)time_ns / c->round_ns);
	if (!delta || s->rounds < FM_VERDICT_LEAST_BLOCKS) {
		free(delta);
		return delta ? -ERANGE : -ENOMEM;
	}
	for (size_t i = 0; i < m; i++)
		delta[i] = delta_of(c->row[i].sd, m, s->rounds);
	s->delta = expm1(delta[middle]);
	s->delta_worst = expm1(delta[worst]);
	if (s->rounds > FM_SELFCHECK_MORE * c->pairs.rounds)
		plan.experiments = 0;
	err = fm_resample(&c->pairs, &plan, &s->same);
	plan.effect = effect_of(c->row[middle].sd, m, s->rounds);
	s->effect = expm1(plan.effect);
	s->effect_worst = expm1(effect_of(c->row[worst].sd, m, s->rounds));
	if (!err)
		err = fm_resample(&c->pairs, &plan, &s->planted);
	free(delta);
	return err;
}

double fm_selfcheck_time_for(const struct fm_selfcheck *c, double effect)
{
	double sd = c->row[nth_in_noise(c, (c->pairs.n - 1) / 2)].sd;
	const struct fm_power power = finding(sd, c->pairs.n);
	size_t rounds = fm_power_rounds(&power, log1p(effect));

	if (rounds == SIZE_MAX)
		return INFINITY;
	if (rounds < FM_VERDICT_LEAST_BLOCKS)
		rounds = FM_VERDICT_LEAST_BLOCKS;
	return (double)rounds * c->round_ns;
}
