/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Change points by E-divisive means. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_statistics_double.h>

#include "edivisive.h"

const struct fm_edivisive_plan fm_edivisive_usual = {
	.least = 3,
	.level = 0.005,
	.permutations = 599,
	.seed = 1,
};

/*
 * Permutations say little of few values: where even the rarest of their
 * statistics is not RARE times as rare as asked for, Student's t is asked, too,
 * and is to be STRICTER times as sure, since young series are to have no more
 * false alarms than old ones.
 */
enum { RARE = 4, STRICTER = 5 };

/* within[t]: sum of the distances in x[t..k). Moves it from k to k + 1. */
static void take_next(const double *x, size_t k, double *within)
{
	double sum = 0;

	within[k] = 0;
	for (size_t t = k; t-- > 0;) {
		sum += fabs(x[t] - x[k]);
		within[t] += sum;
	}
}

double fm_edivisive_best(const double *x, size_t n, size_t least, double *work,
			 size_t *at)
{
	double *within = work;	      /* of x[t..k) */
	double *first = work + n + 1; /* of x[0..t) */
	double *each =
		first + n + 1; /* 2 / (t - 1): pairs to a mean, times t */
	double best = -INFINITY;

	*at = 0;
	first[0] = 0;
	for (size_t t = 0; t <= n; t++)
		each[t] = t > 1 ? 2 / (double)(t - 1) : 0;
	for (size_t k = 1; k <= n; k++) {
		double most = best * (double)k;

		take_next(x, k - 1, within);
		first[k] = within[0];
		for (size_t t = least; t + least <= k; t++) {
			double across = first[k] - first[t] - within[t];
			double q = 2 * across -
				   (double)(k - t) * first[t] * each[t] -
				   (double)t * within[t] * each[k - t];

			if (q > most) {
				most = q;
				best = q / (double)k;
				*at = t;
			}
		}
	}
	return best;
}

struct search {
	const double *x;
	const struct fm_edivisive_plan *plan;
	gsl_rng *rng;
	double *work, *shuffled, *made;
	struct fm_edivisive_change *found;
	size_t n;
};

/* What is new in each of the values; all of one spread, the first's, too. */
static void take_apart(const double *x, size_t n, double r, double *out)
{
	double mean = gsl_stats_mean(x, 1, n);

	if (!(r > 0)) {
		memcpy(out, x, n * sizeof(*x));
		return;
	}
	out[0] = sqrt(1 - r * r) * (x[0] - mean);
	for (size_t i = 1; i < n; i++)
		out[i] = x[i] - mean - r * (x[i - 1] - mean);
}

/* Values of what is new in them. */
static const double *put_together(const double *new, size_t n, double r,
				  double *out)
{
	if (!(r > 0))
		return new;
	out[0] = new[0] / sqrt(1 - r * r);
	for (size_t i = 1; i < n; i++)
		out[i] = r * out[i - 1] + new[i];
	return out;
}

/* p of the statistic q of x[from..to); 1 once it is known to be too large. */
static double test(struct search *s, size_t from, size_t to, double q)
{
	const size_t all = s->plan->permutations, n = to - from;
	const double r = s->plan->correlation;
	const double most = s->plan->level * (double)(all + 1);
	size_t as_large = 0, at;

	take_apart(s->x + from, n, r, s->shuffled);
	gsl_rng_set(s->rng, s->plan->seed);
	for (size_t i = 0; i < all; i++) {
		gsl_ran_shuffle(s->rng, s->shuffled, n, sizeof(*s->shuffled));
		as_large += fm_edivisive_best(
				    put_together(s->shuffled, n, r, s->made), n,
				    s->plan->least, s->work, &at) >= q;
		if ((double)(as_large + 1) > most)
			return 1;
	}
	return (double)(as_large + 1) / (double)(all + 1);
}

/*
 * The least p that permutations can have where x[from..to) is cut at k values
 * from its beginning: the two sides may also stand the other way round.
 */
static double least_p(size_t n, size_t k)
{
	return 2 / gsl_sf_choose((unsigned int)n, (unsigned int)k);
}

/*
 * p of the cut at at by Student's t, times the places that a cut can have
 * (Bonferroni): strict, if anything, where tails are heavy.
 */
static double student(const struct search *s, size_t from, size_t at, size_t to)
{
	const double *x = s->x + from, *y = s->x + at;
	size_t m = at - from, n = to - at;
	double squares = gsl_stats_tss(x, 1, m) + gsl_stats_tss(y, 1, n);
	double df = (double)(m + n - 2);
	double se = sqrt(squares / df * (1 / (double)m + 1 / (double)n));
	double by = fabs(gsl_stats_mean(x, 1, m) - gsl_stats_mean(y, 1, n));
	double cuts = (double)(m + n - 2 * s->plan->least + 1);

	if (!(se > 0)) /* equal values on either side */
		return by > 0 ? 0 : 1;
	return fmin(1, STRICTER * cuts * 2 * gsl_cdf_tdist_Q(by / se, df));
}

static void divide(struct search *s, size_t from, size_t to)
{
	struct fm_edivisive_change change;
	double least;

	if (to - from < 2 * s->plan->least)
		return;
	change.q = fm_edivisive_best(s->x + from, to - from, s->plan->least,
				     s->work, &change.at);
	change.at += from;
	if (!(change.q > 0))
		return;
	least = least_p(to - from, change.at - from);
	change.p = least < s->plan->level ? test(s, from, to, change.q) : 1;
	if (least * RARE > s->plan->level)
		change.p = fmin(change.p, student(s, from, change.at, to));
	if (change.p > s->plan->level)
		return;
	divide(s, from, change.at);
	s->found[s->n++] = change;
	divide(s, change.at, to);
}

long fm_edivisive(const double *x, size_t n,
		  const struct fm_edivisive_plan *plan,
		  struct fm_edivisive_change *found)
{
	struct search s = {
		.x = x,
		.plan = plan,
		.rng = gsl_rng_alloc(gsl_rng_mt19937),
		.work = calloc(3 * (n + 1), sizeof(double)),
		.shuffled = calloc(n + 1, sizeof(double)),
		.made = calloc(n + 1, sizeof(double)),
		.found = found,
	};
	long result = -ENOMEM;

	if (s.rng && s.work && s.shuffled && s.made) {
		divide(&s, 0, n);
		result = (long)s.n;
	}
	if (s.rng)
		gsl_rng_free(s.rng);
	free(s.work);
	free(s.shuffled);
	free(s.made);
	return result;
}
