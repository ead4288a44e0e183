/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter selfcheck: the same thing measured twice, as if it were two. */
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "interleave.h"
#include "options.h"
#include "progress.h"
#include "rundir.h"
#include "say.h"
#include "selfcheck.h"
#include "units.h"
#include "verdict.h"

#define SECOND 1000000000ull

static const char *percent(double relative, char *buf, size_t size)
{
	if (isfinite(relative))
		snprintf(buf, size, "%.2f %%", 100 * relative);
	else
		snprintf(buf, size, "-");
	return buf;
}

static const char *signed_percent(double relative, char *buf, size_t size)
{
	snprintf(buf, size, "%+.2f %%", 100 * relative);
	return buf;
}

/* "95.31 % (95.0 .. 95.6)", the interval at 95 %. */
static const char *share(size_t hits, size_t n, char *buf, size_t size)
{
	struct fm_interval i = fm_binomial_interval(hits, n, 0.95);

	snprintf(buf, size, "%.2f %% (%.2f .. %.2f)", 100 * i.middle,
		 100 * i.lo, 100 * i.hi);
	return buf;
}

static int print_points(const struct fm_selfcheck *c, enum fm_format format)
{
	static const char *const header[] = {
		"point",
		"metric",
		"median",
		"rounds",
		"A/A",
		"95 % interval",
		"verdict",
		"one round's sd",
		"minimum effect",
		"found in 95 %",
	};
	enum { COLUMNS = sizeof(header) / sizeof(*header) };
	char text[COLUMNS][160], lo[32], hi[32];
	const char *cell[COLUMNS];
	struct fm_print print;

	fm_print_begin(&print, format, header, COLUMNS);
	print.drop = "metric,median,rounds,verdict,95 % interval";
	for (size_t i = 0; i < c->pairs.n; i++) {
		const struct fm_floor_row *r = &c->row[i];

		fm_point_text(c->pairs.pair[i].point, text[0], sizeof(*text));
		strcpy(text[1], r->metric);
		fm_units_time_text(r->median, text[2], sizeof(*text));
		snprintf(text[3], sizeof(*text), "%llu",
			 (unsigned long long)r->rounds);
		signed_percent(r->ratio - 1, text[4], sizeof(*text));
		snprintf(text[5], sizeof(*text), "%s .. %s",
			 signed_percent(r->ratio_lo - 1, lo, sizeof(lo)),
			 signed_percent(r->ratio_hi - 1, hi, sizeof(hi)));
		strcpy(text[6], r->verdict);
		percent(r->sd, text[7], sizeof(*text));
		percent(r->delta, text[8], sizeof(*text));
		percent(r->effect, text[9], sizeof(*text));
		for (int k = 0; k < COLUMNS; k++)
			cell[k] = text[k];
		fm_print_row(&print, cell);
	}
	return fm_print_end(&print);
}

enum { SPAN_EXPERIMENTS = 1000, RATE_MAX = 64 };

static void rate(size_t hits, size_t n, char *text)
{
	if (n)
		snprintf(text, RATE_MAX, "%.1f %%",
			 100 * (double)hits / (double)n);
	else
		strcpy(text, "-");
}

static int print_spans(const struct fm_selfcheck *c, enum fm_format format)
{
	static const uint64_t seconds[] = { 15, 30, 60, 120, 300, 600, 1800 };
	static const char *const header[] = {
		"time",		  "rounds",	   "minimum effect",
		"noisiest point", "found in 95 %", "noisiest point's",
		"drawn: found",	  "drawn: same",   "drawn: false alarms",
	};
	enum { COLUMNS = sizeof(header) / sizeof(*header) };
	char text[COLUMNS][RATE_MAX];
	const char *cell[COLUMNS];
	struct fm_print print;

	fm_print_begin(&print, format, header, COLUMNS);
	for (size_t i = 0; i < sizeof(seconds) / sizeof(*seconds); i++) {
		struct fm_selfcheck_span s;
		int err = fm_selfcheck_span(c, seconds[i] * SECOND,
					    SPAN_EXPERIMENTS, &s);

		if (err == -ERANGE)
			continue;
		if (err)
			return err;
		fm_units_time_text((double)seconds[i] * 1e9, text[0],
				   sizeof(*text));
		snprintf(text[1], sizeof(*text), "%zu", s.rounds);
		percent(s.delta, text[2], sizeof(*text));
		percent(s.delta_worst, text[3], sizeof(*text));
		percent(s.effect, text[4], sizeof(*text));
		percent(s.effect_worst, text[5], sizeof(*text));
		rate(s.planted.found, s.planted.experiments, text[6]);
		rate(s.same.decided, s.same.equal, text[7]);
		rate(s.same.false_experiments, s.same.experiments, text[8]);
		for (int k = 0; k < COLUMNS; k++)
			cell[k] = text[k];
		fm_print_row(&print, cell);
	}
	return fm_print_end(&print);
}

