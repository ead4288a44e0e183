/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which plug-in is to be slowed, as it was typed. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inject.h"
#include "names.h"
#include "nearest.h"

#define NS_MAX 1000000000ull

/* Timed from a stamp of the child on: what precedes its run is no part. */
static const char *const in_child[] = { "teardown", "exec" };

static int refuse(const char *name, struct fm_why *why)
{
	char list[2048], workloads[1024], near[48];

	fm_names_known("strategy", list, sizeof(list));
	fm_names_known("workload", workloads, sizeof(workloads));
	fm_names_append(list, sizeof(list), workloads);
	if (fm_nearest(name, list, near, sizeof(near)))
		return fm_fail(why, EINVAL,
			       "%s: no such strategy or workload; did you mean "
			       "%s?",
			       name, near);
	return fm_fail(why, EINVAL,
		       "%s: no such strategy or workload; see forkmeter list",
		       name);
}

int fm_inject_parse(struct fm_inject *inject, const char *text,
		    struct fm_why *why)
{
	const char *ns = strchr(text, '=');
	char *end = NULL;

	if (!ns || ns == text)
		return fm_fail(why, EINVAL, "want NAME=NS");
	snprintf(inject->name, sizeof(inject->name), "%.*s", (int)(ns - text),
		 text);
	inject->ns = strtoull(ns + 1, &end, 10);
	if (!fm_strategy_find(inject->name) && !fm_workload_find(inject->name))
		return refuse(inject->name, why);
	for (size_t i = 0; i < sizeof(in_child) / sizeof(*in_child); i++)
		if (!strcmp(inject->name, in_child[i]))
			return fm_fail(why, EINVAL,
				       "%s begins in the child, where nothing "
				       "is slowed; choose another",
				       inject->name);
	if (ns[1] < '0' || ns[1] > '9' || *end || !inject->ns ||
	    inject->ns > NS_MAX)
		return fm_fail(why, EINVAL,
			       "want a whole number of ns from 1 to %llu",
			       NS_MAX);
	return 0;
}
