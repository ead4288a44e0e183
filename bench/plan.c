/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the axes that were asked for to the points that will be measured. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "judge.h"
#include "names.h"
#include "params.h"
#include "plan.h"
#include "units.h"

enum { SIZES_MAX = 64 };

const char *fm_plan_setting(const char *const *set, const char *key)
{
	size_t n = strlen(key);

	for (; set && *set; set++)
		if (!strncmp(*set, key, n) && (*set)[n] == '=')
			return *set + n + 1;
	return NULL;
}

static int is_axis(const char *column)
{
	static const char *const others[] = { "point", "status", "reason",
					      "parameters" };

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (!strcmp(column, others[i]))
			return 0;
	return strncmp(column, "model_", 6) != 0;
}

int fm_plan_differ(const struct fm_plan_row *a, const struct fm_plan_row *b,
		   const struct fm_column *c)
{
	char x[FM_WHY_MAX], y[FM_WHY_MAX];

	return is_axis(c->name) &&
	       strcmp(fm_row_text(c, a, x), fm_row_text(c, b, y));
}

int fm_plan_same(const struct fm_plan_row *a, const struct fm_plan_row *b)
{
	for (size_t i = 0; i < fm_plan_table.columns; i++)
		if (fm_plan_differ(a, b, &fm_plan_table.column[i]))
			return 0;
	return 1;
}

static int append(struct fm_plan *plan, struct fm_plan_row *row)
{
	int err;

	for (size_t i = 0; i < plan->n; i++)
		if (fm_plan_same(&plan->row[i], row))
			return 0;
	if (plan->n == plan->room) {
		size_t room = plan->room ? 2 * plan->room : 64;
		void *rows = realloc(plan->row, room * sizeof(*row));

		if (!rows)
			return -ENOMEM;
		plan->row = rows;
		plan->room = room;
	}
	fm_params_tell(row);
	row->point = plan->n + 1;
	err = fm_judge(plan, row);
	if (err)
		return err;
	plan->row[plan->n++] = *row;
	return 0;
}

/* Sizes of pages that only other machines have are not part of "all". */
static int exists(const struct fm_plan_row *row)
{
	const struct fm_backing *b = fm_backing_find(row->backing);
	static struct fm_settings unused;

	unused.n = 0;
	return !b->offer || b->offer(row, &unused, NULL) != -ENODEV;
}

/* The product over the parameters, from number i on. */
static int add_params(struct fm_plan *plan, const struct fm_axes *axes,
		      struct fm_plan_row row, size_t i, struct fm_why *why)
{
	const struct fm_params params = fm_params_of(&row);
	const struct fm_param *param = fm_params_at(&params, i);
	const struct fm_column *column;
	struct fm_names values;
	const char *asked;
	int err;

	if (!param)
		return append(plan, &row);
	asked = fm_plan_setting(axes->set, param->name);
	column = fm_table_column(&fm_plan_table, param->name);
	if (!column)
		return fm_fail(why, EINVAL, "%s is no column of plan.tsv",
			       param->name);
	err = fm_param_values(&values, param, asked, why);
	for (size_t k = 0; k < values.n && !err; k++) {
		fm_row_set(column, &row, values.name[k]);
		if (asked && !strcmp(asked, "all") && !exists(&row))
			continue;
		err = add_params(plan, axes, row, i + 1, why);
	}
	return err;
}

struct lists {
	struct fm_names strategy, child, backing;
	uint64_t size[SIZES_MAX];
	int sizes;
	int backing_asked;
};

static int cut_sizes(const struct fm_plan *plan, const char *text, int large,
		     struct lists *l, struct fm_why *why)
{
	l->sizes = fm_units_sizes(text, l->size, SIZES_MAX);
	if (l->sizes == -E2BIG)
		return fm_fail(why, EINVAL, "--rss %s: too many sizes", text);
	if (l->sizes == -EINVAL)
		return fm_fail(why, EINVAL,
			       "--rss %s: want sizes such as 0,64M,1G (K, M, "
			       "G, T) or a range LO..HI with 0 < LO <= HI",
			       text);
	if (l->sizes < 0 || (!large && plan->memory_total &&
			     l->size[l->sizes - 1] > plan->memory_total))
		return fm_fail(why, EINVAL,
			       "--rss %s: this machine has %.1f GiB of memory; "
			       "choose less",
			       text, (double)plan->memory_total / 0x1p30);
	return 0;
}

/* Lists for one workload; where nothing was asked for, what suits it. */
static int cut_axes(const struct fm_plan *plan, const struct fm_axes *axes,
		    const struct fm_workload *w, struct lists *l,
		    struct fm_why *why)
{
	int takes_memory = w->needs & (FM_NEEDS_MEMORY | FM_USES_MEMORY);
	int needs_child = w->needs & FM_NEEDS_CHILD;
	const char *rss = axes->rss;
	int err;

