/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Experiments drawn from recorded blocks: how often a comparison is right. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_rng.h>

#include "resample.h"
#include "running.h"
#include "stats.h"
#include "stopping.h"
#include "verdict.h"

#define LEVEL 0.95

/* One experiment: each pair's differences, and the levels of one side. */
struct experiment {
	const struct fm_pairs *pairs;
	const struct fm_resample_plan *plan;
	gsl_rng *rng;
	double **difference;
	size_t *n; /* of them */
	struct fm_running *level;
	double *truth; /* of the level: its mean over all that is recorded */
};

static struct fm_mean difference_of(const struct experiment *e, size_t pair)
{
	return fm_mean_trimmed(e->difference[pair], e->n[pair]);
}

static void draw_round(struct experiment *e)
{
	size_t r = gsl_rng_uniform_int(e->rng, e->pairs->rounds);

	for (size_t i = 0; i < e->pairs->n; i++) {
		const struct fm_pair *pair = &e->pairs->pair[i];
		double d = fm_pair_difference(pair, r);
		int swap = gsl_rng_uniform(e->rng) < 0.5;

		if (isnan(d))
			continue;
		if (swap)
			d = -d;
		if (i == e->plan->slowed)
			d += e->plan->effect;
		e->difference[i][e->n[i]++] = d;
		fm_running_add(&e->level[i],
			       log(swap ? pair->new[r] : pair->base[r]));
	}
}

static int is_precise(const struct experiment *e)
{
	for (size_t i = 0; i < e->pairs->n; i++)
		if (!fm_stopping_reached(difference_of(e, i), LEVEL,
					 e->plan->precision))
			return 0;
	return 1;
}

static size_t draw(struct experiment *e, int *precise)
{
	size_t n = e->pairs->n, rounds = 0;

	memset(e->n, 0, n * sizeof(*e->n));
	memset(e->level, 0, n * sizeof(*e->level));
	*precise = 0;
	while (rounds < e->plan->rounds && !*precise) {
		draw_round(e);
		rounds++;
		*precise = e->plan->precision > 0 && is_precise(e);
	}
	return rounds;
}

static int holds(struct fm_mean mean, double level, double truth)
{
	struct fm_interval i = fm_mean_interval(mean, level);

	return i.lo <= truth && truth <= i.hi;
}

/* Adds the experiment's outcome; returns the estimate of what was planted. */
static double judge(const struct experiment *e, struct fm_resample_result *r)
{
	const struct fm_resample_plan *plan = e->plan;
	double each = fm_verdict_level(plan->family, e->pairs->n);
	double level = plan->precision > 0 ? fm_stopping_level(LEVEL) : LEVEL;
	size_t wrong = 0;
	double estimate = NAN;

	for (size_t i = 0; i < e->pairs->n; i++) {
		struct fm_mean mean = difference_of(e, i);
		int planted = plan->effect != 0 && i == plan->slowed;
		double truth = planted ? plan->effect : 0;
		enum fm_verdict verdict =
			fm_verdict_of(mean, FM_VERDICT_LEAST_BLOCKS, each,
				      plan->delta ? plan->delta[i] : 0);

		r->intervals++;
		r->covered += (size_t)holds(mean, level, truth);
		r->levels_covered += (size_t)holds(
			fm_running_mean(&e->level[i]), level, e->truth[i]);
		if (planted) {
			r->found += verdict == FM_SLOWER;
			estimate = mean.value;
			continue;
		}
		r->equal++;
		r->decided += verdict == FM_SAME;
		wrong += verdict == FM_FASTER || verdict == FM_SLOWER;
	}
	r->false_verdicts += wrong;
	r->false_experiments += wrong > 0;
	return estimate;
}

/* Both sides of every round: which of them is drawn is a matter of chance. */
static double level_truth(const struct fm_pair *pair, size_t rounds)
{
	struct fm_running all = { 0 };

	for (size_t i = 0; i < rounds; i++)
		if (!isnan(fm_pair_difference(pair, i))) {
			fm_running_add(&all, log(pair->base[i]));
			fm_running_add(&all, log(pair->new[i]));
		}
	return fm_running_mean(&all).value;
}

static int experiment_open(struct experiment *e, const struct fm_pairs *pairs,
			   const struct fm_resample_plan *plan)
{
	size_t n = pairs->n + 1;

	*e = (struct experiment){
		.pairs = pairs,
		.plan = plan,
		.rng = gsl_rng_alloc(gsl_rng_mt19937),
		.difference = calloc(n, sizeof(*e->difference)),
		.n = calloc(n, sizeof(*e->n)),
		.level = calloc(n, sizeof(*e->level)),
		.truth = calloc(n, sizeof(*e->truth)),
	};
	if (!e->rng || !e->difference || !e->n || !e->level || !e->truth)
		return -ENOMEM;
	for (size_t i = 0; i < pairs->n; i++) {
		e->difference[i] = calloc(plan->rounds + 1, sizeof(double));
		if (!e->difference[i])
			return -ENOMEM;
	}
	gsl_rng_set(e->rng, plan->seed);
	for (size_t i = 0; i < pairs->n; i++)
		e->truth[i] = level_truth(&pairs->pair[i], pairs->rounds);
	return 0;
}

static void experiment_close(struct experiment *e)
{
	if (e->rng)
		gsl_rng_free(e->rng);
	for (size_t i = 0; e->difference && i < e->pairs->n; i++)
		free(e->difference[i]);
	free(e->difference);
	free(e->n);
	free(e->level);
	free(e->truth);
}

int fm_resample(const struct fm_pairs *pairs,
		const struct fm_resample_plan *plan,
		struct fm_resample_result *r)
{
	double *estimate = malloc((plan->experiments + 1) * sizeof(*estimate));
	struct experiment e;
	int err = experiment_open(&e, pairs, plan);

	memset(r, 0, sizeof(*r));
	if (!estimate)
		err = -ENOMEM;
	for (size_t i = 0; i < plan->experiments && !err; i++) {
		int precise;

		r->rounds +=
			(double)draw(&e, &precise) / (double)plan->experiments;
		r->precise += (size_t)precise;
		estimate[i] = judge(&e, r);
		r->experiments++;
	}
	if (!err && plan->effect != 0 && plan->experiments)
		r->estimate = fm_stats_median(estimate, plan->experiments);
	experiment_close(&e);
	free(estimate);
	return err;
}
