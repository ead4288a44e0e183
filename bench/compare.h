/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What forkmeter compare is made of. */
#ifndef FM_COMPARE_H
#define FM_COMPARE_H

#include "comparison.h"
#include "fact.h"
#include "floor.h"
#include "options.h"
#include "print.h"
#include "verdict.h"

/* One run, read whole. */
struct fm_rundata {
	char path[4096];
	struct fm_facts facts;
	struct fm_summary_row *line;
	size_t lines;
	struct fm_quantile_row *block;
	size_t blocks;
	size_t unit; /* of its side, from 0 */
};

/* What stands on one side: runs of one machine in one state. */
struct fm_side {
	const char *name; /* BASE or NEW */
	struct fm_rundata *run;
	size_t n;
	size_t boots; /* distinct ones */
	size_t units; /* what is independent above blocks: runs, or boots */
};

/*
 * Reads the runs that arg names (fm_rundir_each). Returns 0; -EINVAL for what
 * cannot be compared (a run without a complete block, runs of two machines or
 * states), -ENOENT for no run, another -errno for what cannot be read; the
 * reason in why. To be closed in any case.
 */
int fm_side_open(struct fm_side *side, const char *name, const char *arg,
		 struct fm_why *why);
void fm_side_close(struct fm_side *side);

/* The run's value of that fact; "" where it is not known. */
const char *fm_rundata_fact(const struct fm_rundata *run, const char *key);

/*
 * Numbers the units of both sides: runs, but boots where the runs of one side
 * are of several, for runs of one boot are not independent. Returns 1 where
 * they are boots.
 */
int fm_side_units(struct fm_side *base, struct fm_side *new);

/* What --across lets differ: facts, or axes of the points. */
struct fm_across {
	char text[1024];
	const char *key[64];
	size_t n;
	int any_fact; /* all facts may differ */
};

/*
 * Cuts the comma lists. Each must be a fact of either side, "host", or an axis.
 * Returns 0, or -EINVAL with what there is in why.
 */
int fm_across_cut(struct fm_across *across, const struct fm_list *list,
		  const struct fm_side *base, const struct fm_side *new,
		  struct fm_why *why);
int fm_across_has(const struct fm_across *across, const char *key);

/*
 * Whether it lets the facts differ: kernel is what the kernel is called in all
 * of them, host stands for all of the hardware.
 */
int fm_across_allows(const struct fm_across *across,
		     const struct fm_fact_difference *difference);

/* "WHAT: KEY: A in A_NAME, B in B_NAME" */
void fm_across_say(const char *what, const char *a_name, const char *b_name,
		   const struct fm_fact_difference *difference);

/*
 * Says in which facts of hardware and state the sides differ: those that may
 * differ as what is under comparison. Returns 0, or -EINVAL where others
 * differ, after saying how to insist, or where one side alone is emulated.
 */
int fm_across_check(const struct fm_across *across, const struct fm_side *base,
		    const struct fm_side *new);

/* The same of the runs of one side, of which none may differ. */
int fm_side_is_one(const struct fm_side *side);

/* A point and metric of one side, with its blocks. */
struct fm_line {
	const struct fm_summary_row *row; /* of the first run that has it */
	struct fm_units_of units;
	int broken, disagrees; /* in any run */
};

struct fm_lines {
	struct fm_line *line;
	size_t n;
	struct fm_unit *unit;	       /* n times the side's units */
	struct fm_quantile_row *block; /* of all of them */
};

/* Which metrics of the sides are compared. */
struct fm_choice {
	const char *metrics; /* a comma list, with wildcards; NULL: by rule */
	int counts;	     /* both sides are emulated: no times */
	int repeats;	     /* under a fixed instruction clock, as well */
	int no_children;     /* what a child's counts hold differs */
	int children;	     /* both sides have such counts */
	char why_no_children[FM_WHY_MAX];
};
void fm_choice_make(struct fm_choice *choice, const char *metrics,
		    const struct fm_side *base, const struct fm_side *new);
int fm_choice_has(const struct fm_choice *choice,
		  const struct fm_summary_row *row);
void fm_choice_say(const struct fm_choice *choice);
/* Says what the side has in place of the metrics that are named. -EINVAL. */
int fm_choice_refuse(const struct fm_choice *choice,
		     const struct fm_side *side);

/*
 * The lines that are chosen. Returns 0 or -ENOMEM. To be freed in any case; the
 * side must live on.
 */
int fm_lines_make(struct fm_lines *lines, const struct fm_side *side,
		  const struct fm_choice *choice);
void fm_lines_free(struct fm_lines *lines);

/* Whether both measure the same metric of the same, whatever across names. */
int fm_line_is_same(const struct fm_summary_row *a,
		    const struct fm_summary_row *b,
		    const struct fm_across *across);

