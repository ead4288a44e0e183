/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which metrics of two sides are compared. */
#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

#include "compare.h"
#include "metric.h"
#include "names.h"
#include "nearest.h"
#include "say.h"

static int has_word(const struct fm_side *side, const char *key,
		    const char *word)
{
	for (size_t i = 0; i < side->n; i++)
		if (!strstr(fm_rundata_fact(&side->run[i], key), word))
			return 0;
	return 1;
}

static int is_emulated(const struct fm_side *side)
{
	for (size_t i = 0; i < side->n; i++)
		if (!*fm_rundata_fact(&side->run[i], "emulator"))
			return 0;
	return 1;
}

/* Whether each of its runs has what is no time, nor counts time. */
static int has_counts(const struct fm_side *side)
{
	for (size_t i = 0; i < side->n; i++) {
		const struct fm_rundata *run = &side->run[i];
		size_t k = 0;

		while (k < run->lines && !strcmp(run->line[k].unit, "ns"))
			k++;
		if (k == run->lines)
			return 0;
	}
	return 1;
}

static int is_of_child(const char *metric)
{
	return !strncmp(metric, "child.", 6) || !strncmp(metric, "process.", 8);
}

static int has_children(const struct fm_side *side)
{
	for (size_t i = 0; i < side->run->lines; i++)
		if (is_of_child(side->run->line[i].metric))
			return 1;
	return 0;
}

/* What a child's events hold, if that is known and the same of all; or "". */
static const char *child_counts(const struct fm_side *side)
{
	const char *first = fm_rundata_fact(side->run, "policy_child_counts");

	for (size_t i = 1; i < side->n; i++)
		if (strcmp(first, fm_rundata_fact(&side->run[i],
						  "policy_child_counts")))
			return "";
	return first;
}

void fm_choice_make(struct fm_choice *choice, const char *metrics,
		    const struct fm_side *base, const struct fm_side *new)
{
	const char *a = child_counts(base), *b = child_counts(new);

	*choice = (struct fm_choice){
		.metrics = metrics,
		.counts = is_emulated(base) && is_emulated(new) &&
			  has_counts(base) && has_counts(new),
		.repeats = has_word(base, "emulator", "icount") &&
			   has_word(new, "emulator", "icount"),
		.no_children = strcmp(a, b) || !*a,
		.children = has_children(base) && has_children(new),
	};
	if (choice->no_children)
		snprintf(choice->why_no_children,
			 sizeof(choice->why_no_children),
			 "a child's events are counted %s in %s, and %s in %s: "
			 "what is counted of children is not compared",
			 *a ? a : "in an unknown way", base->name,
			 *b ? b : "in an unknown way", new->name);
}

/* One of the comma list, each of which may have wildcards. */
static int is_named(const char *list, const char *metric)
{
	char pattern[64];

	for (const char *at = list; *at;) {
		size_t n = strcspn(at, ",");

		snprintf(pattern, sizeof(pattern), "%.*s", (int)n, at);
		if (!fnmatch(pattern, metric, 0))
			return 1;
		at += n + (at[n] == ',');
	}
	return 0;
}

/*
 * An empty sample is a few steps of the clock, the floor of all others; and
 * times of blocks that count tell what counting costs.
 */
static int is_comparable(const struct fm_summary_row *row)
{
	return strcmp(row->workload, "null") &&
	       strncmp(row->metric, FM_COUNTED_PREFIX,
		       strlen(FM_COUNTED_PREFIX));
}

int fm_choice_has(const struct fm_choice *choice,
		  const struct fm_summary_row *row)
{
	if (!is_comparable(row) ||
	    (choice->no_children && is_of_child(row->metric)))
		return 0;
	if (choice->metrics)
		return is_named(choice->metrics, row->metric);
	/* Of an emulator: what is no time, nor counts time. */
	return choice->counts ? strcmp(row->unit, "ns") != 0 :
				fm_metric_is_time(row->metric);
}

int fm_choice_refuse(const struct fm_choice *choice, const struct fm_side *side)
{
	const struct fm_rundata *run = side->run;
	char list[1024] = "", near[64];

	for (size_t i = 0; i < run->lines; i++) {
		size_t k = 0;

		while (k < i &&
		       (!is_comparable(&run->line[k]) ||
			strcmp(run->line[k].metric, run->line[i].metric)))
			k++;
		if (k == i && is_comparable(&run->line[i]))
			fm_names_append(list, sizeof(list),
					run->line[i].metric);
	}
	if (fm_nearest(choice->metrics, list, near, sizeof(near)))
		return fm_say_usage("--metric %s: %s has no such metric; did "
				    "you mean %s? There is: %s",
				    choice->metrics, side->name, near, list);
	return fm_say_usage("--metric %s: %s has no such metric; there is: %s",
			    choice->metrics, side->name, list);
}

void fm_choice_say(const struct fm_choice *choice)
{
	if (choice->counts && !choice->metrics)
		fm_say_note("both were emulated: counts are compared, and no "
			    "times");
	if (choice->no_children && choice->children)
		fm_say_note("%s", choice->why_no_children);
}
