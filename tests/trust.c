/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How often forkmeter is right: experiments drawn from blocks, synthetic and
 * recorded, through the stopping rule and the verdicts that run and compare
 * use. Arguments: folders that hold base and new, two runs of one sitting; with
 * none, tests/data.
 */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "pairs.h"
#include "power.h"
#include "resample.h"
#include "stopping.h"
#include "test.h"
#include "verdict.h"

enum { EXPERIMENTS = 2000, POINTS = 6, ROUNDS = 150 };
#define FAMILY FM_VERDICT_LEVEL

/* What blocks of a level of 1,000 ns may be multiplied by, as a logarithm. */
static double steady(gsl_rng *rng, size_t round)
{
	(void)round;
	return gsl_ran_gaussian(rng, 0.02);
}

static double heavy_tails(gsl_rng *rng, size_t round)
{
	(void)round;
	return 0.02 * gsl_ran_tdist(rng, 3);
}

static double two_levels(gsl_rng *rng, size_t round)
{
	return steady(rng, round) + (gsl_rng_uniform(rng) < 0.5 ? 0.06 : -0.06);
}

static double bursts(gsl_rng *rng, size_t round)
{
	return steady(rng, round) +
	       (gsl_rng_uniform(rng) < 0.1 ? gsl_ran_exponential(rng, 0.2) : 0);
}

static double drift(gsl_rng *rng, size_t round)
{
	return steady(rng, round) + 0.3 * (double)round / ROUNDS;
}

typedef double kind_fn(gsl_rng *rng, size_t round);

static void make_pairs(struct fm_pairs *p, kind_fn *kind)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

	gsl_rng_set(rng, 20261125);
	p->n = POINTS;
	p->rounds = ROUNDS;
	p->plan = NULL;
	p->pair = calloc(POINTS, sizeof(*p->pair));
	for (size_t i = 0; i < POINTS; i++) {
		p->pair[i].base = calloc(ROUNDS, sizeof(double));
		p->pair[i].new = calloc(ROUNDS, sizeof(double));
		for (size_t r = 0; r < ROUNDS; r++) {
			p->pair[i].base[r] = 1000 * exp(kind(rng, r));
			p->pair[i].new[r] = 1000 * exp(kind(rng, r));
		}
	}
	gsl_rng_free(rng);
}

static double share(size_t hits, size_t n)
{
	return n ? (double)hits / (double)n : NAN;
}

static void print_share(const char *what, size_t hits, size_t n)
{
	struct fm_interval i = fm_binomial_interval(hits, n, 0.95);

	printf("  %-42s %6.2f %% (95 %%: %.2f to %.2f)\n", what, 100 * i.middle,
	       100 * i.lo, 100 * i.hi);
}

/* The minimum effects that selfcheck names for so many rounds. */
static void name_deltas(const struct fm_pairs *p, size_t rounds, double *delta)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct fm_power power = {
			.sd = fm_pair_sd(&p->pair[i], p->rounds),
			.level = fm_verdict_level(FAMILY, p->n),
			.power = FM_POWER_SAME,
		};

		delta[i] = fm_power_same(&power, rounds);
	}
}

/* The precision that a run of so many rounds reaches for its worst pair. */
static double reachable(const struct fm_pairs *p, size_t rounds)
{
	double worst = 0;

	for (size_t i = 0; i < p->n; i++) {
		double sd = fm_pair_sd(&p->pair[i], p->rounds);
		struct fm_mean mean = { 0, sd / sqrt((double)rounds),
					(double)fm_trimmed_count(rounds) - 1,
					rounds };

		worst = fmax(worst, fm_stopping_width(mean, 0.95));
	}
	return worst;
}

static double sum_of(const double *x, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += x[i];
	return sum;
}

/*
 * A/A, with the stopping rule on. Where blocks are disturbed so often that
 * trimming leaves some in, intervals are wider than they had to be.
 */
