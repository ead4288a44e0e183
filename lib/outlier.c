/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of several machines that ought to be alike deviates from the others. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include "outlier.h"
#include "stats.h"

size_t fm_outliers_most(size_t k)
{
	return k < FM_OUTLIER_LEAST ? 0 : k / 3;
}

/* The machines that are still in, and what has been taken out of them. */
struct set {
	const struct fm_mean *value;
	size_t k, n; /* all machines, and those that are in */
	char *in;
};

static double square(double x)
{
	return isfinite(x) ? x * x : 0;
}

/* Machine j against those of the set, without j itself. */
static void hold_against(const struct set *s, size_t j, struct fm_outlier *o)
{
	double sum = 0, squares = 0, own = square(s->value[j].se);
	double theirs = 0, n = (double)(s->n - (s->in[j] != 0)), off;

	for (size_t i = 0; i < s->k; i++)
		if (s->in[i] && i != j) {
			sum += s->value[i].value;
			theirs += square(s->value[i].se) / n;
		}
	o->others = (struct fm_mean){ .value = sum / n,
				      .df = n - 1,
				      .n = (size_t)n };
	for (size_t i = 0; i < s->k; i++)
		if (s->in[i] && i != j)
			squares += square(s->value[i].value - o->others.value);
	squares /= n - 1;
	o->spread = sqrt(squares);
	o->others.se = sqrt(fmax(squares, theirs) / n);
	off = s->value[j].value - o->others.value;
	/* What it was measured worse by than they were is not in their spread.
	 */
	o->off = (struct fm_mean){
		.value = off,
		.se = sqrt(fmax(squares * (1 + 1 / n) + fmax(0, own - theirs),
				own + theirs / n)),
		.df = n - 1,
		.n = (size_t)n,
	};
}

/* How far beyond delta, in standard errors. */
static double deviate(const struct fm_outlier *o, double delta)
{
	double beyond = fabs(o->off.value) - delta;

	if (o->off.se > 0)
		return beyond / o->off.se;
	return beyond > 0 ? INFINITY : -INFINITY;
}

static double p_of(const struct fm_outlier *o, double delta, double tests)
{
	return fmin(1,
		    tests * 2 * gsl_cdf_tdist_Q(deviate(o, delta), o->off.df));
}

/*
 * How many tests a step with n machines is taken for: theirs, but twice as many
 * where there are more steps: these add less than the first one's false alarms
 * (make bench-outliers).
 */
static double tests_of(size_t machines, size_t n)
{
	return (double)(fm_outliers_most(machines) > 1 ? 2 * n : n);
}

/* The machine of the set that is off the most. */
static size_t most_deviating(const struct set *s, double delta,
			     struct fm_outlier *most)
{
	size_t at = 0;

	*most = (struct fm_outlier){ .others = { .n = 0 } };
	for (size_t j = 0; j < s->k; j++) {
		double by, of_most = deviate(most, delta);
		struct fm_outlier o;

		if (!s->in[j])
			continue;
		hold_against(s, j, &o);
		by = deviate(&o, delta);
		if (!most->others.n || by > of_most ||
		    (by >= of_most &&
		     fabs(o.off.value) > fabs(most->off.value))) {
			*most = o;
			at = j;
		}
	}
	return at;
}

/* Takes outliers out of the set; what is no outlier stays in. */
static void take_out(struct set *s, double alpha, double delta, size_t *order)
{
	size_t machines = s->n, most = fm_outliers_most(machines);
	size_t outliers = 0;

	for (size_t step = 0; step < most; step++) {
		struct fm_outlier o;
		size_t j = most_deviating(s, delta, &o);
		double tests = tests_of(machines, s->n);

		order[step] = j;
		if (p_of(&o, delta, tests) <= alpha)
			outliers = step + 1;
		s->in[j] = 0;
		s->n--;
	}
	for (size_t step = outliers; step < most; step++) {
		s->in[order[step]] = 1;
		s->n++;
	}
}

