/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values of one metric of one point, block after block. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pages.h"
#include "quantiles.h"
#include "series.h"
#include "stats.h"

/* Base pages that the point's walks touch: of both writers each has one. */
static double pages_of(const struct fm_plan_row *point)
{
	double pages = (double)point->rss_bytes / (double)fm_pages_base();

	if (!strcmp(point->writer, "both"))
		pages *= 2;

	return *point->fraction ? pages * atof(point->fraction) / 100 : pages;
}

void fm_series_open(struct fm_series *s, const struct fm_plan_row *point,
		    const struct fm_metric *metric)
{
	*s = (struct fm_series){
		.point = point,
		.of = metric,
		.metric = metric->name,
		.pages = pages_of(point),
	};
}

void fm_series_close(struct fm_series *s)
{
	free(s->value);
	free(s->minflt);
	free(s->clean);
	free(s->block);
}

static int resize(void *array, size_t size)
{
	void **at = array, *bigger = realloc(*at, size);

	if (!bigger)
		return -ENOMEM;
	*at = bigger;
	return 0;
}

static int grow(struct fm_series *s)
{
	size_t room = s->room ? 2 * s->room : 256;

	if (resize(&s->value, room * sizeof(*s->value)) ||
	    resize(&s->minflt, room * sizeof(*s->minflt)) ||
	    resize(&s->clean, room * sizeof(*s->clean)))
		return -ENOMEM;
	s->room = room;
	return 0;
}

static int open_block(struct fm_series *s, const struct fm_sample *sample)
{
	if (s->blocks && s->block[s->blocks - 1].block == sample->block)
		return 0;
	if (s->blocks == s->block_room) {
		size_t room = s->block_room ? 2 * s->block_room : 16;

		if (resize(&s->block, room * sizeof(*s->block)))
			return -ENOMEM;
		s->block_room = room;
	}
	s->block[s->blocks++] = (struct fm_series_block){
		.start = s->n,
		.block = sample->block,
		.round = sample->round,
	};
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

int fm_series_add(struct fm_series *s, const struct fm_sample *sample)
{
	double value = fm_metric_value(s->of, sample, s->pages);
	int err;

	if (isnan(value))
		return 0;
	if (has_mark(sample->marks, "failed")) {
		s->failed++;
		return 1;
	}
	if (s->n == s->room && (err = grow(s)))
		return err;
	err = open_block(s, sample);
	if (err)
		return err;
	s->mixed |= s->n && s->minflt_expected != sample->minflt_expected;
	s->minflt_expected = sample->minflt_expected;
	s->ops = sample->ops;
	s->clean[s->n] = !has_mark(sample->marks, "preempted") &&
			 !has_mark(sample->marks, "migrated");
	s->disturbed += !s->clean[s->n];
	s->extra += has_mark(sample->marks, "extra");
	s->minflt[s->n] = sample->minflt;
	s->value[s->n++] = value;
	return 1;
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

static size_t block_end(const struct fm_series *s, size_t b)
{
	return b + 1 < s->blocks ? s->block[b + 1].start : s->n;
}

int fm_series_quantiles(const struct fm_series *s,
			struct fm_quantile_row **rows)
{
	double *x = malloc((s->n + 1) * sizeof(*x));

	*rows = calloc(s->blocks + 1, sizeof(**rows));
	if (!x || !*rows) {
		free(x);
		free(*rows);
		*rows = NULL;
		return -ENOMEM;
	}
	for (size_t b = 0; b < s->blocks; b++) {
		struct fm_quantile_row *row = &(*rows)[b];
		size_t start = s->block[b].start, n = block_end(s, b) - start;

		fm_row_clear(&fm_quantile_table, row);
		row->point = s->point->point;
		row->round = s->block[b].round;
		row->block = s->block[b].block;
		snprintf(row->metric, sizeof(row->metric), "%s", s->metric);
		memcpy(x, s->value + start, n * sizeof(*x));
		fm_quantiles_fill(row, x, n);
	}
	free(x);
	return 0;
}

int fm_series_clean_medians(const struct fm_series *s, double **medians,
			    size_t *k)
{
	double *block = malloc((s->n + 1) * sizeof(*block));

	*k = 0;
	*medians = malloc((s->blocks + 1) * sizeof(**medians));
	if (!block || !*medians) {
		free(block);
		return -ENOMEM;
	}
	for (size_t b = 0; b < s->blocks; b++) {
		size_t end = block_end(s, b), n = 0;

		for (size_t i = s->block[b].start; i < end; i++)
			if (s->clean[i])
				block[n++] = s->value[i];
		if (n)
			(*medians)[(*k)++] = fm_stats_median(block, n);
	}
	free(block);
	return 0;
}
