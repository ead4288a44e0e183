/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A metric that no series has. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "names.h"
#include "nearest.h"
#include "say.h"
#include "trend.h"

/* No series of null is looked at. Returns whether the metric is among them. */
static int list_metrics(const struct fm_history_series *series, size_t n,
			const char *metric, char *list, size_t size)
{
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;

		if (!strcmp(series[i].workload, "null"))
			continue;
		if (!strcmp(series[i].metric, metric))
			return 1;
		while (k < i && (!strcmp(series[k].workload, "null") ||
				 strcmp(series[k].metric, series[i].metric)))
			k++;
		if (k == i)
			fm_names_append(list, size, series[i].metric);
	}
	return 0;
}

int fm_trend_check_metric(const struct fm_trend *t, struct fm_why *why)
{
	struct fm_history_series *series = NULL;
	char list[2048] = "", near[64];
	size_t n = 0;
	int err = fm_history_load(t->history, &fm_history_series_table,
				  "ORDER BY series", (void **)&series, &n, why);

	if (err)
		return err;
	if (!list_metrics(series, n, t->metric, list, sizeof(list)) && *list)
		err = fm_nearest(t->metric, list, near, sizeof(near)) ?
			      fm_say_usage("--metric %s: the history has no "
					   "such metric; did you mean %s? "
					   "There is: %s",
					   t->metric, near, list) :
			      fm_say_usage("--metric %s: the history has no "
					   "such metric; there is: %s",
					   t->metric, list);
	free(series);
	return err;
}
