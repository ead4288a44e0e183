/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter compare: what is slower, and what is certainly not. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "compare.h"
#include "interleave.h"
#include "names.h"
#include "say.h"
#include "units.h"

static int parse_percent(const char *option, const char *text, double *value)
{
	if (!text || !fm_units_percent(text, value))
		return 0;
	return fm_say_usage("--%s %s: want a percentage such as 2%%", option,
			    text);
}

static int parse(struct fm_compare *c, const struct fm_options *o)
{
	static const char known[] = "median,p10,p90,p99";
	const char *name = o->statistic ? o->statistic : "median";
	struct fm_names statistic;
	struct fm_why why;

	c->yard.family = FM_VERDICT_LEVEL;
	c->yard.delta = NAN;
	c->yard.across = &c->across;
	c->yard.choice = &c->choice;
	if (fm_options_format(o, &c->format) ||
	    parse_percent("level", o->level, &c->yard.family) ||
	    parse_percent("min-effect", o->min_effect, &c->yard.delta))
		return -EINVAL;
	if (c->yard.family <= 0)
		return fm_say_usage("--level %s: want more than 0", o->level);
	if (c->yard.delta <= 0)
		return fm_say_usage("--min-effect %s: want more than 0",
				    o->min_effect);
	if (!strcmp(name, "all") ||
	    fm_names_cut(&statistic, "statistic", name, known, &why) ||
	    statistic.n != 1)
		return fm_say_usage("--statistic %s: there is %s", name, known);
	c->yard.statistic = fm_table_column(&fm_quantile_table, name);
	return 0;
}

