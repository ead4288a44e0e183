/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be said of a line, and in which order lines are told. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compare.h"
#include "quantiles.h"
#include "units.h"

static size_t blocks_of(const struct fm_line *line)
{
	size_t k = 0;

	for (size_t i = 0; i < line->units.n; i++)
		k += line->units.unit[i].k;
	return k;
}

static size_t units_of(const struct fm_line *line)
{
	size_t n = 0;

	for (size_t i = 0; i < line->units.n; i++)
		n += line->units.unit[i].k > 0;
	return n;
}

/* "backing=anon/thp", for each axis that the sides differ in. */
static void put_across(struct fm_comparison_row *row,
		       const struct fm_match *match,
		       const struct fm_across *across)
{
	size_t n = 0;

	for (size_t i = 0; i < across->n && n < sizeof(row->across); i++) {
		const struct fm_column *c =
			fm_table_column(&fm_summary_table, across->key[i]);
		char a[FM_WHY_MAX], b[FM_WHY_MAX];

		if (!c || !fm_is_axis(c->name) ||
		    !strcmp(fm_row_text(c, match->base->row, a),
			    fm_row_text(c, match->new->row, b)))
			continue;
		n += (size_t)snprintf(row->across + n, sizeof(row->across) - n,
				      "%s%s=%.60s/%.60s", n ? " " : "", c->name,
				      a, b);
	}
}

static double shown(struct fm_mean log, double plain)
{
	return isfinite(log.value) ? exp(log.value) : plain;
}

static void put_figures(struct fm_comparison_row *row,
			const struct fm_comparison *c,
			const struct fm_yardstick *y, double delta)
{
	struct fm_interval own = fm_mean_interval_exp(c->ratio, y->stated[0]);
	struct fm_interval all = fm_mean_interval_exp(c->ratio, y->stated[1]);
	struct fm_interval ns = fm_mean_interval(c->difference, y->stated[0]);

	row->base = shown(c->base, c->base_ns);
	row->new = shown(c->new, c->new_ns);
	row->ratio = own.middle;
	row->ratio_lo = own.lo;
	row->ratio_hi = own.hi;
	row->level = FM_COMPARE_LEVEL;
	row->ratio_slo = all.lo;
	row->ratio_shi = all.hi;
	row->slevel = y->level;
	row->difference = ns.middle;
	row->difference_lo = ns.lo;
	row->difference_hi = ns.hi;
	row->delta = expm1(delta);
}

static void put_observations(struct fm_comparison_row *row,
			     const struct fm_match *match,
			     const struct fm_comparison *c,
			     const struct fm_yardstick *y)
{
	row->base_blocks = blocks_of(match->base);
	row->new_blocks = blocks_of(match->new);
	row->base_observations = row->base_blocks;
	row->new_observations = row->new_blocks;
	row->left_out = c->left_out;
	snprintf(row->over, sizeof(row->over), "%s",
		 c->over == FM_OVER_ROUNDS ? "rounds" :
		 c->over == FM_OVER_BLOCKS ? "blocks" :
					     y->units);
	if (c->over == FM_OVER_ROUNDS) {
		row->base_observations = c->ratio.n;
		row->new_observations = c->ratio.n;
	} else if (c->over == FM_OVER_UNITS) {
		row->base_observations = units_of(match->base);
		row->new_observations = units_of(match->new);
	}
}

static void put_note(struct fm_comparison_row *row, const struct fm_match *m,
		     const struct fm_yardstick *y)
{
	size_t n = 0;

	if (y->caveat && !fm_yardstick_repeats(y, m->base->row) &&
	    strcmp(row->verdict, fm_verdict_names[FM_UNSURE]))
		n += (size_t)snprintf(row->note, sizeof(row->note), "%s",
				      y->caveat);

	if (m->base->disagrees || m->new->disagrees)
		n += (size_t)snprintf(row->note + n, sizeof(row->note) - n,
				      "%sfaults are not the model's in %s",
				      n ? "; " : "",
				      !m->new->disagrees  ? "BASE" :
				      !m->base->disagrees ? "NEW" :
							    "both");
	if (row->left_out)
		snprintf(row->note + n, sizeof(row->note) - n,
			 "%s%llu blocks without a partner left out",
			 n ? "; " : "", (unsigned long long)row->left_out);
}

static size_t least(const struct fm_comparison *c)
{
	return c->over == FM_OVER_UNITS ? FM_VERDICT_LEAST_UNITS :
					  FM_VERDICT_LEAST_BLOCKS;
}

