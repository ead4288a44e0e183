/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a comparison's differences are held against, said before it is used. */
#include <math.h>
#include <string.h>

#include "compare.h"
#include "say.h"
#include "stopping.h"
#include "units.h"

static const double default_effect = 0.01;

/* Both were measured alternately, block by block. */
static int is_one_sitting(const struct fm_compare *c)
{
	const char *sitting = fm_run_fact(c->base.run, "sitting");

	return c->base.n == 1 && c->new.n == 1 && *sitting &&
	       !strcmp(sitting, fm_run_fact(c->new.run, "sitting"));
}

static int differ(const struct fm_compare *c, const char *key)
{
	return strcmp(fm_run_fact(c->base.run, key),
		      fm_run_fact(c->new.run, key)) != 0;
}

static int compares_kernels(const struct fm_compare *c)
{
	return differ(c, "kernel") || differ(c, "kernel_version") ||
	       (fm_across_has(&c->across, "kernel") && differ(c, "boot_id"));
}

void fm_yardstick_observe(struct fm_compare *c)
{
	int by_boot = fm_side_units(&c->base, &c->new);
	size_t units =
		c->base.units < c->new.units ? c->base.units : c->new.units;
	int many = c->base.n > 1 || c->new.n > 1;

	c->yard.units = by_boot ? "boots" : "runs";
	c->yard.boots =
		c->base.boots < c->new.boots ? c->base.boots : c->new.boots;
	c->yard.over = is_one_sitting(c)	? FM_OVER_ROUNDS :
		       units >= FM_LEAST_BLOCKS ? FM_OVER_UNITS :
						  FM_OVER_BLOCKS;
	c->yard.boots_lack =
		compares_kernels(c) && c->yard.boots < FM_COMPARE_LEAST_BOOTS;
	if (c->yard.boots_lack)
		c->yard.caveat = "these boots";
	else if (many && c->yard.over == FM_OVER_BLOCKS)
		c->yard.caveat = by_boot ? "these boots" : "these runs";
}

static void say_level(const struct fm_compare *c)
{
	if (c->yard.over == FM_OVER_ROUNDS)
		fm_say_note("both were measured in one sitting: paired by "
			    "round");
	else if (c->yard.over == FM_OVER_UNITS)
		fm_say_note("%s are the observations, %zu and %zu of them",
			    c->yard.units, c->base.units, c->new.units);
	else if (!c->yard.caveat)
		fm_say_note("the runs were measured one after the other: what "
			    "the machine did meanwhile counts as a difference");
	if (c->yard.caveat)
		fm_say_note("%s are compared, not what they stand for: fewer "
			    "than %d a side do not tell how others would be",
			    c->yard.caveat, FM_COMPARE_LEAST_BOOTS);
}

/* The largest floor of what selfcheck knows of both sides; 0: of neither. */
static int find_floors(const struct fm_compare *c, double *paired,
		       double *apart, double *boots)
{
	const struct fm_run *run[] = { c->base.run, c->new.run };
	int found = 0;

	*paired = *apart = 0;
	*boots = NAN;
	for (int i = 0; i < 2; i++) {
		double p, a, b = NAN;

		if (fm_floor_find(fm_run_fact(run[i], "host_id"),
				  fm_run_fact(run[i], "state"), &p, &a, &b,
				  NULL))
			continue;
		found = 1;
		*paired = fmax(*paired, p);
		*apart = fmax(*apart, a);
		*boots = fmax(*boots, b); /* the number, where one is NaN */
	}
	return found;
}

static void set_delta(struct fm_compare *c)
{
	double paired, apart, boots, floor;
	int found = find_floors(c, &paired, &apart, &boots);
	char text[32];

	c->yard.boots_floor = boots;
	if (!isnan(c->yard.delta))
		return;
	floor = c->yard.over == FM_OVER_ROUNDS ? paired : apart;
	if (differ(c, "boot_id") && boots > floor)
		floor = boots;
	c->yard.delta = found && floor > 0 ? floor : default_effect;
	fm_units_percent_text(c->yard.delta, text, sizeof(text));
	if (found)
		fm_say_note("minimum effect %s: the noise floor that selfcheck "
			    "found",
			    text);
	else
		fm_say_note("no selfcheck of this machine: minimum effect %s; "
			    "run forkmeter selfcheck",
			    text);
}

/* Intervals of runs that stopped when they were narrow enough are widened. */
static double stated(const struct fm_compare *c, double level)
{
	const struct fm_side *side[] = { &c->base, &c->new };

	for (int s = 0; s < 2; s++)
		for (size_t i = 0; i < side[s]->n; i++)
			if (*fm_run_fact(&side[s]->run[i], "precision"))
				return fm_stopping_level(level);
	return level;
}

void fm_yardstick_set(struct fm_compare *c)
{
	say_level(c);
	set_delta(c);
	c->yard.level = fm_verdict_level(c->yard.family, c->pairs);
	c->yard.stated[0] = stated(c, FM_COMPARE_LEVEL);
	c->yard.stated[1] = stated(c, c->yard.level);
}
