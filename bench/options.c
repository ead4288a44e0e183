/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line: one table is parser, --help and manual. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "names.h"
#include "nearest.h"
#include "options.h"
#include "say.h"
#include "units.h"

#define AT(field) .offset = offsetof(struct fm_options, field)
#define SIDE .per_side = 1
#define GIVEN(field) .given_offset = offsetof(struct fm_options, field)

const struct fm_option fm_option_table[] = {
	{ "strategy", "LIST", FM_CMD_RUN,
	  "how children are made, or all (default: all; fork for cow)",
	  FM_OPT_TEXT, AT(strategy), SIDE },
	{ "backing", "LIST", FM_CMD_RUN,
	  "what the memory is, or all (default: anon or none)", FM_OPT_TEXT,
	  AT(backing), SIDE },
	{ "rss", "LIST", FM_CMD_RUN,
	  "its size: 0,64M,1G, LO..HI or LO..HIx2 (default: 0 or 64M)",
	  FM_OPT_TEXT, AT(rss), SIDE },
	{ "child", "LIST", FM_CMD_RUN, "what children do (default: exit,exec)",
	  FM_OPT_TEXT, AT(child), SIDE },
	{ "set", "KEY=LIST", FM_CMD_RUN,
	  "a parameter, such as writer=child,parent (default: child)",
	  FM_OPT_LIST, AT(set), SIDE },
	{ "setting", "SWITCH=VALUE", FM_CMD_RUN,
	  "have the machine so for each block, such as thp=never", FM_OPT_LIST,
	  AT(setting), SIDE },
	{ "inject", "NAME=NS", FM_CMD_RUN, NULL, FM_OPT_LIST, AT(inject),
	  SIDE },
	{ "time", "T", FM_CMD_RUN,
	  "for about T, whole rounds (default: 30s; quick: 90s)", FM_OPT_TIME,
	  AT(time_ns) },
	{ "precision", "P%", FM_CMD_RUN,
	  "until 95 % intervals are within +-P %, or --time (10m) is over",
	  FM_OPT_PERCENT, AT(precision) },
	{ "rounds", "N", FM_CMD_RUN,
	  "N rounds, whatever --time says; with --precision at most",
	  FM_OPT_NUMBER, AT(rounds), .least = 1 },
	{ "samples", "N", FM_CMD_RUN,
	  "at most N samples a block (default: 200; 6000 from 256M)",
	  FM_OPT_NUMBER, AT(samples), .least = 1 },
	{ "block-time", "T", FM_CMD_RUN,
	  "sample for T in a block, longer in large ones (default: 50ms)",
	  FM_OPT_TIME, AT(block_time_ns) },
	{ "seed", "N", FM_CMD_RUN,
	  "seed of the rounds' random order (default: a new one)",
	  FM_OPT_NUMBER, AT(seed), GIVEN(seed_given) },
	{ "cpu", "N", FM_CMD_RUN | FM_CMD_DOCTOR | FM_CMD_TRACE,
	  "measure on processor N (default: the last we may use)",
	  FM_OPT_NUMBER, AT(cpu), GIVEN(cpu_given) },
	{ "out", "DIR", FM_CMD_RUN,
	  "the run's folder, new (default: HOST/TIME under results/)",
	  FM_OPT_TEXT, AT(out) },
	{ "dry-run", NULL, FM_CMD_RUN,
	  "print the plan and its expected time, measure nothing",
	  FM_OPT_SWITCH, AT(dry_run) },
	{ "quiet", NULL, FM_CMD_RUN, "say only what goes wrong", FM_OPT_SWITCH,
	  AT(quiet) },
	{ "verbose", NULL, FM_CMD_RUN, "say a line for every block",
	  FM_OPT_SWITCH, AT(verbose) },
	{ "machine", NULL, FM_CMD_SHOW,
	  "the machine instead of the numbers: machine.json for people",
	  FM_OPT_SWITCH, AT(machine) },
	{ "metric", "M", FM_CMD_SHOW, "only this metric, such as wait_ns",
	  FM_OPT_TEXT, AT(metric) },
	{ "where", "KEY=VALUE", FM_CMD_SHOW,
	  "only points with this value in that column; may be repeated",
	  FM_OPT_LIST, AT(where) },
	{ "across", "LIST", FM_CMD_COMPARE,
	  "compare though these facts or axes differ; may be repeated",
	  FM_OPT_LIST, AT(across) },
	{ "statistic", "S", FM_CMD_COMPARE,
	  "median, p10, p90 or p99 (default: median)", FM_OPT_TEXT,
	  AT(statistic) },
	{ "min-effect", "P%", FM_CMD_COMPARE,
	  "what is less does not matter (default: what selfcheck found, or 1%)",
	  FM_OPT_TEXT, AT(min_effect) },
	{ "level", "P%", FM_CMD_COMPARE,
	  "level of all verdicts together (default: 99%)", FM_OPT_TEXT,
	  AT(level) },
	{ "steps", NULL, FM_CMD_LAB, "a line for each step, too", FM_OPT_SWITCH,
	  AT(steps) },
	{ "format", "F",
	  FM_CMD_LIST | FM_CMD_RUN | FM_CMD_SHOW | FM_CMD_DOCTOR |
		  FM_CMD_TRACE | FM_CMD_LAB | FM_CMD_COMPARE,
	  "text, tsv, csv, json, markdown or latex", FM_OPT_TEXT, AT(format) },
	{ "help", NULL, ~0u, "print this", FM_OPT_SWITCH, AT(help) },
	{ 0 },
};

