/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values of one metric of one point, block after block. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "series.h"
#include "stats.h"

static int grow(struct fm_series *s)
{
	size_t room = s->room ? 2 * s->room : 256;
	double *value = realloc(s->value, room * sizeof(*value));
	uint64_t *minflt =
		value ? realloc(s->minflt, room * sizeof(*minflt)) : NULL;

	if (value)
		s->value = value;
	if (!minflt)
		return -ENOMEM;
	s->minflt = minflt;
	s->room = room;
	return 0;
}

static int open_block(struct fm_series *s, uint64_t block)
{
	if (s->blocks && s->last_block == block)
		return 0;
	if (s->blocks == s->block_room) {
		size_t room = s->block_room ? 2 * s->block_room : 16;
		size_t *start = realloc(s->block_start, room * sizeof(*start));

		if (!start)
			return -ENOMEM;
		s->block_start = start;
		s->block_room = room;
	}
	s->block_start[s->blocks++] = s->n;
	s->last_block = block;
	return 0;
}

static int has_mark(const char *marks, const char *mark)
{
	size_t n = strlen(mark);

	for (const char *at = marks; at; at = strchr(at, ',')) {
		at += *at == ',';
		if (!strncmp(at, mark, n) && strchr(":,", at[n]))
			return 1;
	}
	return 0;
}

/* Returns the sample's value of the metric, or NaN where it has none. */
static double value_of(const struct fm_series *s,
		       const struct fm_sample *sample)
{
	uint64_t ns;

	if (!s->column)
		return sample->batch_ns == FM_ABSENT || !sample->ops ||
				       sample->ops == FM_ABSENT ?
			       NAN :
			       (double)sample->batch_ns / (double)sample->ops;
	ns = *(const uint64_t *)(const void *)((const char *)sample +
					       s->column->offset);
	return ns == FM_ABSENT ? NAN : (double)ns;
}

int fm_series_add(struct fm_series *s, const struct fm_sample *sample)
{
	double value = value_of(s, sample);
	int err;

	if (isnan(value))
		return 0;
	if (has_mark(sample->marks, "failed")) {
		s->failed++;
		return 0;
	}
	if (s->n == s->room && (err = grow(s)))
		return err;
	err = open_block(s, sample->block);
	if (err)
		return err;
	s->minflt[s->n] = sample->minflt;
	s->value[s->n++] = value;
	s->minflt_expected = sample->minflt_expected;
	s->disturbed += has_mark(sample->marks, "preempted") ||
			has_mark(sample->marks, "migrated");
	s->extra += has_mark(sample->marks, "extra");
	return 0;
}

static int compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* The commonest value. Sorts x. */
uint64_t fm_series_mode(uint64_t *x, size_t n)
{
	uint64_t best = FM_ABSENT;
	size_t most = 0, run = 0;

	qsort(x, n, sizeof(*x), compare);
	for (size_t i = 0; i < n; i++) {
		run = i && x[i] == x[i - 1] ? run + 1 : 1;
		if (run > most) {
			most = run;
			best = x[i];
		}
	}
	return best;
}

int fm_series_block_medians(const struct fm_series *s, double **medians)
{
	double *copy = malloc(s->n * sizeof(*copy));

	*medians = malloc(s->blocks * sizeof(**medians));
	if (!copy || !*medians) {
		free(copy);
		return -ENOMEM;
	}
	memcpy(copy, s->value, s->n * sizeof(*copy));
	for (size_t b = 0; b < s->blocks; b++) {
		size_t from = s->block_start[b];
		size_t to = b + 1 < s->blocks ? s->block_start[b + 1] : s->n;

		(*medians)[b] = fm_stats_median(copy + from, to - from);
	}
	free(copy);
	return 0;
}
