/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The noise floor of a machine. */
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include "floor.h"
#include "journal.h"

#define UNKNOWN 0.9  /* an unknown point is noisier than so many */
#define BETWEEN 0.99 /* level of what lies between runs */

enum { WAIT_MS = 10000 };

int fm_floor_append(const char *dir, const struct fm_floor_row *row, size_t n,
		    struct fm_why *why)
{
	struct fm_journal journal;
	int err = fm_journal_open(&journal, &fm_floor_table, dir, WAIT_MS, why);

	if (err)
		return err;
	err = fm_journal_append(&journal, row, n, why);
	fm_journal_close(&journal);
	return err;
}

struct reading {
	struct fm_floor *floor;
	const char *host_id;
};

static int take(const void *data, void *ctx)
{
	const struct reading *reading = ctx;
	const struct fm_floor_row *row = data;
	struct fm_floor *floor = reading->floor;
	struct fm_floor_row *more;

	if (strcmp(row->host_id, reading->host_id))
		return 0;
	more = realloc(floor->row, (floor->n + 1) * sizeof(*more));
	if (!more)
		return -ENOMEM;
	floor->row = more;
	floor->row[floor->n++] = *row;
	return 0;
}

int fm_floor_load(struct fm_floor *floor, const char *dir, const char *host_id,
		  struct fm_why *why)
{
	struct reading reading = { floor, host_id };
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%s.tsv", dir, fm_floor_table.name);
	if (access(path, F_OK) < 0)
		return 0;
	return fm_table_read(&fm_floor_table, dir, take, &reading, why);
}

void fm_floor_free(struct fm_floor *floor)
{
	free(floor->row);
	*floor = (struct fm_floor){ 0 };
}

/* Where the newest run's lines begin. */
static size_t newest(const struct fm_floor *floor)
{
	size_t i = floor->n;

	while (i > 0 && !strcmp(floor->row[i - 1].started,
				floor->row[floor->n - 1].started))
		i--;
	return i;
}

/* A quantile over the newest run's lines of a column, by its offset. */
static double over_points(const struct fm_floor *floor, size_t offset, double q)
{
	size_t from = newest(floor), n = 0;
	double *x = malloc((floor->n - from + 1) * sizeof(*x)), result = NAN;

	for (size_t i = from; x && i < floor->n; i++) {
		memcpy(&x[n], (const char *)&floor->row[i] + offset,
		       sizeof(*x));
		x[n] = fabs(x[n]);
		n += !isnan(x[n]);
	}
	if (n) {
		gsl_sort(x, 1, n);
		result = gsl_stats_quantile_from_sorted_data(x, 1, n, q);
	}
	free(x);
	return result;
}

double fm_floor_sd(const struct fm_floor *floor, const struct fm_table *table,
		   const void *point, const char *metric, int paired)
{
	for (size_t i = floor->n; i-- > 0;)
		if (!strcmp(floor->row[i].metric, metric) &&
		    fm_row_same_point(&fm_floor_table, &floor->row[i], table,
				      point))
			return paired ? floor->row[i].sd :
					floor->row[i].apart_sd;
	return over_points(floor,
			   paired ? offsetof(struct fm_floor_row, sd) :
				    offsetof(struct fm_floor_row, apart_sd),
			   UNKNOWN);
}

static int same_series(const struct fm_floor_row *a,
		       const struct fm_floor_row *b)
{
	return !strcmp(a->state, b->state) && !strcmp(a->metric, b->metric) &&
	       fm_row_same_point(&fm_floor_table, a, &fm_floor_table, b);
}

/*
 * The log medians of the point of line first, one of each group of lines (a
 * run, or a boot: the text at offset group), which stand together.
 */
static size_t medians_of(const struct fm_floor *floor, size_t first,
			 size_t group, double *x)
{
	const char *last = "";
	size_t n = 0;

	for (size_t i = first; i < floor->n; i++) {
		const struct fm_floor_row *row = &floor->row[i];
		const char *of = (const char *)row + group;

		if (!same_series(row, &floor->row[first]) ||
		    !strcmp(of, last) || !(row->median > 0))
			continue;
		last = of;
		x[n++] = log(row->median);
	}
	return n;
}

static int is_first_of_series(const struct fm_floor *floor, size_t line)
{
	for (size_t i = 0; i < line; i++)
		if (same_series(&floor->row[i], &floor->row[line]))
			return 0;
	return 1;
}

/* NaN where no point has three groups. */
static double between(const struct fm_floor *floor, size_t group)
{
	double *x = malloc((floor->n + 1) * sizeof(*x)), squares = 0, df = 0;
	size_t points = 0, groups = 0;

	for (size_t i = 0; x && i < floor->n; i++) {
		size_t n = is_first_of_series(floor, i) ?
				   medians_of(floor, i, group, x) :
				   0;

		if (n < FM_LEAST_BLOCKS)
			continue;
		squares += gsl_stats_variance(x, 1, n) * (double)(n - 1);
		df += (double)(n - 1);
		groups = n > groups ? n : groups;
		points++;
	}
	free(x);
	/* Points of one group move together: their number adds no freedom. */
	return points ? gsl_cdf_tdist_Pinv(0.5 + BETWEEN / 2,
					   (double)(groups - 1)) *
				sqrt(2 * squares / df) :
			NAN;
}

double fm_floor_between_boots(const struct fm_floor *floor)
{
	return between(floor, offsetof(struct fm_floor_row, boot_id));
}

double fm_floor_between_runs(const struct fm_floor *floor)
{
	return between(floor, offsetof(struct fm_floor_row, started));
}

double fm_floor_halves(const struct fm_floor *floor)
{
	return over_points(floor, offsetof(struct fm_floor_row, halves),
			   UNKNOWN);
}
