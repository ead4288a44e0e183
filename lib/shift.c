/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Level shifts of a series. */
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "correlation.h"
#include "running.h"
#include "shift.h"
#include "stats.h"

/*
 * out[i]: sum of squares around their mean of the first i values that begin
 * at x and are step apart.
 */
static void residuals(const double *x, ptrdiff_t step, size_t n, double *out)
{
	struct fm_running running = { 0 };

	out[0] = 0;
	for (size_t i = 0; i < n; i++) {
		fm_running_add(&running, x[(ptrdiff_t)i * step]);
		out[i + 1] = running.squares;
	}
}

static void judge(struct fm_shift *s, const double *x, double widens,
		  double delta)
{
	s->before = fm_mean_trimmed(x + s->from, s->at - s->from);
	s->after = fm_mean_trimmed(x + s->at, s->to - s->at);
	s->before.se *= widens;
	s->after.se *= widens;
	s->ratio = fm_contrast_welch(s->before, s->after);
	s->verdict = fm_verdict_of(s->ratio, FM_VERDICT_LEAST_UNITS,
				   FM_SHIFT_LEVEL, delta);
}

/*
 * The values without what lies far outside of both levels: one bad night must
 * not say where a shift is. Three standard deviations, as the median absolute
 * deviation estimates them.
 */
static void clip(const struct fm_shift *s, const double *x, double *out,
		 double *work)
{
	double before = s->before.value, after = s->after.value, far;
	size_t n = s->to - s->from;

	for (size_t i = 0; i < n; i++)
		work[i] = fabs(x[s->from + i] -
			       (s->from + i < s->at ? before : after));
	far = 3 * 1.4826 * fm_stats_median(work, n);
	for (size_t i = 0; i < n; i++)
		out[i] = fmax(fmin(before, after) - far,
			      fmin(fmax(before, after) + far, x[s->from + i]));
}

/* work holds 3 (n + 1) values for a shift of n. */
static void locate(struct fm_shift *s, const double *x, double *work)
{
	const double most = -2 * log(1 - sqrt(FM_SHIFT_LEVEL));
	size_t n = s->to - s->from;
	double *head = work, *tail = head + n + 1, *kept = tail + n + 1;
	double best = INFINITY;

	clip(s, x, kept, work);
	residuals(kept, 1, n, head);
	residuals(kept + n - 1, -1, n, tail);
	for (size_t i = 1; i < n; i++)
		best = fmin(best, head[i] + tail[n - i]);
	s->lo = s->hi = s->at;
	for (size_t i = 1; i < n; i++) {
		double worse = head[i] + tail[n - i] - best;

		if ((double)n * worse > most * best)
			continue;
		s->lo = s->from + i < s->lo ? s->from + i : s->lo;
		s->hi = s->from + i > s->hi ? s->from + i : s->hi;
	}
}

long fm_shifts_find(const double *x, size_t n,
		    const struct fm_edivisive_plan *plan, double delta,
		    struct fm_shift *shift)
{
	struct fm_edivisive_change *change =
		calloc(n / plan->least + 1, sizeof(*change));
	double *work = calloc(3 * (n + 1), sizeof(*work)), widens;
	struct fm_edivisive_plan own = *plan;
	long found = fm_correlation(x, n, &own.correlation);

	widens = fm_correlation_widens(own.correlation);
	if (!found)
		found = change && work ? fm_edivisive(x, n, &own, change) :
					 -ENOMEM;
	for (long i = 0; i < found; i++) {
		struct fm_shift *s = &shift[i];

		*s = (struct fm_shift){
			.at = change[i].at,
			.from = i ? change[i - 1].at : 0,
			.to = i + 1 < found ? change[i + 1].at : n,
			.p = change[i].p,
		};
		judge(s, x, widens, delta);
		locate(s, x, work);
	}
	free(change);
	free(work);
	return found;
}

static size_t distance(size_t a, size_t b)
{
	return a > b ? a - b : b - a;
}

static int is_near(const struct fm_shift *shift,
		   const struct fm_shift_told *told)
{
	return distance(shift->at, told->at) <= FM_SHIFT_NEAR &&
	       shift->ratio.value * told->ratio.middle > 0;
}

int fm_shift_is_told(const struct fm_shift *shift,
		     const struct fm_shift_told *told, double delta)
{
	struct fm_interval is = fm_mean_interval(shift->ratio, FM_SHIFT_LEVEL);

	if (!is_near(shift, told))
		return 0;
	return is.middle > 0 ? is.lo <= told->ratio.hi + delta :
			       is.hi >= told->ratio.lo - delta;
}

static int is_taken(const size_t *is, size_t n, size_t told)
{
	for (size_t i = 0; i < n; i++)
		if (is[i] == told)
			return 1;
	return 0;
}

/*
 * Two that were told may be found as one: the first of those near the i-th that
 * are not taken, if together they are as large.
 */
static size_t in_one(const struct fm_shift *shift, size_t i, size_t n,
		     const struct fm_shift_told *told, size_t m, double delta,
		     const size_t *is)
{
	struct fm_shift_told all = { .at = shift[i].at };
	size_t first = SIZE_MAX;

	for (size_t k = m; k-- > 0;) {
		if (!is_near(&shift[i], &told[k]) || is_taken(is, n, k))
			continue;
		all.ratio.lo += told[k].ratio.lo;
		all.ratio.middle += told[k].ratio.middle;
		all.ratio.hi += told[k].ratio.hi;
		first = k;
	}
	return first < m && fm_shift_is_told(&shift[i], &all, delta) ? first :
								       SIZE_MAX;
}

void fm_shifts_match(const struct fm_shift *shift, size_t n,
		     const struct fm_shift_told *told, size_t m, double delta,
		     size_t *is)
{
	for (size_t i = 0; i < n; i++)
		is[i] = SIZE_MAX;
	for (size_t near = 0; near <= FM_SHIFT_NEAR; near++)
		for (size_t i = 0; i < n; i++)
			for (size_t k = 0; k < m; k++)
				if (is[i] == SIZE_MAX &&
				    distance(shift[i].at, told[k].at) == near &&
				    !is_taken(is, n, k) &&
				    fm_shift_is_told(&shift[i], &told[k],
						     delta))
					is[i] = k;
	for (size_t i = 0; i < n; i++)
		if (is[i] == SIZE_MAX)
			is[i] = in_one(shift, i, n, told, m, delta, is);
}
