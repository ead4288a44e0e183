/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines whose slope is known. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "metric.h"
#include "slope.h"
#include "test.h"

enum { SIZES = 4, ROUNDS = 5, POINTS = 2 * SIZES };

static struct fm_plan_row point[POINTS];
static struct fm_block_row block[POINTS * ROUNDS];
static const struct fm_block_row *row_of[POINTS * ROUNDS];
static struct fm_quantile_row median[POINTS][ROUNDS];
static struct fm_series series[POINTS];

/* Two strategies; 100 + 7 a page and 50 + 3 a page, in rounds that wander. */
static void make(void)
{
	size_t n = 0;

	for (size_t p = 0; p < POINTS; p++) {
		fm_row_clear(&fm_plan_table, &point[p]);
		strcpy(point[p].workload, "spawn");
		strcpy(point[p].strategy, p < SIZES ? "fork" : "_Fork");
		point[p].rss_bytes = (p % SIZES + 1) << 20;
		fm_series_open(&series[p], &point[p],
			       &fm_metrics_times()->metric[0]);
		series[p].ops = FM_ABSENT;
		series[p].blocks = ROUNDS;
		for (size_t r = 0; r < ROUNDS; r++, n++) {
			size_t pages = 10 * (p % SIZES + 1) + r;
			double wander = (double)(r % 3) - 1;

			fm_row_clear(&fm_block_table, &block[n]);
			block[n].pte_kib = 4 * pages;
			row_of[n] = &block[n];
			median[p][r].block = n + 1;
			median[p][r].round = r + 1;
			median[p][r].median =
				p < SIZES ? 100 + (7 + wander) * (double)pages :
					    50 + 3 * (double)pages;
		}
	}
}

int main(void)
{
	struct fm_slopes slopes = { .n = 0 };
	struct fm_slope_row *row;
	size_t n;

	make();
	for (size_t p = 0; p < POINTS; p++)
		CHECK(!fm_slopes_add_series(&slopes, &series[p], median[p],
					    row_of));
	CHECK(!fm_slopes_make(&slopes, 0.95, &row, &n) && n == 2);
	/* By name: _Fork, fork. */
	CHECK(!strcmp(row[0].strategy, "_Fork") && row[0].sizes == SIZES);
	CHECK(fabs(row[0].slope - 3) < 1e-9 && fabs(row[0].start - 50) < 1e-6);
	CHECK(row[0].slope_hi - row[0].slope_lo < 1e-9 && row[0].miss < 1e-9);
	/* Slopes 6, 7, 8, 6, 7 of five rounds: t of 4 degrees is 2.7764. */
	CHECK(fabs(row[1].slope - 6.8) < 1e-9 && row[1].rounds == ROUNDS);
	CHECK(fabs(row[1].slope_hi - 6.8 - 2.776445 * sqrt(0.7 / 5)) < 1e-5);
	free(row);

	/* Of a single size, or of batches, there is none. */
	fm_slopes_free(&slopes);
	series[0].ops = 4;
	CHECK(!fm_slopes_add_series(&slopes, &series[0], median[0], row_of));
	CHECK(slopes.n == 0);
	CHECK(!fm_slopes_add_series(&slopes, &series[1], median[1], row_of));
	CHECK(!fm_slopes_make(&slopes, 0.95, &row, &n) && n == 0);
	free(row);
	fm_slopes_free(&slopes);
	return test_end();
}
