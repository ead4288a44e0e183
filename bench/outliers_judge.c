/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each point of each group judged, and each machine over its points. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "outliers.h"
#include "quantiles.h"
#include "where.h"

static int is_broken(const struct fm_rundata *run, const struct fm_line *line)
{
	static const struct fm_across nothing;

	for (size_t i = 0; line->broken && i < run->lines; i++)
		if (fm_line_is_same(&run->line[i], line->row, &nothing))
			return !strcmp(run->line[i].verdict, "broken");
	return 0;
}

/* What the machine measured of the line. */
static struct fm_mean level_of(const struct fm_unit *unit, const char *name,
			       double *work)
{
	for (size_t i = 0; i < unit->k; i++)
		work[i] = unit->block[i].median;
	return fm_quantiles_blur(fm_mean_log_trimmed(work, unit->k),
				 strcmp(name, "ns") ? FM_NO_STEP :
						      FM_CLOCK_STEP);
}

static size_t most_blocks(const struct fm_lines *lines)
{
	size_t most = 0;

	for (size_t i = 0; i < lines->n; i++) {
		const struct fm_units_of *units = &lines->line[i].units;

		for (size_t j = 0; j < units->n; j++)
			most = units->unit[j].k > most ? units->unit[j].k :
							 most;
	}
	return most;
}

static int is_wanted(const struct fm_outliers *o,
		     const struct fm_summary_row *row)
{
	for (size_t i = 0; i < o->where->n; i++)
		if (!fm_where_wants(&fm_summary_table, o->where->item[i], row))
			return 0;
	return 1;
}

/* Leaves the lines that --where asks for. */
static void choose(struct fm_outliers *o, struct fm_peers *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->lines.n; i++)
		if (is_wanted(o, p->lines.line[i].row))
			p->lines.line[n++] = p->lines.line[i];
	p->lines.n = n;
}

static size_t last_round(const struct fm_lines *lines, size_t j)
{
	uint64_t last = 0;

	for (size_t i = 0; i < lines->n; i++) {
		const struct fm_unit *unit = &lines->line[i].units.unit[j];

		if (unit->k && unit->block[unit->k - 1].round > last)
			last = unit->block[unit->k - 1].round;
	}
	return (size_t)last;
}

/* What machine j's own measurement leaves open of all its points together. */
static int take_own_error(struct fm_peers *p, size_t j)
{
	size_t rounds = last_round(&p->lines, j), n = p->lines.n;
	double *off = calloc(n * rounds + 1, sizeof(*off));

	if (!off)
		return -ENOMEM;
	for (size_t i = 0; i < n * rounds; i++)
		off[i] = NAN;
	for (size_t i = 0; i < n; i++) {
		const struct fm_unit *unit = &p->lines.line[i].units.unit[j];
		double level = p->value[i * p->side.n + j].value;

		for (size_t b = 0; b < unit->k; b++)
			if (unit->block[b].round)
				off[i * rounds + unit->block[b].round - 1] =
					log(unit->block[b].median) - level;
	}
	p->sum[j].se = fm_outliers_own_se(off, n, rounds);
	free(off);
	return 0;
}

static int sum_up(struct fm_peers *p)
{
	int err = fm_outliers_sum_up(p->value, p->lines.n, p->side.n, p->sum);

	for (size_t j = 0; j < p->side.n && !err; j++)
		err = take_own_error(p, j);
	return err;
}

static int take_values(struct fm_peers *p)
{
	size_t k = p->side.n, n = p->lines.n;
	double *work = calloc(most_blocks(&p->lines) + 1, sizeof(*work));

	p->shown = calloc(n * k + 1, sizeof(*p->shown));
	p->value = calloc(n * k + 1, sizeof(*p->value));
	p->line = calloc(n * k + 1, sizeof(*p->line));
	p->sum = calloc(k + 1, sizeof(*p->sum));
	p->machine = calloc(k + 1, sizeof(*p->machine));
	if (!work || !p->shown || !p->value || !p->line || !p->sum ||
	    !p->machine) {
		free(work);
		return -ENOMEM;
	}
	for (size_t i = 0; i < n; i++) {
		const struct fm_line *line = &p->lines.line[i];
		size_t have = 0;

		for (size_t j = 0; j < k; j++) {
			struct fm_mean *v = &p->shown[i * k + j];

			*v = level_of(&line->units.unit[j], line->row->unit,
				      work);
			if (is_broken(&p->side.run[j], line) ||
			    !isfinite(v->value))
				v->value = NAN;
			p->value[i * k + j] = *v;
			if (v->n < FM_LEAST_BLOCKS)
				p->value[i * k + j].value = NAN;
			have += !isnan(p->value[i * k + j].value);
		}
		p->judged += have >= FM_OUTLIER_LEAST;
	}
	free(work);
	return sum_up(p);
}

static int measure(struct fm_outliers *o)
{
	struct fm_choice choice = { 0 };
	size_t lines = 0;
	int err = 0;

	for (size_t i = 0; i < o->groups && !err; i++) {
		struct fm_peers *p = &o->peers[i];

		fm_choice_make(&choice, o->metrics, &p->side, &p->side);
		err = fm_lines_make(&p->lines, &p->side, &choice);
		if (err)
			break;
		lines += p->lines.n;
		choose(o, p);
		err = take_values(p);
		o->points += p->judged;
		o->judged += p->judged > 0;
	}
	if (!err && !lines && o->metrics) {
		o->all.name = o->all.run->path;
		return fm_choice_refuse(&choice, &o->all);
	}
	return err;
}

int fm_outliers_judge(struct fm_outliers *o)
{
	double alpha = (1 - o->family) / 2;
	int err = measure(o);

	for (size_t i = 0; i < o->groups && !err; i++) {
		struct fm_peers *p = &o->peers[i];
		size_t k = p->side.n;

		for (size_t l = 0; l < p->lines.n && !err; l++)
			err = fm_outliers_find(p->value + l * k, k,
					       alpha / (double)o->points,
					       o->delta, p->line + l * k) < 0 ?
				      -ENOMEM :
				      0;
		if (!err)
			err = fm_outliers_find(p->sum, k,
					       alpha / (double)o->judged,
					       o->delta, p->machine) < 0 ?
				      -ENOMEM :
				      0;
	}
	return err;
}
