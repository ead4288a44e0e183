/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which machines are of equal hardware and state. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "outliers.h"
#include "say.h"

/* Names of a group, and differences of two, that are told at most. */
enum { TOLD = 8 };

static int may_differ(const struct fm_across *across,
		      const struct fm_fact_difference *d)
{
	/* What an emulator takes has nothing to do with what others take. */
	if (!strcmp(d->key, "emulator"))
		return 0;
	return fm_fact_is_of_machine(d) || fm_across_allows(across, d);
}

/* Machines of one name and ID in two states are one machine all the same. */
static int is_same_machine(const struct fm_rundata *a,
			   const struct fm_rundata *b)
{
	return !strcmp(fm_rundata_fact(a, "host"),
		       fm_rundata_fact(b, "host")) &&
	       !strcmp(fm_rundata_fact(a, "host_id"),
		       fm_rundata_fact(b, "host_id"));
}

static int belongs(const struct fm_outliers *o, const struct fm_peers *p,
		   const struct fm_rundata *run)
{
	struct fm_fact_difference d[2 * FM_FACTS_MAX];
	size_t n = fm_fact_differ(&p->side.run->facts, &run->facts, d);

	for (size_t i = 0; i < n; i++)
		if (!may_differ(&o->across, &d[i]))
			return 0;
	for (size_t i = 0; i < p->side.n; i++)
		if (is_same_machine(&p->side.run[i], run))
			return 0;
	return fm_across_has(&o->across, "settings") ||
	       fm_outliers_same_settings(p->side.run, run);
}

/* "n1, n2, ... and 3 more", of those that keep says, or all. */
static void name(const struct fm_side *side, const char *keep, char *text,
		 size_t size)
{
	size_t n = 0, told = 0, more = 0;

	*text = '\0';
	for (size_t i = 0; i < side->n; i++) {
		if (keep && !keep[i])
			continue;
		if (told == TOLD) {
			more++;
			continue;
		}
		n += (size_t)snprintf(text + n, size - n, "%s%.40s",
				      told++ ? ", " : "",
				      fm_rundata_fact(&side->run[i], "host"));
	}
	if (more)
		snprintf(text + n, size - n, " and %zu more", more);
}

/* From the earlier group that it is most like. */
static void say_apart(const struct fm_outliers *o, size_t group)
{
	struct fm_fact_difference d[2 * FM_FACTS_MAX];
	const struct fm_rundata *run = o->peers[group].side.run;
	size_t nearest = 0, least = SIZE_MAX, n;
	char a[32], b[32], what[48];

	for (size_t i = 0; i < group; i++) {
		n = fm_outliers_differ(o->peers[i].side.run, run, d);
		if (n < least) {
			least = n;
			nearest = i;
		}
	}
	n = fm_outliers_differ(o->peers[nearest].side.run, run, d);
	snprintf(a, sizeof(a), "group %zu", nearest + 1);
	snprintf(b, sizeof(b), "group %zu", group + 1);
	for (size_t i = 0; i < n && i < TOLD; i++) {
		snprintf(what, sizeof(what), "%s",
			 d[i].role == FM_FACT_HOST ? "other machines" :
						     "another state");
		fm_across_say(what, a, b, &d[i]);
	}
	if (n > TOLD)
		fm_say("... and %zu more such facts", n - TOLD);
	if (!fm_outliers_same_settings(o->peers[nearest].side.run, run))
		fm_say("other settings: \"%s\" in %s, \"%s\" in %s",
		       fm_rundata_fact(o->peers[nearest].side.run, "settings"),
		       a, fm_rundata_fact(run, "settings"), b);
}

/* Whether a machine before this one has that value, and so was told. */
static int is_told(const struct fm_side *side, size_t i,
		   const struct fm_fact_difference *d)
{
	char is[FM_WHY_MAX], was[FM_WHY_MAX];

	fm_fact_say(d->b, is, sizeof(is));
	for (size_t k = 1; k < i; k++)
		if (!strcmp(is, fm_fact_say(fm_fact_find(&side->run[k].facts,
							 d->key),
					    was, sizeof(was))))
			return 1;
	return 0;
}

