/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The events that were asked for, found and tried. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "counted.h"
#include "counted_groups.h"
#include "names.h"
#include "nearest.h"
#include "say.h"

/* What works everywhere, if the kernel lets us. */
#define SOFTWARE                                                               \
	"minor-faults,major-faults,context-switches,cpu-migrations,task-clock"

static const struct {
	const char *name, *events;
} sets[] = {
	{ "basic",
	  "instructions:u,instructions:k,cycles:u,cycles:k," SOFTWARE },
	{ "tlb", "dTLB-load-misses:u,dTLB-load-misses:k,dTLB-store-misses:u,"
		 "dTLB-store-misses:k,iTLB-load-misses:u,"
		 "iTLB-load-misses:k," SOFTWARE },
	{ "cache",
	  "L1-dcache-load-misses:u,L1-dcache-load-misses:k,LLC-load-misses:u,"
	  "LLC-load-misses:k,cache-references:u,cache-references:k,"
	  "cache-misses:u,cache-misses:k," SOFTWARE },
	{ "faults", "exceptions:page_fault_user,exceptions:page_fault_kernel,"
		    "kmem:mm_page_alloc,kmem:mm_page_free," SOFTWARE },
	{ "none", "" },
};

enum { SETS = sizeof(sets) / sizeof(*sets) };

const char *fm_counted_sets(void)
{
	static char list[128];

	for (size_t i = 0; i < SETS && !strstr(list, "none"); i++)
		fm_names_append(list, sizeof(list), sets[i].name);
	return list;
}

struct names {
	char *list;
	size_t n, room;
};

static int collect(const char *name, void *ctx)
{
	struct names *all = ctx;
	size_t n = strlen(name);

	if (all->n + n + 2 > all->room) {
		size_t room = 2 * all->room + n + 4096;
		char *bigger = realloc(all->list, room);

		if (!bigger)
			return -ENOMEM;
		all->list = bigger;
		all->room = room;
	}
	all->n += (size_t)snprintf(all->list + all->n, all->room - all->n,
				   "%s%s", all->n ? "," : "", name);
	return 0;
}

/* An unknown event, with the nearest that there is; its modes are kept. */
static int refuse(const char *name, struct fm_why *why)
{
	struct names all = { .list = NULL };
	const char *colon = strchr(name, ':');
	char system[64], near[128] = "";
	int err;

	snprintf(system, sizeof(system), "%.*s",
		 colon ? (int)(colon - name) : 0, name);
	err = fm_event_names(collect, &all);
	if (!err && *system)
		err = fm_event_tracepoints(system, collect, &all);
	if (!err && all.list &&
	    !fm_nearest(name, all.list, near, sizeof(near))) {
		char bare[FM_EVENT_NAME * 2];

		snprintf(bare, sizeof(bare), "%.*s", (int)strcspn(name, ":"),
			 name);
		if (!fm_nearest(bare, all.list, near, sizeof(near)))
			*near = '\0';
	}
	free(all.list);
	if (!strcmp(near, name))
		*near = '\0';
	return *near ? fm_fail(why, EINVAL,
			       "%s: no such event; did you mean %s? See "
			       "forkmeter list events",
			       name, near) :
		       fm_fail(why, EINVAL,
			       "%s: no such event; forkmeter list events shows "
			       "what there is",
			       name);
}

static int has(const struct fm_counted *c, const char *name)
{
	for (int i = 0; i < c->events; i++)
		if (!strcmp(c->event[i].name, name))
			return 1;
	return 0;
}

/*
 * Faults and time of a process can be told without the right to look into the
 * kernel: those that user mode takes.
 */
static void try_user_mode(struct fm_event *e)
{
	static const char *const possible[] = { "minor-faults", "major-faults",
						"task-clock" };
	struct fm_event user;
	struct fm_why why;
	char name[FM_EVENT_NAME];

	for (size_t i = 0; i < sizeof(possible) / sizeof(*possible); i++) {
		if (e->status != FM_EVENT_DENIED ||
		    strcmp(e->name, possible[i]))
			continue;
		snprintf(name, sizeof(name), "%s:u", possible[i]);
		if (fm_event_find(name, &user, &why))
			continue;
		fm_event_try(&user);
		if (user.status == FM_EVENT_COUNTS)
			*e = user;
	}
}

static int add_event(struct fm_counted *c, const char *name, int is_of_set,
		     struct fm_why *why)
{
	struct fm_event *e = &c->event[c->events];
	int err;

