/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter list: what there is, and whether this machine has it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "change.h"
#include "comparison.h"
#include "history.h"
#include "kernel_class.h"
#include "list.h"
#include "names.h"
#include "offers.h"
#include "options.h"
#include "outlier.h"
#include "params.h"
#include "print.h"
#include "profile.h"
#include "say.h"
#include "units.h"

static void add(struct fm_print *print, const struct fm_offers *offers,
		const char *kind, const char *name, const char *note,
		const char *summary)
{
	const char *refusal =
		offers ? fm_offers_refusal(offers, kind, name) : NULL;
	const char *cells[] = { kind, name,    refusal ? "no" : "yes",
				note, summary, refusal };

	fm_print_row(print, cells);
}

/* The parameter of that name, and in owners all that have it; or NULL. */
static const struct fm_param *find_param(const char *name, char *owners,
					 size_t size)
{
	const struct fm_param *found = NULL, *p;
	struct fm_params params;

	*owners = '\0';
	for (const struct fm_workload_row *r = fm_workloads; r->name; r++) {
		params = (struct fm_params){ { r->ops->params, NULL } };
		p = fm_params_find(&params, name);
		found = found ? found : p;
		if (p)
			fm_names_append(owners, size, r->name);
	}
	for (const struct fm_backing_row *r = fm_backings; r->name; r++) {
		params = (struct fm_params){ { r->ops->params, NULL } };
		p = fm_params_find(&params, name);
		found = found ? found : p;
		if (p)
			fm_names_append(owners, size, r->name);
	}
	return found;
}

/* Each name once: a parameter means the same wherever it is. */
static void list_params(struct fm_print *print)
{
	char name[64], owners[512], range[256], summary[1200];

	for (size_t i = 0; i < fm_plan_table.columns; i++) {
		const char *column = fm_plan_table.column[i].name;
		const struct fm_param *p =
			find_param(column, owners, sizeof(owners));

		if (!p)
			continue;
		snprintf(name, sizeof(name), "--set %s=", column);
		snprintf(summary, sizeof(summary), "%s (%s): %s", p->meaning,
			 owners, fm_param_range(p, range, sizeof(range)));
		add(print, NULL, "parameter", name, NULL, summary);
	}
}

/* When a strategy's call returns. */
static const char *returns(unsigned int caps)
{
	return caps & FM_REAPS	      ? "after its end" :
	       caps & FM_RETURNS_LATE ? "after exec or exit" :
	       caps & FM_CHILD_COPIES ? "after the copy" :
					"at once";
}

static void list_plugins(struct fm_print *print, const char *what,
			 const struct fm_offers *offers)
{
	if (!what || !strcmp(what, "workloads"))
		for (const struct fm_workload_row *r = fm_workloads; r->name;
		     r++)
			add(print, offers, "workload", r->name, NULL,
			    r->ops->summary);
	if (!what || !strcmp(what, "parameters"))
		list_params(print);
	if (!what || !strcmp(what, "strategies"))
		for (const struct fm_strategy_row *r = fm_strategies; r->name;
		     r++)
			add(print, offers, "strategy", r->name,
			    returns(r->ops->caps), r->ops->summary);
	if (!what || !strcmp(what, "backings"))
		for (const struct fm_backing_row *r = fm_backings; r->name; r++)
			add(print, offers, "backing", r->name, NULL,
			    r->ops->summary);
	if (!what || !strcmp(what, "children"))
		for (const struct fm_child *c = fm_children; c->name; c++)
			add(print, offers, "child", c->name, NULL, c->summary);
	if (!what || !strcmp(what, "profiles"))
		for (const struct fm_profile *p = fm_profiles; p->name; p++)
			add(print, NULL, "profile", p->name, NULL, p->summary);
}

static void add_columns(struct fm_print *print, const struct fm_table *t)
{
	static const char *const types[] = { "integer", "real", "text",
					     "text" };

	for (size_t i = 0; i < t->columns; i++) {
		const struct fm_column *c = &t->column[i];
		const char *cells[] = { t->name, c->name, types[c->kind],
					c->unit, c->meaning };

		fm_print_row(print, cells);
	}
}