static int number(const char *text, uint64_t *value)
{
	char *end;

	errno = 0;
	*value = strtoull(text, &end, 10);
	if (*text < '0' || *text > '9' || *end)
		return -EINVAL;
	return errno ? -ERANGE : 0;
}

static int complain(const struct fm_option *o, const char *value,
		    const char *want)
{
	return fm_say_usage("--%s %s: %s", o->name, value, want);
}

static int set(const struct fm_option *o, const char *value,
	       struct fm_options *options)
{
	char *field = (char *)options + o->offset;
	struct fm_list *list = (void *)field;
	int err = 0;

	switch (o->kind) {
	case FM_OPT_SWITCH:
		*(int *)(void *)field = 1;
		break;
	case FM_OPT_TEXT:
		*(const char **)(void *)field = value;
		break;
	case FM_OPT_NUMBER:
		err = number(value, (void *)field);
		if (err)
			return complain(
				o, value,
				err == -ERANGE ?
					"too large" :
					"want a whole number from 0 on");
		if (*(uint64_t *)(void *)field < o->least)
			return complain(o, value, "want at least 1");
		if (*(uint64_t *)(void *)field > 100000 && o->least)
			return complain(o, value, "want at most 100000");
		break;
	case FM_OPT_TIME:
		err = fm_units_time(value, (void *)field);
		if (err)
			return complain(o, value,
					"want a time such as 250ms, 90s or 5m");
		if (!*(uint64_t *)(void *)field)
			return complain(o, value, "want more than 0");
		break;
	case FM_OPT_PERCENT:
		err = fm_units_percent(value, (void *)field);
		if (err || !(*(double *)(void *)field > 0) ||
		    *(double *)(void *)field > 0.5)
			return complain(o, value,
					"want a percentage such as 2% or 0.5%, "
					"at most 50%");
		break;
	case FM_OPT_LIST:
		if (strchr(o->arg, '=') && !strchr(value, '='))
			return complain(o, value, "want KEY=VALUE");
		if (list->n == FM_LIST_MAX)
			return complain(o, value, "too many of them");
		list->item[list->n++] = value;
		break;
	}
	if (o->given_offset)
		*(int *)(void *)((char *)options + o->given_offset) = 1;
	return 0;
}

enum { OPTIONS_MAX = 64 };

/* getopt's table of what this command takes; val is 1000 + our index. */
static void make_getopt(const struct fm_command *command, struct option *out)
{
	for (int i = 0; fm_option_table[i].name; i++)
		if (fm_option_table[i].commands & command->bit)
			*out++ = (struct option){
				.name = fm_option_table[i].name,
				.has_arg = fm_option_table[i].arg ?
						   required_argument :
						   no_argument,
				.val = 1000 + i,
			};
	*out = (struct option){ 0 };
}

