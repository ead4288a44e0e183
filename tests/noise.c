/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which disturbance explains the spread: planted ones, and none. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "noise.h"
#include "test.h"

static gsl_rng *rng;

enum { POINTS = 8, ROUNDS_MAX = 40 };

/* A run in which a steal makes a block dearer by effect. */
struct plant {
	int rounds;
	double effect; /* log */
	double clock;  /* log, of a third of blocks, whose clock is slower */
	double order;  /* autocorrelation of level and interrupts, each alone */
	double common; /* share of the level's variance that rounds have in
			  common */
};

static struct fm_block_row row[POINTS * ROUNDS_MAX];

/* Blocks are numbered in order of time, and added point after point. */
static void make(const struct plant *p, struct fm_noise *noise)
{
	double level[ROUNDS_MAX], load[ROUNDS_MAX], fresh;

	fresh = sqrt(1 - p->order * p->order);
	for (int r = 0; r < p->rounds; r++) {
		level[r] = gsl_ran_gaussian(rng, r ? fresh : 1) +
			   (r ? p->order * level[r - 1] : 0);
		load[r] = gsl_ran_gaussian(rng, r ? fresh : 1) +
			  (r ? p->order * load[r - 1] : 0);
	}
	memset(noise, 0, sizeof(*noise));
	for (int point = 0; point < POINTS; point++)
		for (int r = 0; r < p->rounds; r++) {
			struct fm_block_row *b = &row[r * POINTS + point];
			struct fm_quantile_row q;
			double sd = 0.002 * (point + 1);
			double own = gsl_ran_gaussian(rng, 1);
			int stolen = gsl_ran_bernoulli(rng, 0.3);
			int slow = p->clock > 0 && gsl_ran_bernoulli(rng, 0.3);

			fm_row_clear(&fm_block_table, b);
			b->point = (uint64_t)point + 1;
			b->block = (uint64_t)(r * POINTS + point + 1);
			b->whole_ns = 50000000 + (uint64_t)point * 1000000;
			b->cpu_steal_ms = stolen ? 10 : 0;
			b->interrupts =
				(uint64_t)lround(1000 * exp(load[r]) +
						 10 * gsl_ran_flat(rng, 0, 1));
			b->samples = 10;
			b->nivcsw = gsl_ran_poisson(rng, 3 + point);
			b->kswapd_ns = gsl_ran_bernoulli(rng, 0.05) ? 900 : 0;
			b->throttled = 4; /* the same everywhere but by time */
			if (p->clock > 0)
				b->freq_after_khz = slow ? 2000000 : 2400000;
			q.point = b->point;
			q.median = 1000 * (point + 1) *
				   exp(sd * (sqrt(p->common) * level[r] +
					     sqrt(1 - p->common) * own) +
				       p->effect * stolen + p->clock * slow);
			fm_noise_add(noise, b, &q);
		}
}

static const struct fm_noise_row *find(const struct fm_noise_row *rows,
				       size_t n, const char *factor)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(rows[i].factor, factor))
			return &rows[i];
	return NULL;
}

static void quiet(const char *what, const struct plant *plant)
{
	enum { RUNS = 600 };
	int alarms = 0;

	for (int run = 0; run < RUNS; run++) {
		struct fm_noise_row *rows;
		struct fm_noise noise;
		size_t n;
		int any = 0;

		make(plant, &noise);
		CHECK(!fm_noise_make(&noise, &rows, &n) && n >= 3);
		for (size_t i = 0; i < n; i++)
			any |= rows[i].p <= FM_NOISE_ALPHA;
		alarms += any;
		free(rows);
		fm_noise_free(&noise);
	}
	printf("%s: a false claim in %.3f of runs\n", what,
	       alarms / (double)RUNS);
	/* 5 %, and 3 standard errors of 600 runs. */
	CHECK(alarms / (double)RUNS <= 0.05 + 0.027);
}