	if (c->events == FM_EVENTS_MAX)
		return fm_fail(why, EINVAL, "more than %d events",
			       FM_EVENTS_MAX);
	err = fm_event_find(name, e, why);
	if (err == -ENOENT && !is_of_set)
		return refuse(name, why);
	if (err == -EINVAL)
		return err;
	if (has(c, e->name))
		return 0;
	if (err) {
		e->status =
			err == -EACCES ? FM_EVENT_DENIED : FM_EVENT_UNSUPPORTED;
		e->why = *why;
	} else {
		fm_event_try(e);
		if (is_of_set)
			try_user_mode(e);
		if (has(c, e->name)) /* of another set, in user mode, too */
			return 0;
	}
	c->events++;
	return 0;
}

static int add_list(struct fm_counted *c, const char *list, int is_of_set,
		    struct fm_why *why)
{
	char name[128];
	int err = 0;

	for (const char *at = list; *at && !err;) {
		size_t n = strcspn(at, ",");

		snprintf(name, sizeof(name), "%.*s", (int)n, at);
		if (*name)
			err = add_event(c, name, is_of_set, why);
		at += n + (at[n] == ',');
	}
	return err;
}

static int add_set(struct fm_counted *c, const char *name, struct fm_why *why)
{
	char near[32];

	for (size_t i = 0; i < SETS; i++)
		if (!strcmp(sets[i].name, name))
			return add_list(c, sets[i].events, 1, why);
	if (fm_nearest(name, fm_counted_sets(), near, sizeof(near)))
		return fm_fail(why, EINVAL,
			       "--counters %s: no such set; did you mean %s? "
			       "There are %s",
			       name, near, fm_counted_sets());
	return fm_fail(why, EINVAL, "--counters %s: no such set; there are %s",
		       name, fm_counted_sets());
}

static int add_sets(struct fm_counted *c, const char *list, struct fm_why *why)
{
	char name[32];
	int err = 0;

	for (const char *at = list; !err;) {
		size_t n = strcspn(at, ",");

		snprintf(name, sizeof(name), "%.*s", (int)n, at);
		err = add_set(c, name, why);
		if (!at[n])
			break;
		at += n + 1;
	}
	return err;
}

int fm_counted_choose(struct fm_counted *c, const struct fm_options *o, int cpu,
		      struct fm_why *why)
{
	int err = 0;

	fm_sample_columns_begin(&c->columns);
	for (size_t i = 0; i < o->counters.n && !err; i++)
		err = add_sets(c, o->counters.item[i], why);
	for (size_t i = 0; i < o->event.n && !err; i++)
		err = add_list(c, o->event.item[i], 0, why);
	if (!err)
		err = fm_counted_group(c, cpu, why);
	c->is_alone = o->counted_times && c->groups;
	return err;
}

int fm_counted_blocks(const struct fm_counted *c,
		      const struct fm_plan_row *point)
{
	int blocks = !c || !c->is_alone;

	for (int i = 0; c && i < c->groups; i++)
		blocks += fm_counted_applies(&c->group[i], point);
	return blocks;
}

/* Whose events the reason is about, where it is not about all tasks'. */
static const char *whose(const struct fm_event_row *row,
			 const struct fm_event_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(rows[i].event, row->event) &&
		    !strcmp(rows[i].status, "counts"))
			return !strcmp(row->task, "cpu") ? " of teardown" :
							   " of children";
	return "";
}

/* The events of one reason, from row i on, each once; the first few by name. */
static void name_events(const struct fm_event_row *rows, size_t n, size_t i,
			char *names, size_t size)
{
	enum { NAMED = 12 };
	size_t found = 0, at = 0;

	for (size_t k = i; k < n; k++) {
		int is_new = !strcmp(rows[k].reason, rows[i].reason);

		for (size_t j = i; j < k && is_new; j++)
			is_new = strcmp(rows[j].event, rows[k].event) != 0;
		if (is_new && found++ < NAMED)
			at += (size_t)snprintf(names + at, size - at, "%s%s",
					       at ? ", " : "", rows[k].event);
	}
	if (found > NAMED)
		snprintf(names + at, size - at, " and %zu more", found - NAMED);
}

void fm_counted_say(const struct fm_event_row *rows, size_t n)
{
	char names[1024];

	for (size_t i = 0; i < n; i++) {
		int is_said = !*rows[i].reason;

		for (size_t k = 0; k < i; k++)
			is_said |= !strcmp(rows[k].reason, rows[i].reason);
		if (is_said)
			continue;
		name_events(rows, n, i, names, sizeof(names));
		fm_say("not counted%s: %s: %s", whose(&rows[i], rows, n), names,
		       rows[i].reason);
	}
}

void fm_counted_row(const struct fm_count_group *group,
		    const struct fm_sample *sample, const uint64_t *counts,
		    struct fm_counted_sample *row)
{
	row->sample = *sample;
	for (size_t i = 0; i < FM_COUNTS_MAX; i++)
		row->count[i] = FM_ABSENT;
	if (group)
		for (int i = 0; i < fm_counting_values(&group->counting); i++)
			row->count[group->column[i]] = counts[i];
}