	if (!rss || !takes_memory)
		rss = w->needs & FM_NEEDS_MEMORY ? "64M" :
		      axes->backing && takes_memory &&
				      strcmp(axes->backing, "none") ?
						   "64M" :
						   "0";
	l->backing_asked = takes_memory && axes->backing;
	err = fm_names_cut_known(&l->strategy, "strategy",
				 axes->strategy ? axes->strategy :
				 needs_child	? "all" :
						  "fork",
				 why);
	if (!err)
		err = fm_names_cut_known(
			&l->child, "child",
			axes->child ? axes->child : "exit,exec", why);
	if (!err)
		err = fm_names_cut_known(
			&l->backing, "backing",
			l->backing_asked ? axes->backing : "none", why);
	if (!err)
		err = cut_sizes(plan, rss, axes->skip_large, l, why);
	if (!(w->needs & FM_NEEDS_STRATEGY))
		l->strategy = (struct fm_names){ .name = { "" }, .n = 1 };
	if (!needs_child)
		l->child = (struct fm_names){ .name = { "" }, .n = 1 };
	return err;
}

static int add_workload(struct fm_plan *plan, const struct fm_axes *axes,
			const char *name, struct fm_why *why)
{
	const struct fm_workload *w = fm_workload_find(name);
	struct lists l;
	int err = cut_axes(plan, axes, w, &l, why);
	size_t total = 0;

	if (!err)
		total = l.strategy.n * l.child.n * l.backing.n *
			(size_t)l.sizes;
	for (size_t i = 0; i < total && !err; i++) {
		size_t at = i;
		struct fm_plan_row row;

		fm_row_clear(&fm_plan_table, &row);
		strcpy(row.workload, name);
		strcpy(row.strategy, l.strategy.name[at % l.strategy.n]);
		at /= l.strategy.n;
		strcpy(row.child, l.child.name[at % l.child.n]);
		at /= l.child.n;
		row.rss_bytes = l.size[at % (size_t)l.sizes];
		at /= (size_t)l.sizes;
		strcpy(row.backing, l.backing_asked ? l.backing.name[at] :
				    row.rss_bytes   ? "anon" :
						      "none");
		/* "all" is those that fit: none holds no memory, others do. */
		if (l.backing_asked && !strcmp(axes->backing, "all") &&
		    !strcmp(row.backing, "none") != !row.rss_bytes)
			continue;
		err = add_params(plan, axes, row, 0, why);
	}
	return err;
}

unsigned int fm_plan_needs(const char *workloads)
{
	struct fm_names names;
	unsigned int needs = 0;

	if (fm_names_cut_known(&names, "workload", workloads, NULL))
		return ~0u;
	for (size_t i = 0; i < names.n; i++)
		needs |= fm_workload_find(names.name[i])->needs;
	return needs;
}

/* Whether a list of workloads or backings has it. */
static int any_has(const char *kind, const char *list, const char *setting)
{
	struct fm_plan_row row;
	struct fm_names names;

	if (!list || fm_names_cut_known(&names, kind, list, NULL))
		return 0;
	for (size_t i = 0; i < names.n; i++) {
		struct fm_params params;

		fm_row_clear(&fm_plan_table, &row);
		strcpy(strcmp(kind, "backing") ? row.workload : row.backing,
		       names.name[i]);
		params = fm_params_of(&row);
		if (fm_params_find(&params, setting))
			return 1;
	}
	return 0;
}

int fm_plan_has_parameter(const struct fm_axes *axes, const char *setting)
{
	return any_has("workload", axes->workload, setting) ||
	       any_has("backing", axes->backing, setting);
}

static int check_settings(const struct fm_axes *axes, struct fm_why *why)
{
	for (const char *const *s = axes->set; *s; s++)
		if (!fm_plan_has_parameter(axes, *s))
			return fm_fail(
				why, EINVAL,
				"--set %s: no such parameter of these "
				"workloads and backings; see forkmeter list "
				"parameters",
				*s);
	return 0;
}

int fm_plan_add(struct fm_plan *plan, const struct fm_axes *axes,
		struct fm_why *why)
{
	struct fm_names workloads;
	int err =
		fm_names_cut_known(&workloads, "workload", axes->workload, why);

	if (!err)
		err = check_settings(axes, why);
	for (size_t i = 0; i < workloads.n && !err; i++)
		err = add_workload(plan, axes, workloads.name[i], why);
	return err;
}

size_t fm_plan_measured(const struct fm_plan *plan)
{
	size_t n = 0;

	for (size_t i = 0; i < plan->n; i++)
		n += !strcmp(plan->row[i].status, "measure");
	return n;
}

void fm_plan_free(struct fm_plan *plan)
{
	free(plan->row);
	plan->row = NULL;
	plan->n = plan->room = 0;
}