/* How often what is said of these points would be right. */
static int print_trust(const struct fm_selfcheck *c)
{
	struct fm_selfcheck_span s;
	char text[80];
	int err = fm_selfcheck_span(
		c, (uint64_t)(c->round_ns * ((double)c->pairs.rounds + 0.5)),
		2000, &s);

	if (err)
		return err;
	printf("%zu comparisons of %zu rounds, drawn from these blocks, of "
	       "which nothing differs:\n",
	       s.same.experiments, s.rounds);
	printf("  false alarms, comparisons with one or more   %s\n",
	       share(s.same.false_experiments, s.same.experiments, text,
		     sizeof(text)));
	printf("  95 %% intervals that hold the truth           %s\n",
	       share(s.same.covered, s.same.intervals, text, sizeof(text)));
	printf("  points found the same                        %s\n",
	       share(s.same.decided, s.same.equal, text, sizeof(text)));
	printf("and %zu where the middle point is %.2f %% slower:\n",
	       s.planted.experiments, 100 * s.effect);
	printf("  found                                        %s\n",
	       share(s.planted.found, s.planted.experiments, text,
		     sizeof(text)));
	printf("  median estimate                              %.2f %%\n",
	       100 * expm1(s.planted.estimate));
	return 0;
}

/* In whole seconds, for --time. */
static void print_times(const struct fm_selfcheck *c)
{
	static const double effect[] = { 0.05, 0.02, 0.01, 0.005 };

	for (size_t i = 0; i < sizeof(effect) / sizeof(*effect); i++) {
		double ns = fm_selfcheck_time_for(c, effect[i]);

		if (isfinite(ns))
			printf("  %.1f %% is found in 95 %% with --time "
			       "%.0fs\n",
			       100 * effect[i], ceil(ns / 1e9));
	}
}

static int print_text(const struct fm_selfcheck *c)
{
	char round[32];
	int err;

	printf("A/A: %zu points, %zu rounds of %s. Nothing differs between the "
	       "two sides.\n\n",
	       c->pairs.n, c->pairs.rounds,
	       fm_units_time_text(c->round_ns, round, sizeof(round)));
	err = print_points(c, FM_TEXT);
	printf("\nWith more time, or less (of the point in the middle, and of "
	       "the noisiest):\n\n");
	if (!err)
		err = print_spans(c, FM_TEXT);
	putchar('\n');
	print_times(c);
	putchar('\n');
	return err ? err : print_trust(c);
}

/* Points of which compare would say that they differ. */
static size_t false_alarms(const struct fm_selfcheck *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->pairs.n; i++)
		n += !strcmp(c->row[i].verdict, "faster") ||
		     !strcmp(c->row[i].verdict, "slower");
	return n;
}

static int store(const struct fm_selfcheck *c, const char *host)
{
	char dir[PATH_MAX];
	struct fm_why why;
	int err = fm_rundir_host(host, dir, sizeof(dir), &why);

	if (!err)
		err = fm_floor_append(dir, c->row, c->pairs.n, &why);
	if (err)
		fm_say("not stored: %s", why.text);
	else
		fm_say_note("stored in %s/selfcheck.tsv, from where compare "
			    "takes its minimum effects",
			    dir);
	return err;
}

static int look(const char *base, const char *new, enum fm_format format,
		const char *host, int keep)
{
	struct fm_selfcheck check;
	struct fm_why why;
	int err = fm_selfcheck_make(&check, base, new, &why), status = FM_DONE;
	size_t wrong;

	if (err) {
		fm_say("%s", why.text);
		fm_selfcheck_free(&check);
		return err == -ENODATA ? FM_NOISY : FM_BROKEN;
	}
	err = format == FM_TEXT ? print_text(&check) :
				  fm_print_rows(format, &fm_floor_table,
						check.row, check.pairs.n);
	if (check.left_out)
		fm_say("%zu points are left out: fewer than %d rounds of both "
		       "sides",
		       check.left_out, FM_SELFCHECK_LEAST);
	wrong = false_alarms(&check);
	if (wrong) {
		fm_say("%zu of %zu points differ, though nothing does: "
		       "something changed during this run; try again, and see "
		       "forkmeter doctor",
		       wrong, check.pairs.n);
		status = FM_NOISY;
	}
	if (!err && keep)
		err = store(&check, host);
	fm_selfcheck_free(&check);
	return err ? FM_BROKEN : status;
}

/* Two minutes of the profile selfcheck, where nothing else is said. */
static struct fm_options with_defaults(const struct fm_options *options)
{
	static char *profile[] = { "selfcheck", NULL };
	struct fm_options o = *options;

	if (!o.args && !o.strategy && !o.backing && !o.rss && !o.child) {
		o.arg = profile;
		o.args = 1;
	}
	return o;
}

int fm_cmd_selfcheck(const struct fm_options *options)
{
	static struct fm_interleaved runs;
	struct fm_options o = with_defaults(options);
	enum fm_format format;
	char base[PATH_MAX], new[PATH_MAX];
	int status;

	if (fm_options_format(options, &format))
		return FM_USAGE;
	if (options->from) {
		snprintf(base, sizeof(base), "%s/base", options->from);
		snprintf(new, sizeof(new), "%s/new", options->from);
		return look(base, new, format, NULL, 0);
	}
	status = fm_interleave(&o, "", "", &runs);
	if (!*runs.base || status == FM_BROKEN)
		return status;
	return look(runs.base, runs.fresh, format, options->host, 1);
}
