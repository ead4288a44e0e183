/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of each machine and point: the rows that are printed. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "outliers.h"
#include "stopping.h"
#include "units.h"

static void put_machine(struct fm_outlier_row *row,
			const struct fm_rundata *run, size_t group)
{
	const struct {
		char *field;
		size_t size;
		const char *key;
	} fact[] = {
		{ row->host, sizeof(row->host), "host" },
		{ row->host_id, sizeof(row->host_id), "host_id" },
		{ row->kernel, sizeof(row->kernel), "kernel" },
		{ row->state, sizeof(row->state), "state" },
		{ row->started, sizeof(row->started), "started" },
	};

	fm_row_clear(&fm_outlier_table, row);
	row->peers = group + 1;
	for (size_t i = 0; i < sizeof(fact) / sizeof(*fact); i++)
		snprintf(fact[i].field, fact[i].size, "%s",
			 fm_rundata_fact(run, fact[i].key));
	snprintf(row->run, sizeof(row->run), "%s", run->path);
}

/* The least that its interval would have to be off by to lie beyond delta. */
static double least(const struct fm_outlier *o, double delta)
{
	struct fm_interval i = fm_mean_interval(o->off, o->level);

	return expm1(delta + (i.hi - i.lo) / 2);
}

static void put_verdict(struct fm_outlier_row *row, const struct fm_outlier *o,
			double delta)
{
	struct fm_interval own = fm_mean_interval_exp(o->off, FM_COMPARE_LEVEL);
	struct fm_interval all = fm_mean_interval_exp(o->off, o->level);

	row->machines = o->others.n;
	row->spread = expm1(o->spread);
	row->ratio = own.middle;
	row->ratio_lo = own.lo;
	row->ratio_hi = own.hi;
	row->level = FM_COMPARE_LEVEL;
	row->ratio_slo = all.lo;
	row->ratio_shi = all.hi;
	row->slevel = o->level;
	row->p = o->p;
	row->delta = expm1(delta);
	row->least = least(o, delta);
	strcpy(row->verdict, fm_verdict_names[o->verdict]);
}

/* Why nothing is said of a machine that was judged. */
static void say_unsure(struct fm_outlier_row *row, const struct fm_outlier *o,
		       double delta)
{
	char text[32];

	if (o->verdict != FM_UNSURE)
		return;
	fm_units_percent_text(row->least, text, sizeof(text));
	if (fabs(o->off.value) > log1p(row->least))
		snprintf(row->reason, sizeof(row->reason),
			 "deviates, but a third of the machines does so more: "
			 "not outliers, but machines of several kinds");
	else if (row->least > 2 * expm1(delta))
		snprintf(row->reason, sizeof(row->reason),
			 "less than the %s from which on it could be told from "
			 "how the others differ",
			 text);
	else
		snprintf(row->reason, sizeof(row->reason),
			 "too near to the minimum effect to tell");
}

/* Why there is nothing to judge. */
static void say_obstacle(struct fm_outlier_row *row,
			 const struct fm_mean *value, size_t have)
{
	char *why = row->reason;
	size_t size = sizeof(row->reason);

	strcpy(row->verdict, fm_verdict_names[FM_UNSURE]);
	if (value->n < FM_LEAST_BLOCKS && !strcmp(row->over, "point"))
		snprintf(why, size, "blocks: %zu, and an interval needs %d",
			 value->n, FM_LEAST_BLOCKS);
	else if (isnan(value->value) && !strcmp(row->over, "point"))
		snprintf(why, size, "broken, or a block's median is 0");
	else
		snprintf(why, size, "machines: %zu, and a verdict needs %d",
			 have, FM_OUTLIER_LEAST);
}

static size_t count_values(const struct fm_mean *value, size_t k)
{
	size_t n = 0;

	for (size_t j = 0; j < k; j++)
		n += !isnan(value[j].value);
	return n;
}

static void put_median(struct fm_outlier_row *row, const struct fm_mean *value,
		       const struct fm_rundata *run)
{
	/* A run that stopped when it was precise enough is less precise. */
	double level = *fm_rundata_fact(run, "precision") ?
			       fm_stopping_level(FM_COMPARE_LEVEL) :
			       FM_COMPARE_LEVEL;
	struct fm_interval i = fm_mean_interval_exp(*value, level);

	row->blocks = value->n;
	row->median = i.middle;
	row->median_lo = i.lo;
	row->median_hi = i.hi;
	row->level = FM_COMPARE_LEVEL;
	row->points = 1;
}

