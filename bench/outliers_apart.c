/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Machines that nobody is held against, and what keeps them apart. */
#include <stdio.h>
#include <string.h>

#include "names.h"
#include "outliers.h"
#include "say.h"

/* Facts, names and lines that are told at most. */
enum { FACTS = 3, NAMES = 8, LINES = 8 };

static int has_kernel(const struct fm_fact_difference *d, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(d[i].key, "kernel"))
			return 1;
	return 0;
}

size_t fm_outliers_differ(const struct fm_rundata *a,
			  const struct fm_rundata *b,
			  struct fm_fact_difference *d)
{
	size_t all = fm_fact_differ(&a->facts, &b->facts, d), n = 0;
	int kernel = has_kernel(d, all);

	for (size_t i = 0; i < all; i++)
		if (!fm_fact_is_of_machine(&d[i]) &&
		    !(kernel && fm_fact_is_of_kernel(&d[i])))
			d[n++] = d[i];
	return n;
}

int fm_outliers_same_settings(const struct fm_rundata *a,
			      const struct fm_rundata *b)
{
	return !strcmp(fm_rundata_fact(a, "settings"),
		       fm_rundata_fact(b, "settings"));
}

/* What --across does not allow yet. Returns how many, the settings with them.
 */
static size_t bars(const struct fm_outliers *o, size_t a, size_t b,
		   struct fm_fact_difference *d)
{
	const struct fm_rundata *x = o->peers[a].side.run;
	const struct fm_rundata *y = o->peers[b].side.run;
	size_t all = fm_outliers_differ(x, y, d), n = 0;

	for (size_t i = 0; i < all; i++)
		if (!fm_across_allows(&o->across, &d[i]) ||
		    !strcmp(d[i].key, "emulator"))
			d[n++] = d[i];
	if (!fm_across_has(&o->across, "settings") &&
	    !fm_outliers_same_settings(x, y))
		d[n++] = (struct fm_fact_difference){ .key = "settings" };
	return n;
}

/* The other group that it is most like: of those that were judged, if any. */
static size_t nearest(const struct fm_outliers *o, size_t group)
{
	struct fm_fact_difference d[2 * FM_FACTS_MAX + 1];
	size_t found = group, least = SIZE_MAX;

	for (size_t i = 0; i < o->groups; i++) {
		size_t n;

		if (i == group || (o->judged && !o->peers[i].judged))
			continue;
		n = bars(o, i, group, d);
		if (n && n < least) {
			least = n;
			found = i;
		}
	}
	return found;
}

/* What one --across would let them differ in; "" where none can. */
static void insist(const struct fm_fact_difference *d, size_t n, char *list,
		   size_t size)
{
	int host = 0;

	*list = '\0';
	for (size_t i = 0; i < n; i++) {
		if (!strcmp(d[i].key, "emulator")) {
			*list = '\0';
			return;
		}
		if (d[i].role != FM_FACT_HOST)
			fm_names_append(list, size, d[i].key);
		else if (!host++)
			fm_names_append(list, size, "host");
	}
}

void fm_outliers_apart(const struct fm_outliers *o, size_t group, char *text,
		       size_t size)
{
	struct fm_fact_difference d[2 * FM_FACTS_MAX + 1];
	size_t other = nearest(o, group), n;
	char facts[FACTS * 64] = "", list[96];
	int k;

	*text = '\0';
	if (other == group)
		return;
	n = bars(o, other, group, d);
	for (size_t i = 0; i < n && i < FACTS; i++)
		fm_names_append(facts, sizeof(facts), d[i].key);
	k = snprintf(text, size, "differs from group %zu in %.80s", other + 1,
		     facts);
	if (n > FACTS)
		k += snprintf(text + k, size - (size_t)k, " and %zu more",
			      n - FACTS);
	insist(d, n, list, sizeof(list));
	if (*list && strlen(list) + 1 < sizeof(list) &&
	    (size_t)k + strlen(list) + 16 < size)
		snprintf(text + k, size - (size_t)k, " (--across %s)", list);
}

/* One that was judged in another state is known. */
static int is_unjudged(const struct fm_outliers *o,
		       const struct fm_outlier_row *row)
{
	for (size_t i = 0; i < o->rows; i++)
		if (!strcmp(o->row[i].over, "machine") &&
		    !strcmp(o->row[i].host, row->host) &&
		    !strcmp(o->row[i].host_id, row->host_id) &&
		    o->row[i].ratio == o->row[i].ratio)
			return 0;
	return !strcmp(row->over, "machine");
}

/* Those of a group for the same reason are one line. Returns the next row. */
static size_t say_some(const struct fm_outliers *o, size_t at, int tell)
{
	const struct fm_outlier_row *first = &o->row[at];
	char list[NAMES * 48] = "";
	size_t n = 0, told = 0, more = 0;

	for (; at < o->rows && o->row[at].peers == first->peers &&
	       !strcmp(o->row[at].over, "machine") &&
	       !strcmp(o->row[at].reason, first->reason);
	     at++) {
		if (!is_unjudged(o, &o->row[at]))
			continue;
		if (told == NAMES)
			more++;
		else
			n += (size_t)snprintf(list + n, sizeof(list) - n,
					      "%s%.40s", told++ ? ", " : "",
					      o->row[at].host);
	}
	if (more)
		snprintf(list + n, sizeof(list) - n, " and %zu more", more);
	if (tell)
		fm_say("not judged: %s: %s", list, first->reason);
	return at;
}

void fm_outliers_say_unjudged(const struct fm_outliers *o)
{
	size_t lines = 0;

	for (size_t i = 0; i < o->rows;)
		if (is_unjudged(o, &o->row[i]))
			i = say_some(o, i, lines++ < LINES);
		else
			i++;
	if (lines > LINES)
		fm_say("not judged: machines of %zu more groups; --format tsv "
		       "has all",
		       lines - LINES);
}
