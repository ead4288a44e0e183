/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter outliers: the odd one out of machines that ought to be alike. */
#include <errno.h>
#include <math.h>
#include <string.h>

#include "outliers.h"
#include "say.h"
#include "units.h"
#include "where.h"

/* What is chosen are points, for machines are judged by each other. */
static int check_where(const struct fm_list *where)
{
	for (size_t i = 0; i < where->n; i++) {
		const char *item = where->item[i];
		const struct fm_column *c =
			fm_where_column(&fm_summary_table, item);

		if (c && (fm_is_axis(c->name) || !strcmp(c->name, "metric") ||
			  !strcmp(c->name, "parameters")))
			continue;
		return fm_say_usage("--where %s: %.*s is no axis of the points "
				    "nor metric; which machines are compared, "
				    "the RUNs say",
				    item, (int)strcspn(item, "="), item);
	}
	return 0;
}

static int parse(struct fm_outliers *out, const struct fm_options *o,
		 enum fm_format *format)
{
	double effect = FM_VERDICT_EFFECT;

	out->family = FM_VERDICT_LEVEL;
	if (fm_options_format(o, format) || check_where(&o->where))
		return -EINVAL;
	if (o->level &&
	    (fm_units_percent(o->level, &out->family) || !(out->family > 0)))
		return fm_say_usage("--level %s: want a percentage such as "
				    "99%%, more than 0",
				    o->level);
	if (o->min_effect &&
	    (fm_units_percent(o->min_effect, &effect) || !(effect > 0)))
		return fm_say_usage("--min-effect %s: want a percentage such "
				    "as 2%%, more than 0",
				    o->min_effect);
	out->delta = log1p(effect);
	out->metrics = o->metric;
	out->where = &o->where;
	return 0;
}

static int take_across(struct fm_outliers *out, const struct fm_options *o)
{
	struct fm_why why = { "" };

	if (fm_across_cut(&out->across, &o->across, &out->all, &out->all, &why))
		return fm_say_usage("%s", why.text);
	for (size_t i = 0; i < out->across.n; i++)
		if (fm_is_axis(out->across.key[i]))
			return fm_say_usage("--across %s: an axis of the "
					    "points, and a point is compared "
					    "with the same one of other "
					    "machines; want facts of "
					    "machine.json",
					    out->across.key[i]);
	return 0;
}

static int conclude(const struct fm_outliers *o)
{
	size_t slower = fm_outliers_count(o, 1, FM_SLOWER);
	size_t points = fm_outliers_count(o, 0, FM_SLOWER);

	fm_say_note("machines slower as a whole: %zu, faster: %zu, of %zu; "
		    "single points slower: %zu, faster: %zu; groups judged: "
		    "%zu of %zu, with %zu points",
		    slower, fm_outliers_count(o, 1, FM_FASTER), o->all.n,
		    points, fm_outliers_count(o, 0, FM_FASTER), o->judged,
		    o->groups, o->points);
	if (points && !slower)
		fm_say_note("no machine is slower as a whole, which its median "
			    "point decides; at single points there is one");
	fm_outliers_say_unjudged(o);
	if (!o->judged)
		fm_say("no %d machines of equal hardware and state have a "
		       "point in common, and fewer cannot be judged; name "
		       "more runs, or let facts differ by --across",
		       FM_OUTLIER_LEAST);
	if (o->damaged)
		return FM_BROKEN;
	return slower || points ? FM_REGRESSION :
	       o->judged	? FM_DONE :
				  FM_NOISY;
}

static int look(struct fm_outliers *out, const struct fm_options *o)
{
	enum fm_format format;
	int err, status;

	if (parse(out, o, &format))
		return FM_USAGE;
	status = fm_outliers_open(out, o->arg, o->args);
	if (status)
		return status;
	if (take_across(out, o))
		return FM_USAGE;
	err = fm_outliers_group(out);
	if (!err)
		err = fm_outliers_judge(out);
	if (err == -EINVAL)
		return FM_USAGE;
	if (!err)
		err = fm_outliers_tell(out);
	if (!err)
		err = fm_outliers_print(out, format);
	if (err)
		fm_say("%s", strerror(-err));
	return err ? FM_BROKEN : conclude(out);
}

int fm_cmd_outliers(const struct fm_options *o)
{
	static struct fm_outliers out;
	int status = look(&out, o);

	fm_outliers_free(&out);
	return status;
}