static void tell_point(struct fm_outliers *o, const struct fm_peers *p,
		       size_t group, size_t line, size_t j)
{
	const struct fm_mean *value = &p->value[line * p->side.n + j];
	const struct fm_outlier *is = &p->line[line * p->side.n + j];
	struct fm_outlier_row *row = &o->row[o->rows++];

	put_machine(row, &p->side.run[j], group);
	fm_row_copy(&fm_outlier_table, row, &fm_summary_table,
		    p->lines.line[line].row);
	strcpy(row->over, "point");
	*row->verdict = '\0';
	put_median(row, &p->shown[line * p->side.n + j], &p->side.run[j]);
	if (isnan(is->off.value)) {
		say_obstacle(row, value, count_values(value - j, p->side.n));
		return;
	}
	put_verdict(row, is, o->delta);
	row->others = exp(is->others.value);
	say_unsure(row, is, o->delta);
}

static void count_points(struct fm_outlier_row *row, const struct fm_peers *p,
			 size_t j)
{
	row->points = p->sum[j].n;
	row->slower = 0;
	row->faster = 0;
	for (size_t i = 0; i < p->lines.n; i++) {
		enum fm_verdict v = p->line[i * p->side.n + j].verdict;

		row->slower += v == FM_SLOWER;
		row->faster += v == FM_FASTER;
	}
}

/* A machine without others is so for a reason, and that can be named. */
static void say_apart(const struct fm_outliers *o, const struct fm_peers *p,
		      size_t group, struct fm_outlier_row *row)
{
	size_t n = strlen(row->reason);

	if (p->side.n >= FM_OUTLIER_LEAST)
		snprintf(row->reason, sizeof(row->reason),
			 "no point of it was measured by %d machines of the "
			 "group that can be judged",
			 FM_OUTLIER_LEAST);
	else if (n + 3 < sizeof(row->reason)) {
		fm_outliers_apart(o, group, row->reason + n + 2,
				  sizeof(row->reason) - n - 2);
		if (row->reason[n + 2])
			memcpy(row->reason + n, "; ", 2);
	}
}

static void tell_machine(struct fm_outliers *o, const struct fm_peers *p,
			 size_t group, size_t j)
{
	struct fm_outlier_row *row = &o->row[o->rows++];

	put_machine(row, &p->side.run[j], group);
	strcpy(row->over, "machine");
	count_points(row, p, j);
	if (isnan(p->machine[j].off.value)) {
		say_obstacle(row, &p->sum[j], p->side.n);
		say_apart(o, p, group, row);
		return;
	}
	put_verdict(row, &p->machine[j], o->delta);
	say_unsure(row, &p->machine[j], o->delta);
}

int fm_outliers_tell(struct fm_outliers *o)
{
	size_t n = 0;

	for (size_t i = 0; i < o->groups; i++)
		n += (o->peers[i].lines.n + 1) * o->peers[i].side.n;
	o->row = calloc(n + 1, sizeof(*o->row));
	if (!o->row)
		return -ENOMEM;
	for (size_t i = 0; i < o->groups; i++) {
		const struct fm_peers *p = &o->peers[i];

		for (size_t j = 0; j < p->side.n; j++)
			tell_machine(o, p, i, j);
		for (size_t l = 0; l < p->lines.n; l++)
			for (size_t j = 0; j < p->side.n; j++)
				if (p->lines.line[l].units.unit[j].k)
					tell_point(o, p, i, l, j);
	}
	return 0;
}

size_t fm_outliers_count(const struct fm_outliers *o, int of_machines,
			 enum fm_verdict verdict)
{
	const char *over = of_machines ? "machine" : "point";
	size_t n = 0;

	for (size_t i = 0; i < o->rows; i++)
		n += !strcmp(o->row[i].over, over) &&
		     !strcmp(o->row[i].verdict, fm_verdict_names[verdict]);
	return n;
}
