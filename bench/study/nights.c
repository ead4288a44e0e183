/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nights of a point whose noise is that of blocks which were recorded. */
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include "nights.h"
#include "pairs.h"

#define LEAST 0.005
#define MOST 0.04

struct fm_nights_source {
	double *x; /* in standard deviations */
	size_t n;
	double sd;
};

static void add(struct fm_nights_source *s, double ns)
{
	if (ns > 0)
		s->x[s->n++] = log(ns);
}

static void take(struct fm_nights_source *s, const struct fm_pair *pair,
		 size_t rounds)
{
	double mean;

	for (size_t r = 0; r < rounds; r++) {
		add(s, pair->base[r]);
		add(s, pair->new[r]);
	}
	mean = gsl_stats_mean(s->x, 1, s->n);
	s->sd = gsl_stats_sd_m(s->x, 1, s->n, mean);
	for (size_t i = 0; i < s->n; i++)
		s->x[i] = (s->x[i] - mean) / s->sd;
}

int fm_nights_open(struct fm_nights *n, const char *dir, unsigned long seed,
		   struct fm_why *why)
{
	char base[PATH_MAX], new[PATH_MAX];
	struct fm_pairs pairs;
	int err;

	*n = (struct fm_nights){ .rng = gsl_rng_alloc(gsl_rng_mt19937) };
	snprintf(base, sizeof(base), "%s/base", dir);
	snprintf(new, sizeof(new), "%s/new", dir);
	err = n->rng ? fm_pairs_load(&pairs, base, new, why) : -ENOMEM;
	if (err)
		return err;
	gsl_rng_set(n->rng, seed);
	n->source = calloc(pairs.n + 1, sizeof(*n->source));
	for (size_t i = 0; n->source && i < pairs.n && !err; i++) {
		struct fm_nights_source *s = &n->source[n->sources];

		s->x = calloc(2 * pairs.rounds + 1, sizeof(*s->x));
		n->sources += s->x != NULL;
		if (s->x)
			take(s, &pairs.pair[i], pairs.rounds);
		else
			err = fm_fail(why, ENOMEM, "no memory");
	}
	fm_pairs_free(&pairs);
	return n->source ? err : fm_fail(why, ENOMEM, "no memory");
}

void fm_nights_free(struct fm_nights *n)
{
	for (size_t i = 0; i < n->sources; i++)
		free(n->source[i].x);
	free(n->source);
	if (n->rng)
		gsl_rng_free(n->rng);
}

static double one_block(struct fm_nights *n)
{
	const struct fm_nights_source *s =
		&n->source[gsl_rng_uniform_int(n->rng, n->sources)];

	return s->x[gsl_rng_uniform_int(n->rng, s->n)];
}

void fm_nights_draw_blocks(struct fm_nights *n, double *x)
{
	const struct fm_nights_source *s = &n->source[n->point];
	size_t from = gsl_rng_uniform_int(n->rng, s->n - FM_NIGHTS_BLOCKS + 1);

	for (size_t i = 0; i < FM_NIGHTS_BLOCKS; i++)
		x[i] = s->sd * s->x[from + i];
}

double fm_nights_draw_own(struct fm_nights *n)
{
	return n->own * one_block(n);
}

static double blocks(struct fm_nights *n)
{
	double x[FM_NIGHTS_BLOCKS];

	fm_nights_draw_blocks(n, x);
	return gsl_stats_mean(x, 1, FM_NIGHTS_BLOCKS);
}

void fm_nights_draw(struct fm_nights *n, double *x, size_t nights)
{
	double r = n->correlation, effect = one_block(n);

	for (size_t i = 0; i < nights; i++) {
		effect = i ? r * effect + sqrt(1 - r * r) * one_block(n) :
			     effect;
		x[i] = n->own * effect + blocks(n);
	}
}

void fm_nights_draw_point(struct fm_nights *n)
{
	static double sorted[FM_NIGHTS_SAMPLE];

	n->point = gsl_rng_uniform_int(n->rng, n->sources);
	n->own = LEAST * pow(MOST / LEAST, gsl_rng_uniform(n->rng));
	fm_nights_draw(n, n->sample, FM_NIGHTS_SAMPLE);
	n->sd = gsl_stats_sd(n->sample, 1, FM_NIGHTS_SAMPLE);
	memcpy(sorted, n->sample, sizeof(sorted));
	gsl_sort(sorted, 1, FM_NIGHTS_SAMPLE);
	n->quartiles =
		sorted[3 * FM_NIGHTS_SAMPLE / 4] - sorted[FM_NIGHTS_SAMPLE / 4];
}
