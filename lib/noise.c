/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which disturbance goes with the level of blocks. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>

#include "holm.h"
#include "noise_view.h"
#include "summary_row.h"

int fm_noise_add(struct fm_noise *noise, const struct fm_block_row *row,
		 const struct fm_quantile_row *quantiles)
{
	if (!(quantiles->median > 0))
		return 0;
	if (noise->n == noise->room) {
		size_t room = noise->room ? 2 * noise->room : 256;
		struct fm_noise_block *block =
			realloc(noise->block, room * sizeof(*block));

		if (!block)
			return -ENOMEM;
		noise->block = block;
		noise->room = room;
	}
	noise->block[noise->n++] = (struct fm_noise_block){
		.row = row,
		.point = quantiles->point,
		.log_median = log(quantiles->median),
	};
	return 0;
}

void fm_noise_free(struct fm_noise *noise)
{
	free(noise->block);
}

/*
 * rho / sqrt((1 - rho^2) / df) is about t; blocks: those free to differ. One
 * side alone: what goes with faster blocks is an effect of speed, no cause of
 * slowness, as where a waiting block does less of its own.
 */
static double p_of(double rho, double blocks)
{
	double df = blocks - 1;

	return gsl_cdf_tdist_Q(rho / sqrt(fmax(1 - rho * rho, 1e-12) / df), df);
}

static void describe(struct fm_noise_view *v, size_t factor,
		     struct fm_noise_row *row)
{
	const int is_frequency = fm_noise_factors[factor].by == FM_NOISE_AS_IS;
	struct fm_interval ratio;
	double free_blocks;

	fm_row_clear(&fm_noise_table, row);
	strcpy(row->factor, fm_noise_factors[factor].name);
	row->points = v->points;
	row->blocks = v->n;
	row->disturbed = (uint64_t)lround(gsl_stats_mean(v->more, 1, v->n) *
					  (double)v->n);
	row->rho = gsl_stats_spearman(v->x, 1, v->scaled, 1, v->n, v->work);
	row->explained = row->rho * row->rho;
	row->independent = fm_noise_view_independent(v);
	row->level = FM_SUMMARY_LEVEL;
	if (row->disturbed && row->disturbed < v->n) {
		ratio = fm_mean_interval_exp(
			fm_noise_view_contrast(v,
					       row->independent / (double)v->n),
			row->level);
		row->ratio = ratio.middle;
		row->ratio_lo = ratio.lo;
		row->ratio_hi = ratio.hi;
	}
	free_blocks =
		row->independent * (double)(v->n - v->points) / (double)v->n;
	if (free_blocks >= FM_NOISE_LEAST_BLOCKS &&
	    row->disturbed >= FM_NOISE_LEAST_DISTURBED &&
	    v->n - row->disturbed >= FM_NOISE_LEAST_DISTURBED)
		row->p = p_of(is_frequency ? -row->rho : row->rho, free_blocks);
}

static int judge(struct fm_noise_row *rows, size_t n)
{
	double *p = malloc((n + 1) * sizeof(*p));
	int err;

	if (!p)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++)
		p[i] = rows[i].p;
	err = fm_holm_adjust(p, n);
	for (size_t i = 0; i < n && !err; i++) {
		rows[i].p = p[i];
		strcpy(rows[i].verdict, isnan(p[i])	      ? "few blocks" :
					p[i] > FM_NOISE_ALPHA ? "not shown" :
								"explains");
	}
	free(p);
	return err;
}

int fm_noise_make(const struct fm_noise *noise, struct fm_noise_row **rows,
		  size_t *n)
{
	struct fm_noise_view v = { 0 };
	int err = fm_noise_view_open(&v, noise->n);

	*n = 0;
	*rows = calloc(fm_noise_factors_n, sizeof(**rows));
	if (!*rows)
		err = -ENOMEM;
	for (size_t i = 0; i < fm_noise_factors_n && !err; i++) {
		fm_noise_view_look(&v, noise, i);
		if (fm_noise_view_varied(&v))
			describe(&v, i, &(*rows)[(*n)++]);
	}
	if (!err)
		err = judge(*rows, *n);
	fm_noise_view_close(&v);
	return err;
}