/* What --across lets differ, and does: each value once. */
static void say_across(const struct fm_side *side, size_t group)
{
	struct fm_fact_difference d[2 * FM_FACTS_MAX];
	char a[48], b[48], what[48];

	snprintf(what, sizeof(what), "within group %zu", group + 1);
	for (size_t i = 1; i < side->n; i++) {
		size_t n = fm_outliers_differ(&side->run[0], &side->run[i], d);

		snprintf(a, sizeof(a), "%.40s",
			 fm_rundata_fact(&side->run[0], "host"));
		snprintf(b, sizeof(b), "%.40s",
			 fm_rundata_fact(&side->run[i], "host"));
		for (size_t k = 0; k < n; k++)
			if (!is_told(side, i, &d[k]))
				fm_across_say(what, a, b, &d[k]);
	}
}

/* Names of one machine tell how its runs differ, and nothing of machines. */
static void say_one_boot(const struct fm_side *side, size_t group, char *keep)
{
	char list[TOLD * 48];

	for (size_t i = 0; i < side->n; i++) {
		const char *boot = fm_rundata_fact(&side->run[i], "boot_id");
		size_t n = 0, first = i;

		for (size_t k = side->n; k-- > 0;) {
			keep[k] = *boot &&
				  !strcmp(boot, fm_rundata_fact(&side->run[k],
								"boot_id"));
			n += (size_t)keep[k];
			first = keep[k] ? k : first;
		}
		if (n < 2 || first < i)
			continue;
		name(side, keep, list, sizeof(list));
		fm_say("group %zu: %s ran under one kernel that was booted "
		       "once (boot_id): one machine of several names, so that "
		       "they tell how its measurements differ, not machines",
		       group + 1, list);
	}
}

static int say_group(const struct fm_outliers *o, size_t group)
{
	const struct fm_side *side = &o->peers[group].side;
	char list[TOLD * 48], *keep = calloc(side->n + 1, 1);

	if (!keep)
		return -ENOMEM;
	name(side, NULL, list, sizeof(list));
	fm_say_note("group %zu, machines: %zu%s: %s", group + 1, side->n,
		    side->n < FM_OUTLIER_LEAST ? ", too few to judge" : "",
		    list);
	if (group)
		say_apart(o, group);
	say_across(side, group);
	say_one_boot(side, group, keep);
	free(keep);
	return 0;
}

/* The group that the run is of, or a new one. */
static int put(struct fm_outliers *o, const struct fm_rundata *run)
{
	struct fm_peers *p = o->peers;
	struct fm_rundata *more;
	size_t i = 0;

	while (i < o->groups && !belongs(o, &p[i], run))
		i++;
	if (i == o->groups)
		p[o->groups++] = (struct fm_peers){ .side = { .name = "RUN" } };
	more = realloc(p[i].side.run, (p[i].side.n + 1) * sizeof(*more));
	if (!more)
		return -ENOMEM;
	more[p[i].side.n] = *run;
	more[p[i].side.n].unit = p[i].side.n;
	p[i].side.run = more;
	p[i].side.units = ++p[i].side.n;
	return 0;
}

/* The largest first; of equal ones the order of their first machines. */
static int compare_groups(const void *a, const void *b)
{
	const struct fm_side *x = &((const struct fm_peers *)a)->side;
	const struct fm_side *y = &((const struct fm_peers *)b)->side;

	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return strverscmp(x->run->path, y->run->path);
}

int fm_outliers_group(struct fm_outliers *o)
{
	int err = 0;

	o->peers = calloc(o->all.n, sizeof(*o->peers));
	if (!o->peers)
		return -ENOMEM;
	for (size_t i = 0; i < o->all.n && !err; i++)
		err = put(o, &o->all.run[i]);
	qsort(o->peers, o->groups, sizeof(*o->peers), compare_groups);
	for (size_t i = 0; i < o->groups && !err; i++)
		err = say_group(o, i);
	return err;
}