/* Why nothing can be said, whatever the interval; "" where that decides. */
static void find_obstacle(struct fm_comparison_row *row,
			  const struct fm_match *m,
			  const struct fm_comparison *c)
{
	char *why = row->reason;
	size_t size = sizeof(row->reason);

	if (m->base->broken || m->new->broken)
		snprintf(why, size, "broken in %s",
			 !m->new->broken  ? "BASE" :
			 !m->base->broken ? "NEW" :
					    "both");
	else if (!isfinite(c->ratio.value) && c->absent)
		snprintf(why, size,
			 "%zu blocks have too few samples for their %s: "
			 "measure with more --samples and --block-time",
			 c->absent, row->statistic);
	else if (!c->ratio.n)
		snprintf(why, size, "no %s in common", row->over);
	else if (!isfinite(c->ratio.value))
		snprintf(why, size, "a block's %s is 0: there is no ratio",
			 row->statistic);
	else if (c->ratio.n < least(c))
		snprintf(why, size, "%s%s: %zu, and a verdict needs %zu",
			 row->over, c->over == FM_OVER_ROUNDS ? "" : " a side",
			 c->ratio.n, least(c));
}

/* Why the interval does not say: it is too wide, or lies across an edge. */
static void say_unsure(struct fm_comparison_row *row,
		       const struct fm_comparison *c, double level,
		       double delta)
{
	struct fm_interval i = fm_mean_interval(c->ratio, level);
	char edge[32];

	fm_units_percent_text(expm1(delta), edge, sizeof(edge));
	if (i.hi - i.lo >= 2 * delta)
		snprintf(row->reason, sizeof(row->reason),
			 "wider than +-%s: measure longer", edge);
	else
		snprintf(row->reason, sizeof(row->reason),
			 "too near to %s%s to tell: measure longer",
			 c->ratio.value < 0 ? "-" : "+", edge);
}

/*
 * Where kernels are compared and boots are too few to know how boots differ, an
 * effect counts only beyond what boots were measured to differ by.
 */
static enum fm_verdict judge_boots(struct fm_comparison_row *row,
				   const struct fm_comparison *c,
				   const struct fm_yardstick *y, double delta)
{
	enum fm_verdict v = FM_UNSURE;
	char floor[32];

	if (isnan(y->boots_floor)) {
		snprintf(row->reason, sizeof(row->reason),
			 "boots a side: %zu, and a verdict needs %d, for how "
			 "boots differ is not measured",
			 y->boots, FM_COMPARE_LEAST_BOOTS);
		return FM_UNSURE;
	}
	v = fm_verdict_of(c->ratio, least(c), y->stated[1],
			  fmax(delta, log1p(y->boots_floor)));
	if (v == FM_SLOWER || v == FM_FASTER)
		return v;
	snprintf(row->reason, sizeof(row->reason),
		 "not beyond the %s that boots of this machine differ by; "
		 "measure %d boots a side",
		 fm_units_percent_text(y->boots_floor, floor, sizeof(floor)),
		 FM_COMPARE_LEAST_BOOTS);
	return FM_UNSURE;
}

static enum fm_verdict judge(struct fm_comparison_row *row,
			     const struct fm_match *match,
			     const struct fm_comparison *c,
			     const struct fm_yardstick *y, double delta)
{
	enum fm_verdict v;

	/* Counts of nothing on both sides, which have no ratio. */
	if (strcmp(row->unit, "ns") != 0 && c->ratio.n >= least(c) &&
	    c->base_ns == 0 && c->new_ns == 0 && !match->base->broken &&
	    !match->new->broken)
		return FM_SAME;
	find_obstacle(row, match, c);
	if (*row->reason)
		return FM_UNSURE;
	if (y->boots_lack && !fm_yardstick_repeats(y, match->base->row))
		return judge_boots(row, c, y, delta);
	v = fm_verdict_of(c->ratio, least(c), y->stated[1], delta);
	if (v == FM_UNSURE)
		say_unsure(row, c, y->stated[1], delta);
	return v;
}

int fm_compare_line(struct fm_comparison_row *row, const struct fm_match *m,
		    const struct fm_yardstick *y)
{
	struct fm_comparison c;
	double delta;
	int err = fm_comparison_make(
		&c, m->base->units, m->new->units, y->statistic->offset,
		y->over,
		strcmp(m->base->row->unit, "ns") ? FM_NO_STEP : FM_CLOCK_STEP);

	if (err)
		return err;
	fm_row_clear(&fm_comparison_table, row);
	fm_row_copy(&fm_comparison_table, row, &fm_summary_table, m->base->row);
	snprintf(row->statistic, sizeof(row->statistic), "%s",
		 y->statistic->name);
	put_across(row, m, y->across);
	delta = fm_yardstick_delta(y, m->base->row, &c);
	put_figures(row, &c, y, delta);
	put_observations(row, m, &c, y);
	strcpy(row->verdict, fm_verdict_names[judge(row, m, &c, y, delta)]);
	put_note(row, m, y);
	return 0;
}

size_t fm_compare_count(const struct fm_comparison_row *rows, size_t n,
			enum fm_verdict verdict)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += !strcmp(rows[i].verdict, fm_verdict_names[verdict]);
	return count;
}
