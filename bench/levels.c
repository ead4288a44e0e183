/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The level of each point and metric as its blocks end: of medians, the mean.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "levels.h"
#include "quantiles.h"
#include "series.h"

static int grow(struct fm_levels *l)
{
	size_t room = l->room ? 2 * l->room : 16;
	struct fm_known *known = realloc(l->known, room * sizeof(*known));
	struct fm_running *means;
	double *last;

	if (!known)
		return -ENOMEM;
	l->known = known;
	means = realloc(l->log, room * sizeof(*means));
	if (!means)
		return -ENOMEM;
	l->log = means;
	last = realloc(l->last, room * sizeof(*last));
	if (!last)
		return -ENOMEM;
	l->last = last;
	l->room = room;
	return 0;
}

/*
 * The number of that point and metric, made where there is none yet; the metric
 * "" is any. One that had no metric so far gets this one.
 */
static struct fm_known *
find(struct fm_levels *l, const struct fm_plan_row *point, const char *metric)
{
	for (size_t i = 0; i < l->n; i++) {
		struct fm_known *k = &l->known[i];

		if (k->point != point)
			continue;
		if (!*k->metric)
			k->metric = metric;
		if (!*metric || !strcmp(k->metric, metric))
			return k;
	}
	if (l->n == l->room && grow(l))
		return NULL;
	l->log[l->n] = (struct fm_running){ 0 };
	l->last[l->n] = NAN;
	l->known[l->n] = (struct fm_known){
		.point = point,
		.metric = metric,
		.mean = fm_running_mean(&l->log[l->n]),
	};
	return &l->known[l->n++];
}

static int add_median(struct fm_levels *l, const struct fm_plan_row *point,
		      const char *metric, double median)
{
	struct fm_known *known = find(l, point, metric);
	struct fm_running *mean;
	double log_median = median > 0 ? log(median) : NAN;

	if (!known)
		return -ENOMEM;
	mean = &l->log[known - l->known];
	fm_running_add(mean, log_median);
	l->last[known - l->known] = log_median;
	known->mean = fm_quantiles_blur(fm_running_mean(mean), FM_CLOCK_STEP);
	return 0;
}

/* Returns 1 where a sample that counts has that metric, 0, or -ENOMEM. */
static int add_metric(struct fm_levels *l, const struct fm_plan_row *point,
		      const struct fm_metric *metric,
		      const struct fm_reply *reply,
		      const struct fm_sample *samples)
{
	struct fm_quantile_row *row = NULL;
	struct fm_series series;
	int err = 0;

	fm_series_open(&series, point, metric);
	for (uint64_t i = 0; i < reply->samples && err >= 0; i++)
		err = fm_series_add(&series, &samples[i]);
	if (err >= 0)
		err = fm_series_quantiles(&series, &row);
	if (!err && series.blocks)
		err = add_median(l, point, series.metric, row->median);
	free(row);
	fm_series_close(&series);
	return err ? err : series.blocks != 0;
}

static int add_reason(struct fm_levels *l, const struct fm_plan_row *point,
		      const char *reason)
{
	struct fm_known *known = find(l, point, "");

	if (!known)
		return -ENOMEM;
	snprintf(known->reason, sizeof(known->reason), "%s", reason);
	return 0;
}

int fm_levels_add(struct fm_levels *l, const struct fm_plan_row *point,
		  const struct fm_reply *reply, const struct fm_sample *samples)
{
	const struct fm_metrics *times = fm_metrics_times();
	int is_ok = !strcmp(reply->block.status, "ok"), had = 0, got = 0;

	if (!strcmp(point->workload, "null"))
		return 0;
	for (size_t i = 0; is_ok && i < times->n && got >= 0; i++) {
		got = add_metric(l, point, &times->metric[i], reply, samples);
		had |= got > 0;
	}
	if (got < 0 || had)
		return got < 0 ? got : 0;
	return add_reason(l, point,
			  is_ok ? "all samples of a block failed their proof" :
				  reply->block.reason);
}

double fm_levels_take(struct fm_levels *l, const struct fm_plan_row *point,
		      const char *metric)
{
	double last = NAN;

	for (size_t i = 0; i < l->n; i++)
		if (l->known[i].point == point &&
		    !strcmp(l->known[i].metric, metric)) {
			last = l->last[i];
			l->last[i] = NAN;
		}
	return last;
}

void fm_levels_free(struct fm_levels *l)
{
	free(l->known);
	free(l->log);
	free(l->last);
	*l = (struct fm_levels){ 0 };
}