static int list_columns(enum fm_format format)
{
	static const char *const header[] = { "table", "column", "type", "unit",
					      "meaning" };
	struct fm_print print;

	fm_print_begin(&print, format, header, 5);
	for (const struct fm_table *const *t = fm_tables; *t; t++)
		add_columns(&print, *t);
	add_columns(&print, &fm_comparison_table);
	add_columns(&print, &fm_change_table);
	add_columns(&print, &fm_outlier_table);
	add_columns(&print, &fm_history_run_table);
	add_columns(&print, &fm_history_series_table);
	add_columns(&print, &fm_history_value_table);
	return fm_print_end(&print);
}

static int list_classes(enum fm_format format)
{
	static const char *const header[] = { "class", "summary", "functions" };
	struct fm_print print;

	fm_print_begin(&print, format, header, 3);
	print.drop = "functions";
	for (const struct fm_kernel_class *c = fm_kernel_classes; c->name;
	     c++) {
		const char *cells[] = { c->name, c->summary, c->functions };

		fm_print_row(&print, cells);
	}
	return fm_print_end(&print);
}

static int list_options(enum fm_format format)
{
	static const char *const header[] = { "command", "option", "argument",
					      "meaning" };
	struct fm_print print;

	fm_print_begin(&print, format, header, 4);
	for (const struct fm_command *c = fm_commands; c->name; c++)
		for (const struct fm_option *o = fm_option_table; o->name; o++)
			if (c->summary && o->help && (o->commands & c->bit)) {
				char name[64];
				const char *cells[] = { c->name, name, o->arg,
							o->help };

				snprintf(name, sizeof(name), "--%s", o->name);
				fm_print_row(&print, cells);
			}
	return fm_print_end(&print);
}

static int list_machine(const char *what, enum fm_format format)
{
	static const char *const header[] = { "kind",	 "name",    "available",
					      "returns", "summary", "reason" };
	struct fm_programs programs;
	struct fm_offers offers;
	struct fm_print print;
	struct fm_why why;
	int err = fm_programs_find(&programs, &why);

	if (!err)
		err = fm_offers_ask(&offers, &programs, NULL, &why);
	if (err) {
		fm_say("%s", why.text);
		return err;
	}
	fm_print_begin(&print, format, header, 6);
	print.drop = "returns";
	list_plugins(&print, what, &offers);
	return fm_print_end(&print);
}

/* The kinds as their own column in the list calls them. */
static const char *plural(const char *what)
{
	static const char *const pairs[][2] = {
		{ "strategy", "strategies" }, { "backing", "backings" },
		{ "workload", "workloads" },  { "child", "children" },
		{ "profile", "profiles" },    { "column", "columns" },
		{ "option", "options" },      { "parameter", "parameters" },
		{ "event", "events" },	      { "class", "classes" },
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		if (!strcmp(what, pairs[i][0]))
			return pairs[i][1];
	return what;
}

int fm_cmd_list(const struct fm_options *o)
{
	static const char *const kinds[] = { "strategies", "backings",
					     "workloads",  "parameters",
					     "children",   "profiles" };
	const char *what = o->args ? plural(o->arg[0]) : NULL;
	int known = !what, err;
	enum fm_format format;

	for (size_t i = 0; what && i < sizeof(kinds) / sizeof(*kinds); i++)
		known |= !strcmp(what, kinds[i]);
	if (fm_options_format(o, &format))
		return FM_USAGE;
	if (what && !strcmp(what, "events") && o->args <= 2) {
		err = fm_list_events(o->args > 1 ? o->arg[1] : NULL, format);
		return err == -EINVAL ? FM_USAGE : err ? FM_BROKEN : FM_DONE;
	}
	if (o->args > 1) {
		fm_say("list %s %s: one kind at a time, or none for all", what,
		       o->arg[1]);
		return FM_USAGE;
	}
	if (what && !strcmp(what, "columns")) {
		err = list_columns(format);
	} else if (what && !strcmp(what, "options")) {
		err = list_options(format);
	} else if (what && !strcmp(what, "classes")) {
		err = list_classes(format);
	} else if (!known) {
		fm_say("list %s: there are strategies, backings, workloads, "
		       "parameters, children, profiles, classes, columns, "
		       "options and events",
		       what);
		return FM_USAGE;
	} else {
		err = list_machine(what, format);
	}
	return err ? FM_BROKEN : FM_DONE;
}