/* "wait_ns of wait fork exit anon 64M writer=all" */
const char *fm_line_name(const struct fm_summary_row *row, char *buf,
			 size_t size);

/* Lets axes differ in which no line of one side is like any of the other. */
void fm_across_add_axes(struct fm_across *across, const struct fm_lines *base,
			const struct fm_lines *new);

struct fm_match {
	const struct fm_line *base, *new; /* either may be NULL */
};

/*
 * Pairs the lines of two sides whose metric and axes, but for those that across
 * names, are equal; lines that one side lacks come last. Returns 0, -ENOMEM,
 * -EEXIST where a line has more than one partner, or -ENOENT where none has
 * any, with the reason in why. match is to be freed.
 */
int fm_match_make(const struct fm_lines *base, const struct fm_lines *new,
		  const struct fm_across *across, struct fm_match **match,
		  size_t *n, struct fm_why *why);

#define FM_COMPARE_LEVEL 0.95 /* of a line's own interval */

/* With fewer a side nothing is said of kernels, only of these boots. */
enum { FM_COMPARE_LEAST_BOOTS = 3 };

/* What a difference is held against. */
struct fm_yardstick {
	const struct fm_column *statistic; /* of quantiles.tsv */
	enum fm_over over;
	const char *units;     /* "runs" or "boots" */
	double family, level;  /* of all intervals together, of each */
	double stated[2];      /* what Student's t is asked for them */
	double delta;	       /* minimum effect, 0.01 is 1 %; NaN: by floor */
	struct fm_floor floor; /* of BASE's machine */
	double between;	       /* how far runs (boots) differ by it, relative */
	int boots_lack;	       /* kernels differ, and boots are too few */
	double boots_floor;    /* NaN: none was measured */
	size_t boots;	       /* of the side that has fewer */
	const char *caveat;    /* "these boots", or NULL */
	const struct fm_across *across;
	const struct fm_choice *choice;
};

/* All that one comparison holds. */
struct fm_compare {
	struct fm_side base, new;
	struct fm_across across;
	struct fm_choice choice;
	struct fm_lines base_lines, new_lines;
	struct fm_match *match;
	size_t matches, pairs; /* of them, those that have both sides */
	struct fm_yardstick yard;
	enum fm_format format;
};

/* Both were measured alternately, block by block, as two sides. */
int fm_yardstick_is_one_sitting(const struct fm_compare *compare);

/* Chooses the observations, once the sides are read, and what they stand for:
 * over, units, boots, boots_lack and caveat. */
void fm_yardstick_observe(struct fm_compare *compare);

/*
 * Says them, finds the noise floor where no minimum effect was given, and sets
 * the levels, once the lines are matched.
 */
void fm_yardstick_set(struct fm_compare *compare);

/*
 * The minimum effect for that line, in logarithms: the one given; else the one
 * at which so many rounds (blocks) of it find equal things the same by the
 * noise floor, and at least what runs differ by that were measured apart; of
 * counts that repeat 0.1 %; else 1 %.
 */
double fm_yardstick_delta(const struct fm_yardstick *yardstick,
			  const struct fm_summary_row *line,
			  const struct fm_comparison *comparison);

/* Whether the line counts, under a clock by which counts repeat. */
int fm_yardstick_repeats(const struct fm_yardstick *yardstick,
			 const struct fm_summary_row *line);

/* Compares the two lines. Returns 0 or -ENOMEM. */
int fm_compare_line(struct fm_comparison_row *row, const struct fm_match *match,
		    const struct fm_yardstick *yardstick);

/* What matters first: slower, faster, unsure, same; the largest, the surest. */
void fm_compare_sort(struct fm_comparison_row *rows, size_t n);

/* How many have that verdict. */
size_t fm_compare_count(const struct fm_comparison_row *rows, size_t n,
			enum fm_verdict verdict);

/* The table on standard output. Returns 0 or -EIO. */
int fm_compare_print(enum fm_format format,
		     const struct fm_comparison_row *rows, size_t n,
		     double family);
/* "1 slower, 2 same of 3 ..." */
const char *fm_compare_answer(const struct fm_comparison_row *rows, size_t n,
			      char *buf, size_t size);

/*
 * What forkmeter selfcheck left of that machine, under the folder of all runs.
 * Returns 0, also where there is nothing (floor->n is 0), or -errno with the
 * reason in why.
 */
int fm_floor_find(struct fm_floor *floor, const char *host_id,
		  struct fm_why *why);

/*
 * Compares and prints. intended: what differs between the sides' machines is
 * what is compared, as if --across named it. Returns the exit status.
 */
int fm_compare_runs(const struct fm_options *options, const char *base,
		    const char *new, int intended);

#endif
