/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labs of machines whose outliers are known, and what is said of them. */
#include <errno.h>
#include <math.h>

#include <gsl/gsl_randist.h>

#include "labs.h"
#include "stats.h"

#define ALPHA ((1 - FM_VERDICT_LEVEL) / 2)
#define EFFECT log1p(FM_VERDICT_EFFECT)

enum { POINTS = FM_LABS_POINTS, MACHINES = FM_LABS_MACHINES };

/* What one lab measured, and what that was made of. */
struct measured {
	double level[POINTS * MACHINES]; /* which nobody knows */
	struct fm_mean value[POINTS * MACHINES], sum[MACHINES];
	double off[MACHINES][POINTS * FM_NIGHTS_BLOCKS];
	struct fm_outlier of[MACHINES];
};

/* x: its blocks less what they say. */
static struct fm_mean measure(struct fm_nights *n, double level, double *x)
{
	struct fm_mean m;

	fm_nights_draw_blocks(n, x);
	for (size_t i = 0; i < FM_NIGHTS_BLOCKS; i++)
		x[i] += level;
	m = fm_mean_trimmed(x, FM_NIGHTS_BLOCKS);
	for (size_t i = 0; i < FM_NIGHTS_BLOCKS; i++)
		x[i] -= m.value;
	return m;
}

static double between(struct fm_nights *n, enum fm_labs_tails tails)
{
	if (tails == FM_LABS_BLOCKS)
		return fm_nights_draw_own(n);
	if (tails == FM_LABS_STUDENT)
		return n->own * gsl_ran_tdist(n->rng, FM_LABS_DF) /
		       sqrt(FM_LABS_DF / (FM_LABS_DF - 2));
	return gsl_ran_gaussian(n->rng, n->own);
}

static void furnish(const struct fm_labs *lab, struct fm_nights *n,
		    struct measured *m)
{
	double whole[MACHINES];

	for (size_t j = 0; j < lab->k; j++)
		whole[j] = gsl_ran_gaussian(n->rng, FM_LABS_WHOLE);
	for (size_t p = 0; p < POINTS; p++) {
		n->point = gsl_rng_uniform_int(n->rng, n->sources);
		n->own = lab->own > 0 ?
				 lab->own :
				 FM_LABS_LEAST *
					 pow(FM_LABS_MOST / FM_LABS_LEAST,
					     gsl_rng_uniform(n->rng));
		for (size_t j = 0; j < lab->k; j++) {
			double level = whole[j] + between(n, lab->tails);

			if (j < lab->outliers && p < lab->in)
				level += lab->by;
			m->level[p * lab->k + j] = level;
			m->value[p * lab->k + j] = measure(
				n, level, m->off[j] + p * FM_NIGHTS_BLOCKS);
		}
	}
}

static int is_told(const struct fm_outlier *o)
{
	return o->verdict == FM_SLOWER || o->verdict == FM_FASTER;
}

/* Whether the machine is not off the others by the minimum effect. */
static int is_near(const struct fm_labs *lab, const struct measured *m,
		   size_t p, size_t j)
{
	const double *level = m->level + p * lab->k;
	double others[MACHINES];
	size_t n = 0;

	for (size_t i = 0; i < lab->k; i++)
		if (i != j)
			others[n++] = level[i];
	return fabs(level[j] - fm_stats_median(others, n)) <= EFFECT;
}

/* Judges the lab as the command does. */
static int judge(const struct fm_labs *lab, struct measured *m,
		 struct fm_labs_tally *t)
{
	int wrong = 0;

	t->labs++;
	t->all += lab->outliers;
	t->all_points += lab->outliers * lab->in;
	for (size_t p = 0; p < POINTS; p++) {
		if (fm_outliers_find(m->value + p * lab->k, lab->k,
				     ALPHA / POINTS, EFFECT, m->of) < 0)
			return -ENOMEM;
		for (size_t j = 0; j < lab->k; j++)
			if (j < lab->outliers && p < lab->in)
				t->points += m->of[j].verdict == FM_SLOWER;
			else if (is_told(&m->of[j])) {
				wrong = 1;
				t->told++;
				t->near += is_near(lab, m, p, j);
			}
	}
	if (fm_outliers_sum_up(m->value, POINTS, lab->k, m->sum))
		return -ENOMEM;
	for (size_t j = 0; j < lab->k; j++)
		m->sum[j].se =
			fm_outliers_own_se(m->off[j], POINTS, FM_NIGHTS_BLOCKS);
	if (fm_outliers_find(m->sum, lab->k, ALPHA, EFFECT, m->of) < 0)
		return -ENOMEM;
	for (size_t j = 0; j < lab->k; j++)
		if (j < lab->outliers)
			t->machines += m->of[j].verdict == FM_SLOWER;
		else
			wrong |= is_told(&m->of[j]);
	t->wrong += (size_t)wrong;
	return 0;
}

int fm_labs_play(const struct fm_labs *lab, struct fm_nights *nights, size_t n,
		 struct fm_labs_tally *t)
{
	static struct measured m;
	int err = 0;

	*t = (struct fm_labs_tally){ 0 };
	for (size_t i = 0; i < n && !err; i++) {
		furnish(lab, nights, &m);
		err = judge(lab, &m, t);
	}
	return err;
}
