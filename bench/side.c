/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One side of an interleaved run, as it was typed. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "say.h"
#include "side.h"

static const struct fm_command *find_run(void)
{
	const struct fm_command *c = fm_commands;

	while (strcmp(c->name, "run"))
		c++;
	return c;
}

static const void *field_of(const struct fm_option *o,
			    const struct fm_options *options)
{
	return (const char *)options + o->offset;
}

static int is_given(const struct fm_option *o, const struct fm_options *options)
{
	const void *field = field_of(o, options);

	switch (o->kind) {
	case FM_OPT_TEXT:
		return *(const char *const *)field != NULL;
	case FM_OPT_LIST:
		return ((const struct fm_list *)field)->n > 0;
	case FM_OPT_SWITCH:
		return *(const int *)field;
	default:
		return *(const uint64_t *)field ||
		       (o->given_offset &&
			*(const int *)(const void *)((const char *)options +
						     o->given_offset));
	}
}

static int has_key(const struct fm_list *list, const char *item)
{
	size_t n = strcspn(item, "=") + 1;

	for (size_t i = 0; i < list->n; i++)
		if (!strncmp(list->item[i], item, n))
			return 1;
	return 0;
}

/* The common ones, without those whose key own has; then own. */
static int merge(struct fm_list *list, const struct fm_list *own)
{
	struct fm_list common = *list;

	list->n = 0;
	for (size_t i = 0; i < common.n; i++)
		if (!has_key(own, common.item[i]))
			list->item[list->n++] = common.item[i];
	if (list->n + own->n > FM_LIST_MAX)
		return -E2BIG;
	memcpy(list->item + list->n, own->item, own->n * sizeof(*own->item));
	list->n += own->n;
	return 0;
}

/* own on top of what side->options, the common ones, say. */
static int overlay(struct fm_side *side, const struct fm_options *own)
{
	for (const struct fm_option *o = fm_option_table; o->name; o++) {
		void *field = (char *)&side->options + o->offset;

		if (!(o->commands & FM_CMD_RUN) || !is_given(o, own))
			continue;
		if (!o->per_side)
			return fm_say_usage("--%s is for both sides: it stands "
					    "outside of the words of %s",
					    o->name, side->name);
		if (o->kind != FM_OPT_LIST)
			memcpy(field, field_of(o, own), sizeof(char *));
		else if (merge(field, field_of(o, own)))
			return fm_say_usage("--%s: too many of them", o->name);
	}
	return 0;
}

static int take_programs(struct fm_side *side, const char *word)
{
	struct fm_why why;

	if (fm_programs_of(word, &side->programs, &why))
		return fm_say_usage("%s", why.text);
	return 0;
}

static int split(struct fm_side *side, char **word, int max)
{
	int n;

	if (strlen(side->words) >= sizeof(side->text))
		return fm_say_usage("the words of %s are too long", side->name);
	strcpy(side->text, side->words);
	n = fm_side_split(side->text, word, max);
	if (n == -EINVAL)
		return fm_say_usage("%s: a quote is not closed", side->words);
	return n < 0 ? fm_say_usage("%s: too many words", side->words) : n;
}

int fm_side_read(struct fm_side *side, const char *name, const char *words,
		 const struct fm_options *common)
{
	char *word[FM_SIDE_WORDS + 2] = { "forkmeter" };
	struct fm_options own;
	int n, err = 0;

	memset(side, 0, sizeof(*side));
	side->name = name;
	side->words = words;
	side->options = *common;
	n = split(side, word + 1, FM_SIDE_WORDS);
	if (n < 0)
		return n;
	word[n + 1] = NULL;
	if (n && *word[1] != '-' && strchr(word[1], '/')) {
		err = take_programs(side, word[1]);
		memmove(word + 1, word + 2, (size_t)n-- * sizeof(*word));
	}
	if (!err)
		err = fm_options_parse(find_run(), n + 1, word, &own);
	if (!err && own.args)
		err = fm_say_usage("%s: workloads are for both sides; another "
				   "forkmeter has a slash in its name, such as "
				   "./%s",
				   own.arg[0], own.arg[0]);
	return err ? err : overlay(side, &own);
}