static int is_same_folder(const struct fm_rundata *a,
			  const struct fm_rundata *b)
{
	struct stat x, y;

	return stat(a->path, &x) == 0 && stat(b->path, &y) == 0 &&
	       x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* No run is there twice: it would be compared with, or counted as, itself. */
static int check_folders(const struct fm_compare *c)
{
	size_t all = c->base.n + c->new.n;

	for (size_t i = 0; i < all; i++)
		for (size_t k = i + 1; k < all; k++) {
			const struct fm_rundata *a =
				i < c->base.n ? &c->base.run[i] :
						&c->new.run[i - c->base.n];
			const struct fm_rundata *b =
				k < c->base.n ? &c->base.run[k] :
						&c->new.run[k - c->base.n];

			if (is_same_folder(a, b))
				return fm_say_usage("%s: this run is named "
						    "twice; name two "
						    "different ones",
						    b->path);
		}
	return 0;
}

static int open_side(struct fm_side *side, const char *name, const char *arg)
{
	struct fm_why why = { "" };
	int err = fm_side_open(side, name, arg, &why);

	if (err)
		fm_say("%s", why.text);
	return err == -EINVAL || err == -ENOENT ? FM_USAGE :
	       err				? FM_BROKEN :
						  FM_DONE;
}

/* What is in one run only is told: how much, and what. */
static void say_alone(const struct fm_compare *c, int of_new)
{
	const char *name = of_new ? c->new.name : c->base.name;
	size_t all = of_new ? c->new_lines.n : c->base_lines.n;
	char list[512] = "", line[160];
	size_t n = 0;

	for (size_t i = 0; i < c->matches; i++) {
		const struct fm_match *m = &c->match[i];
		const struct fm_line *alone = of_new ? m->new : m->base;

		if (of_new ? m->base != NULL : m->new != NULL)
			continue;
		if (n++ < 3)
			snprintf(list + strlen(list),
				 sizeof(list) - strlen(list), "%s%s",
				 *list ? "; " : "",
				 fm_line_name(alone->row, line, sizeof(line)));
	}
	if (n)
		fm_say_note("only in %s, %zu of its %zu points: %s%s", name, n,
			    all, list, n > 3 ? "; ..." : "");
}

static int match(struct fm_compare *c)
{
	struct fm_why why = { "no memory" };
	int err = fm_lines_make(&c->base_lines, &c->base, &c->choice);

	if (!err)
		err = fm_lines_make(&c->new_lines, &c->new, &c->choice);
	if (!err && c->choice.metrics &&
	    (!c->base_lines.n || !c->new_lines.n)) {
		fm_choice_refuse(&c->choice,
				 c->base_lines.n ? &c->new : &c->base);
		return FM_USAGE;
	}
	if (!err && c->across.any_fact)
		fm_across_add_axes(&c->across, &c->base_lines, &c->new_lines);
	if (!err)
		err = fm_match_make(&c->base_lines, &c->new_lines, &c->across,
				    &c->match, &c->matches, &why);
	if (err)
		fm_say("%s", why.text);
	for (size_t i = 0; i < c->matches && !err; i++)
		c->pairs += c->match[i].base && c->match[i].new;
	return err == -ENOENT || err == -EEXIST ? FM_USAGE :
	       err				? FM_BROKEN :
						  FM_DONE;
}

static int conclude(const struct fm_comparison_row *rows, size_t n)
{
	if (fm_compare_count(rows, n, FM_SLOWER))
		return FM_REGRESSION;
	return fm_compare_count(rows, n, FM_UNSURE) == n ? FM_NOISY : FM_DONE;
}

static int compare(struct fm_compare *c)
{
	struct fm_comparison_row *rows = calloc(c->pairs, sizeof(*rows));
	char answer[256];
	size_t n = 0;
	int err = rows ? 0 : -ENOMEM;

	for (size_t i = 0; i < c->matches && !err; i++)
		if (c->match[i].base && c->match[i].new)
			err = fm_compare_line(&rows[n++], &c->match[i],
					      &c->yard);
	if (err)
		fm_say("%s", strerror(-err));
	if (!err) {
		fm_compare_sort(rows, n);
		if (c->format != FM_TEXT)
			fm_say_note("%s", fm_compare_answer(rows, n, answer,
							    sizeof(answer)));
		err = fm_compare_print(c->format, rows, n, c->yard.family);
	}
	if (!err)
		err = conclude(rows, n);
	free(rows);
	return err < 0 ? FM_BROKEN : err;
}

static int prepare(struct fm_compare *c, const struct fm_options *o,
		   const char *base, const char *new, int intended)
{
	struct fm_why why;
	int status;

	if (parse(c, o))
		return FM_USAGE;
	status = open_side(&c->base, "BASE", base);
	if (!status)
		status = open_side(&c->new, "NEW", new);
	if (status)
		return status;
	if (check_folders(c) || fm_side_is_one(&c->base) ||
	    fm_side_is_one(&c->new))
		return FM_USAGE;
	if (fm_across_cut(&c->across, &o->across, &c->base, &c->new, &why)) {
		fm_say("%s", why.text);
		return FM_USAGE;
	}
	c->across.any_fact = intended || fm_yardstick_is_one_sitting(c);
	if (fm_across_check(&c->across, &c->base, &c->new))
		return FM_USAGE;
	fm_yardstick_observe(c);
	fm_choice_make(&c->choice, o->metric, &c->base, &c->new);
	fm_choice_say(&c->choice);
	return match(c);
}

int fm_compare_runs(const struct fm_options *o, const char *base,
		    const char *new, int intended)
{
	static struct fm_compare c;
	int status;

	memset(&c, 0, sizeof(c));
	status = prepare(&c, o, base, new, intended);
	if (!status) {
		say_alone(&c, 0);
		say_alone(&c, 1);
		fm_yardstick_set(&c);
		status = compare(&c);
	}
	free(c.match);
	fm_floor_free(&c.yard.floor);
	fm_lines_free(&c.base_lines);
	fm_lines_free(&c.new_lines);
	fm_side_close(&c.base);
	fm_side_close(&c.new);
	return status;
}

/* Measures both, and compares what there is, also if blocks broke. */
static int interleave(const struct fm_options *o)
{
	static struct fm_interleaved runs;
	int measured = fm_interleave(o, o->sides[0], o->sides[1], &runs);
	int status;

	if (!*runs.base)
		return measured;
	status = fm_compare_runs(o, runs.base, runs.fresh, 1);
	return status == FM_DONE || measured == FM_BROKEN ? measured : status;
}

int fm_cmd_compare(const struct fm_options *o)
{
	if (o->is_interleaved)
		return interleave(o);
	if (o->args != 2) {
		fm_say("compare: want two runs, BASE and NEW; see forkmeter "
		       "compare --help");
		return FM_USAGE;
	}
	return fm_compare_runs(o, o->arg[0], o->arg[1], 0);
}
