/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line: one table is parser, --help and manual. */
#ifndef FM_OPTIONS_H
#define FM_OPTIONS_H

#include <stddef.h>
#include <stdint.h>

#include "place.h"
#include "print.h"

#define FM_LIST_MAX 16

struct fm_list {
	const char *item[FM_LIST_MAX];
	size_t n;
};

/* What was asked for; NULL and 0 where nothing was said. */
struct fm_options {
	const char *strategy, *backing, *rss, *child;
	struct fm_list set, setting, where, across, inject, event, counters;
	uint64_t time_ns, block_time_ns, samples, rounds, seed, cpu, rate, last;
	double precision; /* a fraction */
	int seed_given, cpu_given;
	const char *out, *host, *format, *metric, *numa;
	const char *level, *min_effect, *statistic, *from, *by;
	int dry_run, help, machine, quiet, steps, verbose, counted_times,
		counts, slopes, plot;
	char **arg; /* what is no option */
	int args;
	const char *sides[2]; /* of --interleave */
	int is_interleaved;
};

/* Commands, as bits of an option's commands. */
enum {
	FM_CMD_LIST = 1,
	FM_CMD_RUN = 2,
	FM_CMD_SHOW = 4,
	FM_CMD_SUMMARY = 8,
	FM_CMD_DOCTOR = 16,
	FM_CMD_TRACE = 32,
	FM_CMD_LAB = 64,
	FM_CMD_COMPARE = 128,
	FM_CMD_SELFCHECK = 256,
	FM_CMD_PROFILE = 512,
	FM_CMD_EXPORT = 1024,
	FM_CMD_HISTORY = 2048,
	FM_CMD_TREND = 4096,
	FM_CMD_OUTLIERS = 8192,
};

struct fm_option {
	const char *name;
	const char *arg; /* NULL: a switch */
	unsigned int commands;
	const char *help; /* NULL: for developers, told in HACKING alone */
	enum {
		FM_OPT_TEXT,
		FM_OPT_NUMBER,
		FM_OPT_TIME,
		FM_OPT_PERCENT,
		FM_OPT_LIST,
		FM_OPT_SWITCH
	} kind;
	size_t offset;	     /* of the field in struct fm_options */
	size_t given_offset; /* of an int that is set to 1; 0: none */
	uint64_t least;	     /* of a number */
	int per_side;	     /* each of two interleaved runs can have its own */
	char letter;	     /* another name, behind one dash; 0: none */
};

extern const struct fm_option fm_option_table[]; /* ended by a NULL name */

struct fm_command {
	const char *name;
	unsigned int bit;
	const char *args;
	const char *summary; /* NULL: for developers, told in HACKING alone */
	const char *more;    /* paragraphs and examples of its --help */
	int (*run)(const struct fm_options *options);
};

extern const struct fm_command fm_commands[]; /* ended by a NULL name */

int fm_cmd_compare(const struct fm_options *options);
int fm_cmd_doctor(const struct fm_options *options);
int fm_cmd_export(const struct fm_options *options);
int fm_cmd_history(const struct fm_options *options);
int fm_cmd_lab(const struct fm_options *options);
int fm_cmd_list(const struct fm_options *options);
int fm_cmd_outliers(const struct fm_options *options);
int fm_cmd_profile(const struct fm_options *options);
int fm_cmd_run(const struct fm_options *options);
int fm_cmd_selfcheck(const struct fm_options *options);
int fm_cmd_show(const struct fm_options *options);
int fm_cmd_summary(const struct fm_options *options);
int fm_cmd_trace(const struct fm_options *options);
int fm_cmd_trend(const struct fm_options *options);

/*
 * Parses what follows the command's name. Returns 0, or -EINVAL after saying
 * on standard error what is wrong.
 */
int fm_options_parse(const struct fm_command *command, int argc, char **argv,
		     struct fm_options *options);

/*
 * The place where to measure, as --cpu and --numa say; or on the processors of
 * another place, as --numa says. Returns 0, or -errno after saying what is
 * wrong with it.
 */
int fm_options_place(const struct fm_options *options, struct fm_place **place);
int fm_options_same_place(const struct fm_options *options,
			  const struct fm_place *place, struct fm_place **copy);

/* What --format names. Returns 0, or -EINVAL after saying what there is. */
int fm_options_format(const struct fm_options *options, enum fm_format *format);

/* Prints the help of one command, or of all (NULL), on standard output. */
void fm_options_help(const struct fm_command *command);

#endif
