/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shares of a profile run, for people and programs. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "progress.h"
#include "sampled.h"
#include "say.h"
#include "summary.h"
#include "units.h"

/* What people are shown: classes and functions from this share on. */
#define LEAST_SHARE 0.01
enum { FUNCTIONS = 12, LEAST_SAMPLES = 5 };

enum { CELL = 160 };

static void percent(double share, char *buf)
{
	if (isfinite(share))
		snprintf(buf, CELL, "%.1f %%", 100 * share);
	else
		*buf = '\0';
}

static void interval(double lo, double hi, char *buf)
{
	if (isfinite(lo) && isfinite(hi))
		snprintf(buf, CELL, "%.1f .. %.1f", 100 * lo, 100 * hi);
	else
		*buf = '\0';
}

static const struct fm_plan_row *point_of(const struct fm_shares *s,
					  uint64_t point)
{
	for (size_t i = 0; i < s->points; i++)
		if (s->plan[i].point == point)
			return &s->plan[i];
	return NULL;
}

static int is_class(const struct fm_share_row *r)
{
	return !strcmp(r->kind, "class");
}

static void print_share(struct fm_print *print, const struct fm_shares *s,
			const struct fm_share_row *r)
{
	char point[CELL], self[CELL], self_is[CELL], inclusive[CELL];
	char inclusive_is[CELL], samples[CELL];
	const char *cells[] = {
		point,
		is_class(r) ? r->name : r->class,
		is_class(r) ? "" : r->name,
		self,
		self_is,
		inclusive,
		inclusive_is,
		samples,
	};

	fm_point_text(point_of(s, r->point), point, sizeof(point));
	percent(r->self, self);
	interval(r->self_lo, r->self_hi, self_is);
	percent(r->inclusive, inclusive);
	interval(r->inclusive_lo, r->inclusive_hi, inclusive_is);
	snprintf(samples, sizeof(samples), "%llu",
		 (unsigned long long)r->self_samples);
	fm_print_row(print, cells);
}

/* The floor, null, is for programs; it is one function, and ours. */
static int print_shares(const struct fm_shares *s, enum fm_format format)
{
	static const char *const header[] = {
		"point", "class",     "function", "self",
		"95 %",	 "inclusive", "95 %",	  "samples",
	};
	struct fm_print print;
	uint64_t point = 0;
	int functions = 0;

	fm_print_begin(&print, format, header,
		       sizeof(header) / sizeof(*header));
	print.drop = "samples";
	for (size_t i = 0; i < s->n; i++) {
		const struct fm_share_row *r = &s->row[i];

		functions = r->point == point ? functions : 0;
		point = r->point;
		if (!strcmp(r->workload, "null"))
			continue;
		if (is_class(r) ?
			    r->inclusive >= LEAST_SHARE :
			    r->self >= LEAST_SHARE && functions++ < FUNCTIONS)
			print_share(&print, s, r);
	}
	return fm_print_end(&print);
}

/* Sums over the sampled blocks of one point. */
struct sums {
	uint64_t operations, timed_ns, inside, children, idle, others, outside;
};

static struct sums sums_of(const struct fm_shares *s, uint64_t point)
{
	struct sums sum = { 0 };

	for (size_t i = 0; i < s->blocks; i++) {
		const struct fm_sampling_row *b = &s->block[i];

		if (b->point != point || strcmp(b->status, "ok"))
			continue;
		sum.operations += b->operations;
		sum.timed_ns += b->timed_ns;
		sum.inside += b->inside;
		sum.children += b->children;
		sum.idle += b->idle;
		sum.others += b->others;
		sum.outside += b->outside;
	}
	return sum;
}

static void number(uint64_t n, char *buf)
{
	snprintf(buf, CELL, "%llu", (unsigned long long)n);
}

