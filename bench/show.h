/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What forkmeter show is made of. */
#ifndef FM_SHOW_H
#define FM_SHOW_H

#include <stddef.h>

#include "options.h"
#include "print.h"
#include "record.h"

/* Whether --metric and --where want the line. */
int fm_show_is_wanted(const struct fm_options *options,
		      const struct fm_summary_row *row);

/*
 * Returns 0 where they want at least one of the n lines, else -EINVAL after
 * saying which of the wishes none fulfils, and what there is.
 */
int fm_show_check(const struct fm_options *options,
		  const struct fm_summary_row *rows, size_t n);

/*
 * Returns 0 where every KEY of --where is a column of summary.tsv, else -EINVAL
 * after saying which is not.
 */
int fm_show_check_where(const struct fm_options *options);

/*
 * The folder of the run that the command line names, or of the newest. Returns
 * FM_DONE, or FM_USAGE after saying why there is none.
 */
int fm_show_find(const struct fm_options *options, char *dir, size_t size);

/* The lines of a run's summary, and those of its stability.tsv, if any. */
struct fm_show_run {
	struct fm_summary_row *row;
	size_t n;
	struct fm_stability_row *stability;
	size_t stabilities;
};

/*
 * Prints the rows that --metric and --where want: all columns for programs
 * (tsv, csv, json), the main ones for people. Returns 0 or -EIO.
 */
int fm_show_table(const struct fm_options *options, enum fm_format format,
		  const struct fm_show_run *run);

/* x in the line's unit, as people read it, in buf. */
const char *fm_show_value(const struct fm_summary_row *row, double x, char *buf,
			  size_t size);

/* The lines that are no times. Returns 0 or -EIO. */
int fm_show_counts(const struct fm_options *options, enum fm_format format,
		   const struct fm_show_run *run);

/*
 * What a page of page tables adds to each metric, of n rows of slopes.tsv;
 * without --metric those that it is known to change. Returns 0 or -EIO.
 */
int fm_show_slopes(const struct fm_options *options, enum fm_format format,
		   const struct fm_slope_row *rows, size_t n);

/* Says which counters there are, if any, and how to see them. */
void fm_show_say_counts(const char *dir, const struct fm_show_run *run);

/*
 * What a reader must know about the line, in a few words: failures, faults,
 * preemption, change of level, a great share of the harness.
 */
void fm_show_note(const struct fm_show_run *run,
		  const struct fm_summary_row *row, char *buf, size_t size);

/* Prints machine.json of the run in dir. Returns 0, or -errno after saying. */
int fm_show_machine(const char *dir, enum fm_format format);

/* Says so where the run in dir was slowed on purpose; see inject.h. */
void fm_show_warning(const char *dir);

/*
 * Draws the distributions of the wanted lines that are times, those of one
 * metric and child on one axis. Returns 0, -EINVAL after saying that nothing
 * is as wanted, -EIO or -ENOMEM.
 */
int fm_show_plot(const struct fm_options *options,
		 const struct fm_show_run *run);

enum { FM_SHOW_COLUMNS_MAX = 512 };

/* An axis of nanoseconds, logarithmic, on one line of a terminal. */
struct fm_show_axis {
	double lo, hi; /* its ends, ns */
	int columns;   /* from one to the other */
};

/* Opened, it holds nothing; it then is made to hold lines, min to p99. */
void fm_show_axis_open(struct fm_show_axis *axis);
void fm_show_axis_hold(struct fm_show_axis *axis,
		       const struct fm_summary_row *row);
/* Of at most FM_SHOW_COLUMNS_MAX columns; only now can things stand on it. */
void fm_show_axis_close(struct fm_show_axis *axis, int columns);
/* Prints the line's histogram, or the axis itself and a newline. */
void fm_show_axis_bar(const struct fm_show_axis *axis,
		      const struct fm_summary_row *row);
void fm_show_axis_put(const struct fm_show_axis *axis);

/*
 * A character as high as the share of the highest: a block element where the
 * locale's character set is UTF-8, else one of ".:-=+*#@"; a blank for 0.
 */
const char *fm_show_glyph(double share);

/*
 * The histogram of summary.tsv ("3,10,7,...") as one character a bin, by its
 * share of the fullest. Returns buf.
 */
const char *fm_show_shape(const char *counts, char *buf, size_t size);

#endif
