/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shares whose truth is known: how often their intervals hold it. */
#include <math.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "share.h"
#include "test.h"

static int near(double a, double b)
{
	return fabs(a - b) < 1e-9;
}

/* One block, or two, is what fm_binomial_interval says of all of them. */
static void few_blocks(void)
{
	struct fm_share_block block[] = { { 3, 10 }, { 4, 30 } };
	struct fm_interval want = fm_binomial_interval(7, 40, 0.95);
	struct fm_interval have;
	int by_blocks = 2;

	have = fm_share(block, 2, 0.95, &by_blocks);
	CHECK(!by_blocks && near(have.middle, want.middle));
	CHECK(near(have.lo, want.lo) && near(have.hi, want.hi));
	have = fm_share(block, 0, 0.95, &by_blocks);
	CHECK(isnan(have.middle) && isnan(have.lo) && isnan(have.hi));
}

static void ends(void)
{
	struct fm_share_block none[] = { { 0, 50 }, { 0, 50 }, { 0, 50 } };
	struct fm_share_block all[] = { { 50, 50 }, { 50, 50 }, { 50, 50 } };
	struct fm_share_block apart[] = { { 0, 50 }, { 25, 50 }, { 50, 50 } };
	struct fm_share_block alike[] = { { 25, 50 }, { 25, 50 }, { 25, 50 } };
	struct fm_interval i, j, want = fm_binomial_interval(0, 150, 0.95);
	int by_blocks;

	i = fm_share(none, 3, 0.95, &by_blocks);
	CHECK(by_blocks && i.middle == 0 && i.lo == 0 && near(i.hi, want.hi));
	j = fm_share(all, 3, 0.95, &by_blocks);
	CHECK(j.middle == 1 && j.hi == 1 && near(j.lo, 1 - i.hi));
	i = fm_share(apart, 3, 0.95, &by_blocks);
	j = fm_share(alike, 3, 0.95, &by_blocks);
	CHECK(i.middle == j.middle && i.lo < j.lo && i.hi > j.hi);
	want = fm_binomial_interval(75, 150, 0.95);
	CHECK(near(j.lo, want.lo) && near(j.hi, want.hi));
}

/* Blocks whose own shares vary by sd around p; how often p is held, in %. */
static double coverage(gsl_rng *rng, double p, double sd, size_t k, size_t n,
		       int pooled)
{
	enum { TIMES = 1000 };
	struct fm_share_block block[32];
	int held = 0;

	for (int t = 0; t < TIMES; t++) {
		struct fm_interval i;
		size_t hits = 0, all = 0;
		int by_blocks;

		for (size_t b = 0; b < k; b++) {
			double own = p;

			if (sd > 0) {
				double a = p * (1 - p) / (sd * sd) - 1;

				own = gsl_ran_beta(rng, p * a, (1 - p) * a);
			}
			block[b].n = n / 2 + gsl_rng_uniform_int(rng, n);
			block[b].hits = gsl_ran_binomial(
				rng, own, (unsigned int)block[b].n);
			hits += block[b].hits;
			all += block[b].n;
		}
		i = pooled ? fm_binomial_interval(hits, all, 0.95) :
			     fm_share(block, k, 0.95, &by_blocks);
		held += i.lo <= p && p <= i.hi;
	}
	return 100.0 * held / TIMES;
}

/* Three standard errors of 1,000 tries below 95 % are 92.9 %. */
static void coverages(void)
{
	static const double share[] = { 0.005, 0.05, 0.3, 0.5, 0.9 };
	static const size_t blocks[] = { 3, 6, 12, 30 };
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

	for (size_t s = 0; s < sizeof(share) / sizeof(*share); s++)
		for (size_t b = 0; b < sizeof(blocks) / sizeof(*blocks); b++) {
			double sd = 0.4 * share[s] * (1 - share[s]);
			double alone =
				coverage(rng, share[s], 0, blocks[b], 100, 0);
			double apart =
				coverage(rng, share[s], sd, blocks[b], 100, 0);

			printf("share %g, %zu blocks: %.1f %%, clustered "
			       "%.1f %%\n",
			       share[s], blocks[b], alone, apart);
			CHECK(alone > 92.9 && apart > 92.9);
		}
	/* What the blocks are for: taken for independent it would not hold. */
	CHECK(coverage(rng, 0.3, 0.15, 12, 200, 1) < 70);
	CHECK(coverage(rng, 0.3, 0.15, 12, 200, 0) > 92.9);
	gsl_rng_free(rng);
}

int main(void)
{
	few_blocks();
	ends();
	coverages();
	return test_end();
}