/* Says of each machine what the remaining ones say of it. */
static long judge(const struct set *s, size_t machines, double alpha,
		  double delta, struct fm_outlier *out)
{
	long found = 0;

	for (size_t j = 0; j < s->k; j++) {
		struct fm_outlier *o = &out[j];
		/* An outlier was found among one more than there are now. */
		double tests = tests_of(machines, s->n + !s->in[j]);

		if (isnan(s->value[j].value))
			continue;
		hold_against(s, j, o);
		o->level = 1 - alpha / tests;
		o->p = p_of(o, delta, tests);
		o->verdict = fm_verdict_of(o->off, 2, o->level, delta);
		/* There may be more outliers than are looked for. */
		if (s->in[j] && o->verdict != FM_SAME)
			o->verdict = FM_UNSURE;
		found += o->verdict == FM_SLOWER || o->verdict == FM_FASTER;
	}
	return found;
}

long fm_outliers_find(const struct fm_mean *value, size_t k, double alpha,
		      double delta, struct fm_outlier *out)
{
	struct set s = { value, k, 0, calloc(k + 1, 1) };
	size_t *order = calloc(k + 1, sizeof(*order)), machines;
	long found = 0;

	for (size_t j = 0; j < k; j++) {
		out[j] = (struct fm_outlier){
			.others = { NAN, NAN, NAN, 0 },
			.off = { NAN, NAN, NAN, 0 },
			.spread = NAN,
			.level = NAN,
			.p = NAN,
		};
		if (s.in)
			s.n += s.in[j] = !isnan(value[j].value);
	}
	machines = s.n;
	if (s.in && order && machines >= FM_OUTLIER_LEAST) {
		take_out(&s, alpha, delta, order);
		found = judge(&s, machines, alpha, delta, out);
	}
	found = s.in && order ? found : -ENOMEM;
	free(s.in);
	free(order);
	return found;
}

/* The median of what is there; NaN of nothing. Changes the order. */
static double median(double *x, size_t n)
{
	return n ? fm_stats_median(x, n) : NAN;
}

static size_t gather(const struct fm_mean *value, size_t k, double *work)
{
	size_t n = 0;

	for (size_t j = 0; j < k; j++)
		if (!isnan(value[j].value))
			work[n++] = value[j].value;
	return n;
}

int fm_outliers_sum_up(const struct fm_mean *value, size_t points, size_t k,
		       struct fm_mean *sum)
{
	double *middle = calloc(points + 1, sizeof(*middle));
	double *work = calloc(points + k + 1, sizeof(*work));
	int err = middle && work ? 0 : -ENOMEM;

	for (size_t p = 0; p < points && !err; p++) {
		size_t n = gather(value + p * k, k, work);

		middle[p] = n < FM_OUTLIER_LEAST ? NAN : median(work, n);
	}
	for (size_t j = 0; j < k && !err; j++) {
		size_t n = 0;

		for (size_t p = 0; p < points; p++)
			if (!isnan(value[p * k + j].value - middle[p]))
				work[n++] = value[p * k + j].value - middle[p];
		sum[j] = (struct fm_mean){ median(work, n), NAN, NAN, n };
	}
	free(middle);
	free(work);
	return err;
}

double fm_outliers_own_se(const double *off, size_t points, size_t rounds)
{
	double *work = calloc(points + 1, sizeof(*work)), se = NAN;
	double *middle = calloc(rounds + 1, sizeof(*middle));
	size_t n = 0;

	for (size_t r = 0; r < rounds && work && middle; r++) {
		size_t have = 0;

		for (size_t p = 0; p < points; p++)
			if (!isnan(off[p * rounds + r]))
				work[have++] = off[p * rounds + r];
		if (have)
			middle[n++] = median(work, have);
	}
	if (n >= FM_LEAST_BLOCKS)
		se = fm_mean_trimmed(middle, n).se;
	free(work);
	free(middle);
	return se;
}