static void print_cost_of(struct fm_print *print, const struct fm_shares *s,
			  const struct fm_share_row *r)
{
	struct sums sum = sums_of(s, r->point);
	char point[CELL], cell[9][CELL];
	const char *cells[] = { point,	 cell[0], cell[1], cell[2], cell[3],
				cell[4], cell[5], cell[6], cell[7], cell[8] };

	fm_point_text(point_of(s, r->point), point, sizeof(point));
	number(r->blocks, cell[0]);
	number(sum.operations, cell[1]);
	fm_units_time_text((double)sum.timed_ns, cell[2], CELL);
	number(sum.inside, cell[3]);
	number(sum.children, cell[4]);
	number(sum.idle, cell[5]);
	number(sum.others, cell[6]);
	number(sum.outside, cell[7]);
	if (isnan(r->slower_lo))
		snprintf(cell[8], CELL, "-");
	else
		snprintf(cell[8], CELL, "%+.1f %% (%+.1f .. %+.1f)",
			 100 * (r->slower - 1), 100 * (r->slower_lo - 1),
			 100 * (r->slower_hi - 1));
	fm_print_row(print, cells);
}

static int print_cost(const struct fm_shares *s)
{
	static const char *const header[] = {
		"point",    "blocks", "operations", "timed",   "samples",
		"children", "idle",   "others",	    "outside", "slower by",
	};
	struct fm_print print;
	uint64_t point = 0;

	fm_print_begin(&print, FM_TEXT, header,
		       sizeof(header) / sizeof(*header));
	print.drop = "idle,outside,operations,children";
	for (size_t i = 0; i < s->n; i++) {
		if (s->row[i].point == point)
			continue;
		point = s->row[i].point;
		print_cost_of(&print, s, &s->row[i]);
	}
	return fm_print_end(&print);
}

/* What a reader must know of how the samples were taken. */
static void say_how(const struct fm_shares *s)
{
	const struct fm_sampling_row *most = NULL;
	uint64_t lost = 0, throttled = 0;

	for (size_t i = 0; i < s->blocks; i++) {
		const struct fm_sampling_row *b = &s->block[i];

		if (strcmp(b->status, "ok"))
			continue;
		lost += b->lost;
		throttled += b->throttled;
		if (b->others && (!most || b->others > most->others))
			most = b;
	}
	if (most)
		fm_say_note("others inside intervals, in the block that has "
			    "most: %s",
			    *most->who ? most->who : "not known");
	if (lost)
		fm_say("%llu records found no room and are missing; choose a "
		       "lower --rate",
		       (unsigned long long)lost);
	if (throttled)
		fm_say("the kernel sampled less %llu times, to spare the "
		       "processor; choose a lower --rate",
		       (unsigned long long)throttled);
	if (s->n && !strcmp(s->row[0].event, "cpu-clock"))
		fm_say_note("by the CPU clock, a timer: what runs with "
			    "interrupts off is seen where they are on again");
}

static int print_text(const struct fm_shares *s)
{
	int err = print_shares(s, FM_TEXT);

	putchar('\n');
	if (!err)
		err = print_cost(s);
	say_how(s);
	return err;
}

/* A run without samples is another error than one that cannot be read. */
static int load(struct fm_shares *s, const char *dir, struct fm_why *why)
{
	struct fm_derived derived;
	char path[4200];
	int err;

	memset(s, 0, sizeof(*s));
	snprintf(path, sizeof(path), "%s/sampling.tsv", dir);
	if (access(path, R_OK) < 0)
		return fm_fail(why, EINVAL,
			       "%.150s: no profile is there (no readable "
			       "sampling.tsv); make one: forkmeter profile",
			       dir);
	err = fm_derived_open(&derived, dir, why);
	if (!err)
		err = fm_shares_make(s, dir, derived.dir, why);
	fm_derived_close(&derived);
	if (err)
		return err;
	err = fm_shares_write(s, dir, why);
	/* Then they are only shown. */
	return err == -EACCES || err == -EROFS ? 0 : err;
}

int fm_sampled_show(const char *dir, enum fm_format format)
{
	struct fm_shares s;
	struct fm_why why = { "" };
	int err = load(&s, dir, &why);

	if (err)
		fm_say("%s", why.text);
	else if (format == FM_TEXT)
		err = print_text(&s);
	else if (format == FM_MARKDOWN || format == FM_LATEX)
		err = print_shares(&s, format);
	else
		err = fm_print_rows(format, &fm_share_table, s.row, s.n);
	fm_shares_free(&s);
	return err == -EINVAL  ? FM_USAGE :
	       err == -ENODATA ? FM_NOISY :
	       err	       ? FM_BROKEN :
				 FM_DONE;
}
