/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a comparison's differences are held against, said before it is used. */
#include <math.h>
#include <string.h>

#include "compare.h"
#include "power.h"
#include "say.h"
#include "stopping.h"

/*
 * Runs of one machine that were measured apart differ by up to so much though
 * nothing does, where nobody has measured by how much (seen: 1.4 to 7.6 % for
 * page faults, up to 3 % for fork); and no minimum effect that was not asked
 * for is larger.
 */
static const double apart_effect = 0.05;

/* Counts under a fixed instruction clock repeat to a fraction of this. */
static const double repeating_effect = 0.001;

int fm_yardstick_repeats(const struct fm_yardstick *y,
			 const struct fm_summary_row *line)
{
	return y->choice->repeats && strcmp(line->unit, "ns") != 0;
}

int fm_yardstick_is_one_sitting(const struct fm_compare *c)
{
	const char *sitting = fm_rundata_fact(c->base.run, "sitting");

	return c->base.n == 1 && c->new.n == 1 && *sitting &&
	       !strcmp(sitting, fm_rundata_fact(c->new.run, "sitting"));
}

static int differ(const struct fm_compare *c, const char *key)
{
	return strcmp(fm_rundata_fact(c->base.run, key),
		      fm_rundata_fact(c->new.run, key)) != 0;
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
	c->yard.over = fm_yardstick_is_one_sitting(c) ? FM_OVER_ROUNDS :
		       units >= FM_LEAST_BLOCKS	      ? FM_OVER_UNITS :
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
	if (differ(c, "boot_id") && c->yard.over == FM_OVER_BLOCKS)
		fm_say_note("they are of different boots, which differ by "
			    "themselves");
	if (c->yard.caveat)
		fm_say_note("%s are compared, not what they stand for: fewer "
			    "than %d a side do not tell how others would be",
			    c->yard.caveat, FM_COMPARE_LEAST_BOOTS);
}

/* What runs (or boots, if the sides are of several) differ by themselves. */
static double between(const struct fm_compare *c)
{
	double runs = fm_floor_between_runs(&c->yard.floor);
	double boots = fm_floor_between_boots(&c->yard.floor);

	if (differ(c, "boot_id") && !isnan(boots))
		return expm1(boots);
	if (!isnan(runs) && !differ(c, "boot_id"))
		return expm1(runs);
	/* fmax() is the number, where one is NaN. */
	return fmax(apart_effect, expm1(fm_floor_halves(&c->yard.floor)));
}

static void find_floor(struct fm_compare *c)
{
	struct fm_why why = { "" };
	struct fm_floor *floor = &c->yard.floor;

	if (fm_floor_find(floor, fm_rundata_fact(c->base.run, "host_id"), &why))
		fm_say("%s", why.text);
	c->yard.boots_floor = expm1(fm_floor_between_boots(floor));
	c->yard.between = between(c);
	if (!isnan(c->yard.delta))
		return;
	if (floor->n)
		fm_say_note("minimum effects: the noise floor of this machine, "
			    "by the selfcheck of %s",
			    floor->row[floor->n - 1].started);
	else
		fm_say_note("no selfcheck of this machine: minimum effect %g "
			    "%%; run forkmeter selfcheck",
			    100 * (c->yard.over == FM_OVER_BLOCKS ?
					   apart_effect :
					   FM_VERDICT_EFFECT));
	if (c->yard.over == FM_OVER_BLOCKS &&
	    isnan(fm_floor_between_runs(floor)))
		fm_say_note("how much runs of this machine differ by "
			    "themselves is not measured: taken for %.1f %%, "
			    "until there are three selfchecks; or measure "
			    "three runs a side, or use --interleave",
			    100 * c->yard.between);
}

double fm_yardstick_delta(const struct fm_yardstick *y,
			  const struct fm_summary_row *line,
			  const struct fm_comparison *c)
{
	int paired = c->over == FM_OVER_ROUNDS;
	const struct fm_power power = {
		.sd = fm_floor_sd(&y->floor, &fm_summary_table, line,
				  line->metric, paired) *
		      (paired ? 1 : M_SQRT2),
		.level = y->stated[1],
		.power = FM_POWER_SAME,
	};
	double delta = log1p(FM_VERDICT_EFFECT);

	if (!isnan(y->delta))
		return log1p(y->delta);
	if (fm_yardstick_repeats(y, line))
		return log1p(repeating_effect);
	/* Runs (boots) that are observations bring their differences along. */
	if (c->over == FM_OVER_UNITS)
		return delta;
	if (!isnan(power.sd) && c->ratio.n >= FM_LEAST_BLOCKS)
		delta = fmin(fm_power_same(&power, c->ratio.n),
			     log1p(apart_effect));
	return paired ? delta : fmax(delta, log1p(y->between));
}

/* Intervals of runs that stopped when they were narrow enough are widened. */
static double stated(const struct fm_compare *c, double level)
{
	const struct fm_side *side[] = { &c->base, &c->new };

	for (int s = 0; s < 2; s++)
		for (size_t i = 0; i < side[s]->n; i++)
			if (*fm_rundata_fact(&side[s]->run[i], "precision"))
				return fm_stopping_level(level);
	return level;
}

void fm_yardstick_set(struct fm_compare *c)
{
	if (c->choice.repeats && c->choice.counts)
		fm_say_note("a fixed instruction clock: counts repeat, also "
			    "from boot to boot; minimum effect %g %%",
			    100 * (isnan(c->yard.delta) ? repeating_effect :
							  c->yard.delta));
	else
		say_level(c);
	/* No floor is known of counts; where they repeat none is needed. */
	c->yard.boots_floor = NAN;
	c->yard.between = apart_effect;
	if (!c->choice.counts)
		find_floor(c);
	c->yard.level = fm_verdict_level(c->yard.family, c->pairs);
	c->yard.stated[0] = stated(c, FM_COMPARE_LEVEL);
	c->yard.stated[1] = stated(c, c->yard.level);
}