static void planted(void)
{
	enum { RUNS = 300 };
	const struct plant plant = { .rounds = 12, .effect = 0.01 };
	double ratio = 0, explained = 0;
	int found = 0, held = 0, others = 0;

	for (int run = 0; run < RUNS; run++) {
		const struct fm_noise_row *steal, *other;
		struct fm_noise_row *rows;
		struct fm_noise noise;
		size_t n;

		make(&plant, &noise);
		CHECK(!fm_noise_make(&noise, &rows, &n));
		steal = find(rows, n, "cpu_steal_ms");
		other = find(rows, n, "interrupts");
		if (steal && other) {
			found += !strcmp(steal->verdict, "explains");
			held += steal->ratio_lo <= exp(0.01) &&
				steal->ratio_hi >= exp(0.01);
			ratio += log(steal->ratio) / RUNS;
			explained += steal->explained / RUNS;
			others += !!strcmp(other->verdict, "not shown");
		}
		CHECK(!find(rows, n, "throttled") || n == 5);
		CHECK(!find(rows, n, "ksmd_ns"));
		free(rows);
		fm_noise_free(&noise);
	}
	printf("steal that costs 0.01: found in %.3f, explains %.2f, costs "
	       "%.4f, held by %.3f; interrupts blamed in %.3f\n",
	       found / (double)RUNS, explained, ratio, held / (double)RUNS,
	       others / (double)RUNS);
	CHECK(found >= 0.95 * RUNS && others <= 0.05 * RUNS);
	CHECK(fabs(ratio - 0.01) < 0.0003);
	CHECK(held >= 0.91 * RUNS && held <= 0.985 * RUNS);
}

/* A lower frequency is blamed, and what goes with faster blocks is not. */
static void sides(void)
{
	const struct plant plant = { .rounds = 12,
				     .effect = -0.02,
				     .clock = 0.02 };
	const struct fm_noise_row *clock, *steal;
	struct fm_noise_row *rows;
	struct fm_noise noise;
	size_t n;

	make(&plant, &noise);
	CHECK(!fm_noise_make(&noise, &rows, &n));
	clock = find(rows, n, "freq_after_khz");
	steal = find(rows, n, "cpu_steal_ms");
	CHECK(clock && clock->rho < -0.3 &&
	      !strcmp(clock->verdict, "explains"));
	CHECK(steal && steal->rho < -0.3 && steal->ratio_hi < 1 &&
	      !strcmp(steal->verdict, "not shown"));
	free(rows);
	fm_noise_free(&noise);
}

/* Nothing to say: no blocks, one, few, equal ones, without a length. */
static void edges(void)
{
	const struct plant few = { .rounds = 3, .effect = 0.5 };
	struct fm_quantile_row q = { .point = 1, .median = 7 };
	struct fm_noise noise = { 0 };
	struct fm_noise_row *rows;
	size_t n;

	CHECK(!fm_noise_make(&noise, &rows, &n) && n == 0);
	free(rows);
	make(&few, &noise);
	for (size_t i = 0; i < noise.n; i++)
		row[i].whole_ns = row[i].samples = FM_ABSENT;
	CHECK(!fm_noise_make(&noise, &rows, &n) && n == 0);
	free(rows);
	fm_noise_free(&noise);
	make(&few, &noise);
	noise.n = 6; /* two points of three blocks */
	row[0].interrupts = 0;
	CHECK(!fm_noise_make(&noise, &rows, &n) && n > 0);
	for (size_t i = 0; i < n; i++)
		CHECK(!strcmp(rows[i].verdict, "few blocks") &&
		      isnan(rows[i].p) && isfinite(rows[i].rho));
	free(rows);
	fm_noise_free(&noise);
	make(&few, &noise);
	noise.n = 0;
	for (int i = 0; i < 20; i++)
		CHECK(!fm_noise_add(&noise, &row[i], &q));
	q.median = 0;
	CHECK(!fm_noise_add(&noise, &row[20], &q) && noise.n == 20);
	CHECK(!fm_noise_make(&noise, &rows, &n) && n == 0);
	free(rows);
	fm_noise_free(&noise);
}

int main(void)
{
	const struct plant short_run = { .rounds = 3 };
	const struct plant plain = { .rounds = 12 };
	const struct plant waves = { .rounds = 40,
				     .order = 0.9,
				     .common = 0.5 };

	rng = gsl_rng_alloc(gsl_rng_mt19937);
	gsl_rng_set(rng, 20261125);
	quiet("three rounds", &short_run);
	quiet("twelve rounds", &plain);
	quiet("waves in both", &waves);
	planted();
	sides();
	edges();
	gsl_rng_free(rng);
	return test_end();
}
