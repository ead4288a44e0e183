/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comma lists of names that must be known ones. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "bench.h"
#include "names.h"
#include "nearest.h"

void fm_names_append(char *text, size_t size, const char *name)
{
	size_t n = strlen(text);

	snprintf(text + n, size - n, "%s%s", n ? "," : "", name);
}

void fm_names_known(const char *kind, char *text, size_t size)
{
#define LIST(rows)                                                             \
	for (size_t i = 0; (rows)[i].name; i++)                                \
	fm_names_append(text, size, (rows)[i].name)
	*text = '\0';
	if (!strcmp(kind, "strategy"))
		LIST(fm_strategies);
	else if (!strcmp(kind, "backing"))
		LIST(fm_backings);
	else if (!strcmp(kind, "workload"))
		LIST(fm_workloads);
	else
		LIST(fm_children);
#undef LIST
}

static int in_list(const char *list, const char *name)
{
	size_t n = strlen(name);

	for (const char *at = list; at && n; at = strchr(at, ',')) {
		at += *at == ',';
		if (!strncmp(at, name, n) && (!at[n] || at[n] == ','))
			return 1;
	}
	return 0;
}

static int refuse(const char *name, const char *what, const char *known,
		  struct fm_why *why)
{
	char near[64];

	if (fm_nearest(name, known, near, sizeof(near)))
		return fm_fail(why, EINVAL,
			       "%s: no such %s; did you mean %s? There is: %s",
			       name, what, near, known);
	return fm_fail(why, EINVAL, "%s: no such %s; there is: %s",
		       *name ? name : "an empty name", what, known);
}

int fm_names_cut(struct fm_names *names, const char *what, const char *list,
		 const char *known, struct fm_why *why)
{
	char *rest = names->text, *name;
	int all = !strcmp(list, "all");

	if (all)
		list = known;
	names->n = 0;
	if (strlen(list) >= sizeof(names->text))
		return fm_fail(why, EINVAL, "%s: the list is too long", what);
	strcpy(names->text, list);
	while ((name = strsep(&rest, ","))) {
		/* A name such as touch:PERCENT stands for more than one. */
		if (all && strchr(name, ':'))
			continue;
		if (strchr(name, ':') && strstr(known, ":")) {
			if (fm_child_percent(name) < 0)
				return fm_fail(why, EINVAL,
					       "%s: want a percentage from 0 "
					       "to 100, such as touch:50",
					       name);
		} else if (!in_list(known, name)) {
			return refuse(name, what, known, why);
		}
		if (names->n == FM_NAMES_MAX)
			return fm_fail(why, EINVAL, "%s: too many", what);
		names->name[names->n++] = name;
	}
	return 0;
}

int fm_names_cut_known(struct fm_names *names, const char *kind,
		       const char *list, struct fm_why *why)
{
	char known[2048];

	fm_names_known(kind, known, sizeof(known));
	return fm_names_cut(names, kind, list, known, why);
}
