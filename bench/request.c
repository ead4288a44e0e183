/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the command line to a plan: profiles, workloads, options. */
#include <stdio.h>
#include <string.h>

#include "memory.h"
#include "names.h"
#include "nearest.h"
#include "policy.h"
#include "profile.h"
#include "request.h"
#include "say.h"
#include "stopping.h"
#include "units.h"

#define SECOND 1000000000ull

/* In the place of the setting of the same key, or behind the others. */
static void put_setting(struct fm_axes *axes, const char *setting)
{
	size_t n = strcspn(setting, "=") + 1, i = 0;

	while (axes->set[i] && strncmp(axes->set[i], setting, n))
		i++;
	if (i < FM_SETTINGS_MAX)
		axes->set[i] = setting;
}

/*
 * Options on top of what a profile or a list of workloads says. A setting goes
 * to those entries of a profile that know it, and an entry loses those of its
 * own settings that its new workloads or backings do not know.
 */
static void override(const struct fm_options *o, struct fm_axes *axes,
		     int of_profile)
{
	if (o->strategy)
		axes->strategy = o->strategy;
	if (o->backing)
		axes->backing = o->backing;
	if (o->rss)
		axes->rss = o->rss;
	if (o->child)
		axes->child = o->child;
	for (size_t i = 0, n = 0; axes->set[i]; i++) {
		const char *own = axes->set[i];

		axes->set[i] = NULL;
		if (fm_plan_has_parameter(axes, own))
			axes->set[n++] = own;
	}
	for (size_t i = 0; i < o->set.n; i++)
		if (!of_profile || fm_plan_has_parameter(axes, o->set.item[i]))
			put_setting(axes, o->set.item[i]);
}

static int is_profile(const struct fm_run *run)
{
	return !run->options->args || (run->options->args == 1 &&
				       fm_profile_find(run->options->arg[0]));
}

static int add_axes(struct fm_run *run, const struct fm_axes *axes)
{
	struct fm_axes with = *axes;
	struct fm_why why;
	int err;

	with.skip_large = is_profile(run) && !run->options->rss;
	override(run->options, &with, is_profile(run));
	err = fm_plan_add(&run->plan, &with, &why);
	return err ? fm_say_usage("%s", why.text) : 0;
}

static int refuse(const char *word)
{
	char list[1024] = "", workloads[512], near[64];

	for (const struct fm_profile *p = fm_profiles; p->name; p++)
		fm_names_append(list, sizeof(list), p->name);
	fm_names_known("workload", workloads, sizeof(workloads));
	fm_names_append(list, sizeof(list), workloads);
	if (fm_strategy_find(word))
		return fm_say_usage("%s is a strategy: run spawn --strategy %s",
				    word, word);
	if (fm_nearest(word, list, near, sizeof(near)))
		return fm_say_usage("%s: no such profile or workload; did you "
				    "mean %s? There is: %s",
				    word, near, list);
	return fm_say_usage("%s: no such profile or workload; there is: %s",
			    word, list);
}

/* The words of the command line, which are workloads, as one list. */
static int workload_list(const struct fm_options *o, char *list, size_t size)
{
	size_t n = 0;

	for (int i = 0; i < o->args; i++) {
		char word[64];

		snprintf(word, sizeof(word), "%.*s",
			 (int)strcspn(o->arg[i], ","), o->arg[i]);
		if (fm_profile_find(o->arg[i]))
			return fm_say_usage("%s is a profile: it stands alone",
					    o->arg[i]);
		if (!fm_workload_find(word) && strcmp(word, "all"))
			return refuse(word);
		n += (size_t)snprintf(list + n, size - n, "%s%s", n ? "," : "",
				      o->arg[i]);
		if (n >= size)
			return fm_say_usage("too many workloads");
	}
	return 0;
}

/* A setting that no entry of the profile knows. */
static int check_settings(const struct fm_options *o,
			  const struct fm_profile *profile)
{
	for (size_t i = 0; i < o->set.n; i++) {
		int known = 0;

		for (const struct fm_axes *a = profile->axes; a->workload; a++)
			known |= fm_plan_has_parameter(a, o->set.item[i]);
		if (!known)
			return fm_say_usage("--set %s: no workload of %s has "
					    "that parameter; see forkmeter "
					    "list parameters",
					    o->set.item[i], profile->name);
	}
	return 0;
}

/* An option that none of the workloads takes would be ignored quietly. */
static int check_effect(const struct fm_options *o, const char *list)
{
	const struct {
		const char *option, *value;
		unsigned int needs;
	} asked[] = {
		{ "strategy", o->strategy, FM_NEEDS_STRATEGY },
		{ "child", o->child, FM_NEEDS_CHILD },
		{ "backing", o->backing, FM_NEEDS_MEMORY | FM_USES_MEMORY },
		{ "rss", o->rss, FM_NEEDS_MEMORY | FM_USES_MEMORY },
	};

	if (o->precision > 0 && !strcmp(list, "null"))
		return fm_say_usage("--precision has no effect on null; leave "
				    "it out");
	for (size_t i = 0; i < sizeof(asked) / sizeof(*asked); i++)
		if (asked[i].value && !(fm_plan_needs(list) & asked[i].needs))
			return fm_say_usage("--%s has no effect on %s; leave "
					    "it out",
					    asked[i].option, list);
	return 0;
}

