/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a run ended that was to end by precision. */
#include <inttypes.h>
#include <stdlib.h>

#include "precision.h"
#include "say.h"
#include "stopping.h"
#include "units.h"

enum { SHOWN_MAX = 10 };

/* The widest first; those without an interval, whose width is INFINITY, too. */
static int compare(const void *a, const void *b)
{
	const struct fm_known *const *x = a, *const *y = b;
	double wx = fm_stopping_width((*x)->mean, FM_PRECISION_LEVEL);
	double wy = fm_stopping_width((*y)->mean, FM_PRECISION_LEVEL);

	if (wx != wy)
		return wx < wy ? 1 : -1;
	return (*x > *y) - (*x < *y);
}

static void say_numbers(const struct fm_precision *p,
			const struct fm_known *known, double round_ns)
{
	const struct fm_known **list = calloc(p->n + 1, sizeof(*list));
	char name[160], text[512];
	size_t n = 0;

	if (!list)
		return;
	for (size_t i = 0; i < p->n; i++)
		if (fm_precision_state(p, &known[i]) != FM_KNOWN_WELL)
			list[n++] = &known[i];
	qsort(list, n, sizeof(*list), compare);
	for (size_t i = 0; i < n && i < SHOWN_MAX; i++)
		fm_say("  %s: %s", fm_known_name(list[i], name, sizeof(name)),
		       fm_known_text(list[i], p, round_ns, text, sizeof(text)));
	if (n > SHOWN_MAX)
		fm_say("  and %zu more; forkmeter show tells", n - SHOWN_MAX);
	free(list);
}

/* Of what was measured: what was skipped throughout has no sample at all. */
static int fell_short(const struct fm_precision *p,
		      const struct fm_known *known)
{
	for (size_t i = 0; i < p->n; i++)
		if (known[i].mean.n &&
		    fm_precision_state(p, &known[i]) != FM_KNOWN_WELL)
			return 1;
	return 0;
}

int fm_precision_say(const struct fm_precision *p, const struct fm_known *known,
		     double spent_ns)
{
	char wanted[32], spent[32];

	fm_units_percent_text(p->wanted, wanted, sizeof(wanted));
	fm_units_time_text(spent_ns, spent, sizeof(spent));
	if (p->rounds < FM_STOPPING_LEAST_BLOCKS)
		fm_say("%" PRIu64 " round%s in %s: too few to tell whether "
		       "intervals are within +-%s, which takes %d; give it "
		       "more --time or --rounds, or fewer points:",
		       p->rounds, fm_units_plural(p->rounds), spent, wanted,
		       FM_STOPPING_LEAST_BLOCKS);
	else if (p->wide)
		fm_say("%" PRIu64 " rounds in %s: not within +-%s are %zu of "
		       "%zu intervals; give it more --time or --rounds, or a "
		       "larger --precision:",
		       p->rounds, spent, wanted, p->wide + p->without, p->n);
	else if (p->without)
		fm_say("%" PRIu64 " rounds in %s: each interval is within "
		       "+-%s, but %zu of %zu could not be had:",
		       p->rounds, spent, wanted, p->without, p->n);
	else
		fm_say_note("%" PRIu64 " rounds in %s: each of %zu interval%s "
			    "is within +-%s",
			    p->rounds, spent, p->n, fm_units_plural(p->n),
			    wanted);
	say_numbers(p, known, p->rounds ? spent_ns / (double)p->rounds : 0);
	return fell_short(p, known);
}
