/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the axes that were asked for to the points that will be measured. */
#ifndef FM_PLAN_H
#define FM_PLAN_H

#include "bench.h"
#include "offers.h"
#include "tunable.h"

enum { FM_SETTINGS_MAX = 16 };

/* Comma lists, or "all", or NULL for what suits the workload. */
struct fm_axes {
	const char *workload; /* never NULL */
	const char *strategy, *backing, *rss, *child;
	int skip_large; /* sizes beyond the machine are skipped, not refused */
	const char *set[FM_SETTINGS_MAX + 1]; /* KEY=LIST, ended by NULL */
};

struct fm_plan {
	struct fm_plan_row *row;
	size_t n, room;
	const struct fm_offers *offers;
	const struct fm_tunables *tunables; /* set meanwhile; NULL: none */
	struct fm_model_policy policy;
	uint64_t memory_total, memory_available; /* bytes; 0: unknown */
};

/*
 * Appends the product of the axes. Combinations that cannot exist, or not on
 * this machine, become rows whose status is skip, with the reason; a row that
 * is there already is not added twice. Returns 0, or -EINVAL for what is
 * unknown, misspelt or larger than the machine, with the reason in why.
 */
int fm_plan_add(struct fm_plan *plan, const struct fm_axes *axes,
		struct fm_why *why);

/*
 * Whether one of the workloads, or one of the backings that were asked for, has
 * the parameter of a "KEY=LIST" setting.
 */
int fm_plan_has_parameter(const struct fm_axes *axes, const char *setting);

/* What any of the workloads needs, enum fm_need; all of it for a bad list. */
unsigned int fm_plan_needs(const char *workloads);

/* Whether the rows differ in that column, and it is one of a point's axes. */
int fm_plan_differ(const struct fm_plan_row *a, const struct fm_plan_row *b,
		   const struct fm_column *column);
/* Whether they are the same point: differ in none. */
int fm_plan_same(const struct fm_plan_row *a, const struct fm_plan_row *b);

/* Rows whose status is measure. */
size_t fm_plan_measured(const struct fm_plan *plan);

void fm_plan_free(struct fm_plan *plan);

/* The value of a parameter in "KEY=LIST" strings, or NULL. */
const char *fm_plan_setting(const char *const *set, const char *key);

#endif