/* An option that this command does not have; the nearest that it has. */
static int refuse(const struct fm_command *command, const char *option)
{
	char list[512] = "", near[64], word[64];

	for (const struct fm_option *o = fm_option_table; o->name; o++)
		if (o->help && (o->commands & command->bit))
			fm_names_append(list, sizeof(list), o->name);
	if (option[0] == '-' && option[1] != '-')
		return fm_say_usage("%s: no such option; see forkmeter %s "
				    "--help",
				    option, command->name);
	option += strspn(option, "-");
	snprintf(word, sizeof(word), "%.*s", (int)strcspn(option, "="), option);
	if (fm_nearest(word, list, near, sizeof(near)))
		return fm_say_usage("--%s: no such option of %s; did you mean "
				    "--%s? See forkmeter %s --help",
				    word, command->name, near, command->name);
	return fm_say_usage("--%s: no such option of %s; see forkmeter %s "
			    "--help",
			    word, command->name, command->name);
}

/* The word that the option, which getopt(3) just took, was typed as. */
static const char *typed(char **argv, int option)
{
	int back = fm_option_table[option].arg && optarg == argv[optind - 1] ?
			   2 :
			   1;

	return argv[optind - back];
}

/* getopt(3) takes abbreviations; one that is mistyped would be one, too. */
static int is_exact(char **argv, const struct fm_option *o)
{
	const char *word = typed(argv, (int)(o - fm_option_table));
	size_t n = strlen(o->name);

	return !strncmp(word, "--", 2) && !strncmp(word + 2, o->name, n) &&
	       (!word[2 + n] || word[2 + n] == '=');
}

int fm_options_parse(const struct fm_command *command, int argc, char **argv,
		     struct fm_options *options)
{
	struct option table[OPTIONS_MAX];
	int c, err;

	memset(options, 0, sizeof(*options));
	if ((command->bit & FM_CMD_SIDES) && argc > 2) {
		options->sides = argv + 1;
		argc -= 2;
		argv += 2;
	}
	make_getopt(command, table);
	opterr = 0;
	optind = 1;
	while ((c = getopt_long(argc, argv, ":h", table, NULL)) != -1) {
		if (c == 'h') {
			options->help = 1;
			continue;
		}
		if (c == ':')
			return fm_say_usage("%s needs a value; see forkmeter "
					    "%s --help",
					    argv[optind - 1], command->name);
		if (c == '?' && optopt >= 1000)
			return fm_say_usage(
				"--%s takes no value",
				fm_option_table[optopt - 1000].name);
		if (c == '?')
			return refuse(command, argv[optind - 1]);
		if (!is_exact(argv, &fm_option_table[c - 1000]))
			return refuse(command, typed(argv, c - 1000));
		err = set(&fm_option_table[c - 1000], optarg, options);
		if (err)
			return err;
	}
	options->arg = argv + optind;
	options->args = argc - optind;
	return 0;
}

static void help_of_options(unsigned int commands)
{
	char left[64];

	printf("\nOptions:\n");
	for (const struct fm_option *o = fm_option_table; o->name; o++) {
		if (!o->help || !(o->commands & commands))
			continue;
		snprintf(left, sizeof(left), "--%s%s%s", o->name,
			 o->arg ? " " : "", o->arg ? o->arg : "");
		printf("  %-18s %s\n", left, o->help);
	}
}

void fm_options_help(const struct fm_command *command)
{
	if (command) {
		printf("Usage: forkmeter %s %s\n", command->name,
		       command->args);
		if (command->summary)
			printf("\n%s.\n%s", command->summary, command->more);
		help_of_options(command->bit);
		return;
	}
	printf("Usage: forkmeter COMMAND [ARGUMENTS]\n\n"
	       "Measures what it costs on this machine to make a process, and "
	       "what the\ncopy-on-write memory behind it costs afterwards.\n\n"
	       "Commands:\n");
	for (const struct fm_command *c = fm_commands; c->name; c++)
		if (c->summary)
			printf("  %-9s%s\n", c->name, c->summary);
	printf("\nforkmeter COMMAND --help says more, with examples. "
	       "forkmeter --version\nprints the version. Sizes take K, M, G, T "
	       "(powers of 1024), times ns, us, ms, s, m, h.\n"
	       "Exit status: 0 done, 1 slower than before, 2 usage, 3 too "
	       "noisy "
	       "to trust,\n4 something broke.\n");
}
