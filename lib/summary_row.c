/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of summary.tsv: what a series of values amounts to. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats.h"
#include "summary_row.h"

#define BROKEN_SHARE 0.001

void fm_summary_begin(struct fm_summary_row *row,
		      const struct fm_plan_row *point, const char *metric)
{
	fm_row_clear(&fm_summary_table, row);
	fm_row_copy(&fm_summary_table, row, &fm_plan_table, point);
	snprintf(row->metric, sizeof(row->metric), "%s", metric);
	strcpy(row->unit, "ns");
}

void fm_summary_put_bins(struct fm_summary_row *row, const size_t *count)
{
	size_t n = 0;

	for (int i = 0; i < FM_SUMMARY_BINS && n < sizeof(row->histogram); i++)
		n += (size_t)snprintf(row->histogram + n,
				      sizeof(row->histogram) - n, "%s%zu",
				      i ? "," : "", count[i]);
}

/* Of the sorted values. */
static void put_histogram(const struct fm_series *s, double p99,
			  struct fm_summary_row *row)
{
	size_t count[FM_SUMMARY_BINS];

	fm_stats_histogram(s->value, s->n, p99, count, FM_SUMMARY_BINS);
	fm_summary_put_bins(row, count);
}

/*
 * Broken before all else. That the kernel takes another number of faults than
 * the model says is a finding about one of the two; the times are what they
 * are.
 */
const char *fm_summary_verdict(const struct fm_series *s)
{
	if (!s->n || s->mixed ||
	    (double)s->failed > BROKEN_SHARE * (double)(s->n + s->failed))
		return "broken";
	if (s->minflt_expected != FM_ABSENT &&
	    fm_series_mode(s->minflt, s->n) != s->minflt_expected)
		return "disagrees";
	return "ok";
}

/* The other figure: without disturbed samples, where they are few. */
static int put_clean_median(const struct fm_series *s,
			    struct fm_summary_row *row)
{
	double *medians = NULL;
	size_t k = 0;
	int err = 0;

	if (s->disturbed * 5 <= s->n)
		err = fm_series_clean_medians(s, &medians, &k);
	if (k)
		row->median_clean = exp(fm_mean_log(medians, k).value);
	free(medians);
	return err;
}

static struct fm_mean plain_mean(const struct fm_quantile_row *blocks, size_t k)
{
	double *x = malloc((k + 1) * sizeof(*x));
	struct fm_mean mean = { NAN, NAN, 0, 0 };

	for (size_t i = 0; x && i < k; i++)
		x[i] = blocks[i].median;
	if (x)
		mean = fm_mean_of(x, k);
	free(x);
	return mean;
}

static void put_plain(struct fm_summary_row *row,
		      const struct fm_quantile_row *blocks, size_t k,
		      double t_level)
{
	struct fm_interval x = fm_mean_interval(plain_mean(blocks, k), t_level);

	row->median = x.middle;
	if (!strcmp(row->unit, "ns"))
		return;
	row->median_lo = x.lo < 0 && x.middle >= 0 ? 0 : x.lo; /* no count is */
	row->median_hi = x.hi;
}

void fm_summary_put_blocks(struct fm_summary_row *row,
			   const struct fm_quantile_row *blocks, size_t k,
			   double t_level)
{
	static const struct {
		size_t from, to;
	} column[] = {
		{ offsetof(struct fm_quantile_row, median),
		  offsetof(struct fm_summary_row, median) },
		{ offsetof(struct fm_quantile_row, p10),
		  offsetof(struct fm_summary_row, block_p10) },
		{ offsetof(struct fm_quantile_row, p90),
		  offsetof(struct fm_summary_row, block_p90) },
		{ offsetof(struct fm_quantile_row, p99),
		  offsetof(struct fm_summary_row, block_p99) },
	};

	double step = strcmp(row->unit, "ns") ? FM_NO_STEP : FM_CLOCK_STEP;

	row->blocks = k;
	row->level = FM_SUMMARY_LEVEL;
	for (size_t i = 0; i < sizeof(column) / sizeof(*column); i++) {
		struct fm_interval x = fm_mean_interval_exp(
			fm_quantiles_mean(blocks, k, column[i].from, step),
			t_level);

		/* A value, its lower and its upper end follow each other. */
		memcpy((char *)row + column[i].to, &x, sizeof(x));
	}
	if (isnan(row->median))
		put_plain(row, blocks, k, t_level);
}

int fm_summary_row_make(struct fm_series *s,
			const struct fm_quantile_row *blocks, double t_level,
			struct fm_summary_row *row)
{
	struct fm_spread spread;
	double *work;
	int err;

	fm_summary_begin(row, s->point, s->metric);
	snprintf(row->unit, sizeof(row->unit), "%s", s->of->unit);
	row->n = s->n;
	row->blocks = s->blocks;
	row->failed = s->failed;
	row->disturbed = s->disturbed;
	row->extra = s->extra;
	strcpy(row->verdict, fm_summary_verdict(s));
	if (!s->n)
		return 0;
	work = malloc(s->n * sizeof(*work));
	err = work ? put_clean_median(s, row) : -ENOMEM;
	if (!err) {
		fm_summary_put_blocks(row, blocks, s->blocks, t_level);
		spread = fm_stats_spread(s->value, work, s->n);
		row->mean = spread.mean;
		row->sd = spread.sd;
		row->mad = spread.mad;
		row->min = spread.min;
		row->p1 = spread.p1;
		row->p5 = spread.p5;
		row->p25 = spread.p25;
		row->p75 = spread.p75;
		row->p90 = spread.p90;
		row->p95 = spread.p95;
		row->p99 = spread.p99;
		row->p999 = spread.p999;
		row->max = spread.max;
		put_histogram(s, spread.p99, row);
		row->minflt_expected = s->minflt_expected;
		row->minflt = fm_series_mode(s->minflt, s->n);
	}
	free(work);
	return err;
}
