/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ratios of two sides as their rounds end. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "differences.h"

static int make(struct fm_differences *d, const struct fm_known *of)
{
	struct fm_known *known = realloc(d->known, (d->n + 1) * sizeof(*known));
	struct fm_difference *difference;

	if (!known)
		return -ENOMEM;
	d->known = known;
	difference = realloc(d->difference, (d->n + 1) * sizeof(*difference));
	if (!difference)
		return -ENOMEM;
	d->difference = difference;
	d->difference[d->n] = (struct fm_difference){ 0 };
	d->known[d->n] = (struct fm_known){
		.point = of->point,
		.metric = of->metric,
		.mean = fm_mean_of(NULL, 0),
	};
	d->n++;
	return 0;
}

/* The place of that point and metric, made where there is none yet. */
static int find(struct fm_differences *d, const struct fm_known *of, size_t *at)
{
	for (*at = 0; *at < d->n; ++*at)
		if (d->known[*at].point == of->point &&
		    !strcmp(d->known[*at].metric, of->metric))
			return 0;
	return make(d, of);
}

static int append(struct fm_difference *d, double log)
{
	if (d->n == d->room) {
		size_t room = d->room ? 2 * d->room : 16;
		double *more = realloc(d->log, room * sizeof(*more));

		if (!more)
			return -ENOMEM;
		d->log = more;
		d->room = room;
	}
	d->log[d->n++] = log;
	return 0;
}

int fm_differences_add(struct fm_differences *d, struct fm_levels *base,
		       const struct fm_plan_row *base_point,
		       struct fm_levels *new,
		       const struct fm_plan_row *new_point)
{
	int err = 0;
	size_t at;

	for (size_t i = 0; i < base->n && !err; i++) {
		const struct fm_known *known = &base->known[i];
		double log;

		if (known->point != base_point)
			continue;
		err = find(d, known, &at);
		if (err)
			break;
		log = fm_levels_take(new, new_point, known->metric) -
		      fm_levels_take(base, base_point, known->metric);
		if (!isnan(log))
			err = append(&d->difference[at], log);
		d->known[at].mean = fm_mean_trimmed(d->difference[at].log,
						    d->difference[at].n);
		strcpy(d->known[at].reason, known->reason);
	}
	return err;
}

void fm_differences_free(struct fm_differences *d)
{
	for (size_t i = 0; i < d->n; i++)
		free(d->difference[i].log);
	free(d->difference);
	free(d->known);
	*d = (struct fm_differences){ 0 };
}