/* The second would take the first one's place. */
static int check_twice(const struct fm_options *o)
{
	for (size_t i = 1; i < o->set.n; i++)
		for (size_t k = 0; k < i; k++)
			if (!strncmp(o->set.item[i], o->set.item[k],
				     strcspn(o->set.item[i], "=") + 1))
				return fm_say_usage(
					"--set %s: it is set twice; give one "
					"list, such as order=random,strided",
					o->set.item[i]);
	return 0;
}

static int take_injections(struct fm_run *run)
{
	const struct fm_list *asked = &run->options->inject;
	struct fm_why why;

	for (size_t i = 0; i < asked->n; i++)
		if (fm_inject_parse(&run->inject[i], asked->item[i], &why))
			return fm_say_usage("--inject %s: %s", asked->item[i],
					    why.text);
	return 0;
}

/* Memory that is bound to one of several nodes must find room there. */
static uint64_t memory_available(const struct fm_place *place)
{
	uint64_t all = fm_memory_available(), here;

	if (!fm_place_binds_memory(place) || fm_place_nodes(place) < 2)
		return all;
	here = fm_memory_of_node(fm_place_memory_node(place));
	return here && here < all ? here : all;
}

int fm_request_plan(struct fm_run *run)
{
	static const struct fm_axes null = { .workload = "null" };
	const struct fm_profile *profile;
	struct fm_why why;
	char list[512];
	struct fm_axes asked = { .workload = list };
	int err;

	err = check_twice(run->options);
	if (!err)
		err = take_injections(run);
	if (err)
		return err;
	run->plan.offers = &run->offers;
	run->plan.tunables = &run->tunables;
	run->plan.policy = fm_policy_of(&run->offers);
	run->plan.memory_total = fm_memory_total();
	run->plan.memory_available = memory_available(run->place);
	err = fm_plan_add(&run->plan, &null,
			  &why); /* the floor, in every run */
	if (err)
		return err;
	if (!is_profile(run)) {
		err = workload_list(run->options, list, sizeof(list));
		run->time_ns = 30 * SECOND;
		if (!err)
			err = check_effect(run->options, list);
		return err ? err : add_axes(run, &asked);
	}
	profile = fm_profile_find(run->options->args ? run->options->arg[0] :
						       "quick");
	run->time_ns = profile->time_ns;
	/* Rounds are worth more there than samples. */
	if (profile->samples_large && !run->options->samples)
		run->estimate.samples_large = profile->samples_large;
	for (const struct fm_axes *a = profile->axes; a->workload && !err; a++)
		err = add_axes(run, a);
	return err ? err : check_settings(run->options, profile);
}

int fm_request_print(const struct fm_run *run, enum fm_format format)
{
	static const char *const header[] = {
		"point",     "workload", "strategy",   "backing",
		"rss_bytes", "child",	 "parameters", "model_faults",
		"status",    "block_s",	 "reason",
	};
	enum { COLUMNS = sizeof(header) / sizeof(*header) };
	char text[COLUMNS][FM_WHY_MAX], round[32], all[32];
	double round_ns =
		fm_estimate_round(&run->estimate, &run->plan, run->counted);
	const char *cells[COLUMNS];
	struct fm_print print;

	fm_print_begin(&print, format, header, COLUMNS);
	for (size_t i = 0; i < run->plan.n; i++) {
		const struct fm_plan_row *row = &run->plan.row[i];

		for (size_t c = 0; c < COLUMNS; c++) {
			const struct fm_column *column =
				fm_table_column(&fm_plan_table, header[c]);

			cells[c] = text[c];
			if (column)
				fm_row_text(column, row, text[c]);
			else if (!strcmp(row->status, "measure"))
				snprintf(text[c], FM_WHY_MAX, "%.3f",
					 fm_estimate_block(&run->estimate,
							   row) /
						 1e9);
			else
				text[c][0] = '\0';
		}
		fm_print_row(&print, cells);
	}
	if (run->precision.wanted > 0)
		fm_say("it ends when all 95 %% intervals are within +-%s, at "
		       "the earliest after %d rounds, or when its time is over",
		       fm_units_percent_text(run->precision.wanted, round,
					     sizeof(round)),
		       FM_STOPPING_LEAST_BLOCKS);
	fm_say("%zu point%s to measure, %zu skipped; a round takes about %s; "
	       "the run %s %s",
	       fm_plan_measured(&run->plan),
	       fm_units_plural(fm_plan_measured(&run->plan)),
	       run->plan.n - fm_plan_measured(&run->plan),
	       fm_units_time_text(round_ns, round, sizeof(round)),
	       run->precision.wanted > 0 ? "at most about" : "about",
	       fm_units_time_text(fm_progress_expected(&run->progress, 0), all,
				  sizeof(all)));
	return fm_print_end(&print) ? FM_BROKEN : FM_DONE;
}