static void same_things(const char *name, const struct fm_pairs *p,
			size_t rounds, int disturbed)
{
	double *delta = calloc(p->n, sizeof(*delta));
	struct fm_resample_plan plan = {
		.experiments = EXPERIMENTS,
		.seed = 1,
		.rounds = 20 * rounds,
		.precision = reachable(p, rounds),
		.family = FAMILY,
		.delta = delta,
	};
	struct fm_resample_result r;

	CHECK(!fm_resample(p, &plan, &r)); /* how many rounds that takes */
	name_deltas(p, (size_t)r.rounds, delta);
	CHECK(!fm_resample(p, &plan, &r));
	printf("%s: A/A until +-%.2f %%, %.0f rounds, minimum effect %.2f %% "
	       "in the mean\n",
	       name, 100 * plan.precision, r.rounds,
	       100 * sum_of(delta, p->n) / (double)p->n);
	print_share("ratios covered by 95 % intervals", r.covered, r.intervals);
	print_share("medians covered", r.levels_covered, r.intervals);
	print_share("experiments with a false verdict", r.false_experiments,
		    r.experiments);
	print_share("points found the same", r.decided, r.equal);
	CHECK(share(r.precise, r.experiments) > 0.99);
	CHECK(share(r.covered, r.intervals) >= 0.94);
	CHECK(disturbed || share(r.covered, r.intervals) <= 0.965);
	CHECK(share(r.false_experiments, r.experiments) <= 0.01);
	CHECK(share(r.decided, r.equal) >= (disturbed ? 0.60 : 0.80));
	free(delta);
}

/* One thing slowed, by twice the least effect that is claimed to be found. */
static void slowed(const char *name, const struct fm_pairs *p, size_t rounds)
{
	double *delta = calloc(p->n, sizeof(*delta)), least = INFINITY;
	struct fm_resample_plan plan = {
		.experiments = EXPERIMENTS,
		.seed = 2,
		.rounds = rounds,
		.family = FAMILY,
		.delta = delta,
	};
	struct fm_resample_result r;

	name_deltas(p, rounds, delta);
	for (size_t i = 0; i < p->n; i++) {
		const struct fm_power power = {
			.sd = fm_pair_sd(&p->pair[i], p->rounds),
			.level = fm_verdict_level(FAMILY, p->n),
			.delta = delta[i],
			.power = 0.95,
		};
		double effect = fm_power_effect(&power, rounds);

		if (effect < least) {
			least = effect;
			plan.slowed = i;
		}
	}
	plan.effect = least;
	CHECK(!fm_resample(p, &plan, &r));
	printf("%s: %.2f %% planted, %zu rounds, which are to find it in "
	       "95 %%\n",
	       name, 100 * expm1(plan.effect), rounds);
	print_share("found", r.found, r.experiments);
	CHECK(share(r.found, r.experiments) > 0.85);
	CHECK(share(r.found, r.experiments) < 0.99);
	plan.effect = 2 * least;
	CHECK(!fm_resample(p, &plan, &r));
	print_share("found, twice as much", r.found, r.experiments);
	printf("  %-42s %6.2f %% of %.2f %%\n", "its median estimate",
	       100 * expm1(r.estimate), 100 * expm1(plan.effect));
	CHECK(share(r.found, r.experiments) >= 0.95);
	CHECK(fabs(r.estimate / plan.effect - 1) < 0.05);
	free(delta);
}

static void synthetic(void)
{
	static const struct {
		const char *name;
		kind_fn *kind;
	} kinds[] = {
		{ "steady", steady },	      { "heavy tails", heavy_tails },
		{ "two levels", two_levels }, { "bursts", bursts },
		{ "drift", drift },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		struct fm_pairs pairs = { 0 };

		make_pairs(&pairs, kinds[i].kind);
		same_things(kinds[i].name, &pairs, 30, kinds[i].kind == bursts);
		slowed(kinds[i].name, &pairs, 30);
		fm_pairs_free(&pairs);
	}
}

static void recorded(const char *dir)
{
	char base[4096], new[4096];
	struct fm_pairs pairs;
	struct fm_why why = { "" };
	int err;

	snprintf(base, sizeof(base), "%s/base", dir);
	snprintf(new, sizeof(new), "%s/new", dir);
	err = fm_pairs_load(&pairs, base, new, &why);
	if (err)
		printf("not ok %s: %s\n", dir, why.text);
	CHECK(!err);
	if (!err) {
		same_things(dir, &pairs, 30, 0);
		same_things(dir, &pairs, 100, 0);
		slowed(dir, &pairs, 30);
		slowed(dir, &pairs, 100);
	}
	fm_pairs_free(&pairs);
}

/* Folders that are named, or else the blocks that are kept for it. */
int main(int argc, char **argv)
{
	const char *top = getenv("top_srcdir");
	char kept[4096];

	synthetic();
	snprintf(kept, sizeof(kept), "%s/tests/data", top ? top : ".");
	if (argc < 2)
		recorded(kept);
	for (int i = 1; i < argc; i++)
		recorded(argv[i]);
	return test_end();
}
