/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In what two sides may differ, and in what they do. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "compare.h"
#include "names.h"
#include "nearest.h"
#include "say.h"

static int is_fact(const char *name, const struct fm_side *side)
{
	for (size_t i = 0; i < side->n; i++)
		if (fm_fact_find(&side->run[i].facts, name))
			return 1;
	return 0;
}

static int refuse(const char *name, const struct fm_side *side,
		  struct fm_why *why)
{
	char list[8192] = "host", near[64];

	for (size_t i = 0; i < side->run->facts.n; i++)
		fm_names_append(list, sizeof(list),
				side->run->facts.fact[i].key);
	for (size_t i = 0; i < fm_plan_table.columns; i++)
		if (fm_is_axis(fm_plan_table.column[i].name))
			fm_names_append(list, sizeof(list),
					fm_plan_table.column[i].name);
	if (fm_nearest(name, list, near, sizeof(near)))
		return fm_fail(why, EINVAL,
			       "--across %.60s: no fact of machine.json and no "
			       "axis of the points; did you mean %s?",
			       name, near);
	return fm_fail(why, EINVAL,
		       "--across %.60s: no fact of machine.json and no axis of "
		       "the points; forkmeter show RUN --machine lists the "
		       "facts, forkmeter list columns the axes",
		       name);
}

int fm_across_cut(struct fm_across *across, const struct fm_list *list,
		  const struct fm_side *base, const struct fm_side *new,
		  struct fm_why *why)
{
	const size_t max = sizeof(across->key) / sizeof(*across->key);
	char *rest = across->text, *key;

	*across = (struct fm_across){ 0 };
	for (size_t i = 0; i < list->n; i++)
		fm_names_append(across->text, sizeof(across->text),
				list->item[i]);
	while (list->n && (key = strsep(&rest, ","))) {
		if (strcmp(key, "host") && !fm_is_axis(key) &&
		    !is_fact(key, base) && !is_fact(key, new))
			return refuse(key, base, why);
		if (across->n < max)
			across->key[across->n++] = key;
	}
	return 0;
}

int fm_across_has(const struct fm_across *across, const char *key)
{
	for (size_t i = 0; i < across->n; i++)
		if (!strcmp(across->key[i], key))
			return 1;
	return 0;
}

int fm_across_allows(const struct fm_across *across,
		     const struct fm_fact_difference *d)
{
	if (across->any_fact || fm_across_has(across, d->key))
		return 1;
	if (d->role == FM_FACT_HOST)
		return fm_across_has(across, "host");
	return fm_across_has(across, "kernel") && fm_fact_is_of_kernel(d);
}

void fm_across_say(const char *what, const char *a_name, const char *b_name,
		   const struct fm_fact_difference *d)
{
	char a[256], b[256];

	fm_fact_say(d->a, a, sizeof(a));
	fm_fact_say(d->b, b, sizeof(b));
	fm_say("%s: %s: %s in %s, %s in %s", what, d->key, *a ? a : "nothing",
	       a_name, *b ? b : "nothing", b_name);
}

/*
 * What to name so that all of these may differ, one after the other: a name may
 * cover what comes behind it.
 */
static const char *insist(const struct fm_across *across,
			  const struct fm_fact_difference *d, size_t n,
			  char *list, size_t size)
{
	const size_t max = sizeof(across->key) / sizeof(*across->key);
	struct fm_across more = *across;

	*list = '\0';
	for (size_t i = 0; i < n && more.n < max; i++) {
		if (fm_across_allows(&more, &d[i]))
			continue;
		more.key[more.n] =
			d[i].role == FM_FACT_HOST ? "host" : d[i].key;
		fm_names_append(list, size, more.key[more.n++]);
	}
	return list;
}

/*
 * What a machine emulates takes the time that emulating takes, so ratios to a
 * real one say nothing; --across cannot make them.
 */
static int is_one_kind_of_time(const struct fm_side *base,
			       const struct fm_side *new)
{
	const char *a = fm_rundata_fact(base->run, "emulator");
	const char *b = fm_rundata_fact(new->run, "emulator");

	if (!*a == !*b)
		return 1;
	fm_say_usage(
		"%s was measured under an emulator (%s), %s was not: "
		"their times have nothing in common, and no --across makes "
		"them comparable",
		*a ? base->name : new->name, *a ? a : b,
		*a ? new->name : base->name);
	return 0;
}

int fm_across_check(const struct fm_across *across, const struct fm_side *base,
		    const struct fm_side *new)
{
	struct fm_fact_difference d[2 * FM_FACTS_MAX];
	size_t n = fm_fact_differ(&base->run->facts, &new->run->facts, d);
	char list[1024];

	if (!is_one_kind_of_time(base, new))
		return -EINVAL;
	for (size_t i = 0; i < n; i++)
		if (fm_across_allows(across, &d[i]))
			fm_across_say("under comparison", base->name, new->name,
				      &d[i]);
	for (size_t i = 0; i < n; i++)
		if (!fm_across_allows(across, &d[i]))
			fm_across_say(d[i].role == FM_FACT_HOST ?
					      "another machine" :
					      "another state",
				      base->name, new->name, &d[i]);
	if (!*insist(across, d, n, list, sizeof(list)))
		return 0;
	return fm_say_usage("these differ and are not under comparison, so a "
			    "verdict would not say what causes it; to insist: "
			    "--across %s",
			    list);
}

int fm_side_is_one(const struct fm_side *side)
{
	struct fm_fact_difference d[2 * FM_FACTS_MAX];

	for (size_t i = 1; i < side->n; i++) {
		size_t n = fm_fact_differ(&side->run[0].facts,
					  &side->run[i].facts, d);

		for (size_t k = 0; k < n; k++)
			fm_across_say("one side, two states", side->run[0].path,
				      side->run[i].path, &d[k]);
		if (n)
			return fm_say_usage("the runs of %s are to be of one "
					    "machine in one state; leave one "
					    "of them out",
					    side->name);
	}
	return 0;
}
