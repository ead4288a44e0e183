/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line: read by the table of options, and explained by it. */
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

/* getopt's string of our letters, h and those of the table. */
static void make_letters(const struct fm_command *command, char *out)
{
	strcpy(out, ":h");
	out += 2;
	for (const struct fm_option *o = fm_option_table; o->name; o++)
		if (o->letter && (o->commands & command->bit)) {
			*out++ = o->letter;
			if (o->arg)
				*out++ = ':';
		}
	*out = '\0';
}

/* The option that a letter is another name of, as getopt's table has it. */
static int by_letter(int c)
{
	for (int i = 0; fm_option_table[i].name; i++)
		if (c == fm_option_table[i].letter)
			return 1000 + i;
	return c;
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

static int takes(const struct fm_command *command, const char *option)
{
	for (const struct fm_option *o = fm_option_table; o->name; o++)
		if (!strcmp(o->name, option))
			return (o->commands & command->bit) != 0;
	return 0;
}

/*
 * --interleave and the two words after it, whatever they begin with, which
 * getopt(3) could not take, are taken out of argv.
 */
static int take_sides(const struct fm_command *command, int *argc, char **argv,
		      struct fm_options *options)
{
	int at = 1;

	while (at < *argc && strcmp(argv[at], "--interleave"))
		at++;
	if (at == *argc || !takes(command, "interleave"))
		return 0;
	if (at + 2 >= *argc)
		return fm_say_usage("--interleave needs two sides, BASE and "
				    "NEW, each one string of words or '' for "
				    "none; see forkmeter %s --help",
				    command->name);
	options->sides[0] = argv[at + 1];
	options->sides[1] = argv[at + 2];
	options->is_interleaved = 1;
	for (int i = at; i + 3 <= *argc; i++)
		argv[i] = argv[i + 3];
	*argc -= 3;
	return 0;
}

int fm_options_parse(const struct fm_command *command, int argc, char **argv,
		     struct fm_options *options)
{
	struct option table[OPTIONS_MAX];
	struct fm_command with_run;
	char letters[OPTIONS_MAX];
	int c, err, is_letter;

	memset(options, 0, sizeof(*options));
	err = take_sides(command, &argc, argv, options);
	if (err)
		return err;
	if (options->is_interleaved) {
		with_run = *command;
		with_run.bit |= FM_CMD_RUN;
		command = &with_run;
	}
	make_getopt(command, table);
	make_letters(command, letters);
	opterr = 0;
	optind = 1;
	while ((c = getopt_long(argc, argv, letters, table, NULL)) != -1) {
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
		is_letter = c < 1000;
		c = by_letter(c);
		if (!is_letter && !is_exact(argv, &fm_option_table[c - 1000]))
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
		snprintf(left, sizeof(left), "%.*s%s--%s%s%s",
			 o->letter ? 2 : 0, (char[]){ '-', o->letter, 0 },
			 o->letter ? ", " : "", o->name, o->arg ? " " : "",
			 o->arg ? o->arg : "");
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
			printf("  %-11s%s\n", c->name, c->summary);
	printf("\nforkmeter COMMAND --help says more, with examples. "
	       "forkmeter --version\nprints the version. Sizes take K, M, G, T "
	       "(powers of 1024), times ns, us, ms, s, m, h.\n"
	       "Exit status: 0 done, 1 slower than before, 2 usage, 3 too "
	       "noisy "
	       "to trust,\n4 something broke.\n");
}
