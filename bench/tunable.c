/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Switches of the machine that a run has set for all its blocks. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "file.h"
#include "machine_files.h"
#include "names.h"
#include "nearest.h"
#include "tunable.h"

static int refuse_name(const char *name, struct fm_why *why)
{
	char list[FM_WHY_MAX] = "", near[48];

	for (const struct fm_machine_tunable *t = fm_machine_tunables; t->name;
	     t++)
		fm_names_append(list, sizeof(list), t->name);
	if (fm_nearest(name, list, near, sizeof(near)))
		return fm_fail(why, EINVAL,
			       "%.40s: no such switch; did you mean %s?", name,
			       near);
	return fm_fail(why, EINVAL, "%.40s: no such switch; there is: %s", name,
		       list);
}

/* "always [madvise] never" as a comma list; empty where it has a number. */
static void positions(char *text, char *list, size_t size)
{
	char *save = NULL;

	*list = '\0';
	if (!strchr(text, '['))
		return;
	for (char *word = strtok_r(text, " []", &save); word;
	     word = strtok_r(NULL, " []", &save))
		fm_names_append(list, size, word);
}

static int check_value(const struct fm_tunable *t, struct fm_why *why)
{
	char text[256], list[256];
	struct fm_names one;
	ssize_t n = fm_file_read(t->path, text, sizeof(text));

	if (n < 0)
		return fm_fail(why, n == -ENOENT ? EOPNOTSUPP : (int)-n,
			       "there is no %s here: %s", t->path,
			       strerror((int)-n));
	positions(text, list, sizeof(list));
	if (*list && !strchr(t->value, ','))
		return fm_names_cut(&one, t->name, t->value, list, why);
	if (*list || !*t->value || t->value[strspn(t->value, "0123456789")])
		return fm_fail(why, EINVAL, "want %s",
			       *list ? "one value" : "a whole number");
	return 0;
}

int fm_tunables_add(struct fm_tunables *tunables, const char *text,
		    struct fm_why *why)
{
	const struct fm_machine_tunable *known = fm_machine_tunables;
	struct fm_tunable *t = &tunables->item[tunables->n];
	const char *value = strchr(text, '=');
	char name[48];
	int err;

	if (!value || strlen(value) > sizeof(t->value))
		return fm_fail(why, EINVAL, "want KEY=VALUE");
	snprintf(name, sizeof(name), "%.*s", (int)(value - text), text);
	while (known->name && strcmp(known->name, name))
		known++;
	if (!known->name)
		return refuse_name(name, why);
	for (size_t i = 0; i < tunables->n; i++)
		if (!strcmp(tunables->item[i].name, name))
			return fm_fail(why, EINVAL, "it is set twice");
	if (tunables->n == FM_TUNABLES_MAX)
		return fm_fail(why, EINVAL, "too many of them");
	t->name = known->name;
	t->path = fm_machine_tunable_path(known);
	strcpy(t->value, value + 1);
	err = check_value(t, why);
	tunables->n += !err;
	return err;
}

int fm_tunables_want(const struct fm_tunables *tunables,
		     struct fm_settings *settings, struct fm_why *why)
{
	int err = 0;

	for (size_t i = 0; tunables && i < tunables->n && !err; i++)
		err = fm_settings_want(settings, tunables->item[i].path,
				       tunables->item[i].value, why);
	return err;
}

/* DIR/FILE covers DIR/FILE, and DIR/ANYTHING/FILE. */
static int covers(const char *path, const char *wish)
{
	const char *file = strrchr(path, '/'), *end = strrchr(wish, '/');

	return file && end && !strcmp(file, end) &&
	       !strncmp(path, wish, (size_t)(file - path) + 1);
}

int fm_tunables_conflict(const struct fm_tunables *tunables,
			 const struct fm_settings *wishes, struct fm_why *why)
{
	for (size_t i = 0; tunables && i < tunables->n; i++)
		for (size_t k = 0; k < wishes->n; k++)
			if (covers(tunables->item[i].path,
				   wishes->item[k].path))
				return fm_fail(
					why, EOPNOTSUPP,
					"needs %s in %s, which --setting %s=%s "
					"rules out; leave one of both out",
					wishes->item[k].value,
					wishes->item[k].path,
					tunables->item[i].name,
					tunables->item[i].value);
	return 0;
}

int fm_tunables_begin(const struct fm_tunables *tunables, struct fm_why *why)
{
	static struct fm_settings settings;
	int err;

	if (!tunables->n)
		return 0;
	err = fm_settings_turn(why);
	if (err)
		return err;
	settings.n = 0;
	err = fm_tunables_want(tunables, &settings, why);
	if (!err)
		err = fm_settings_push(&settings, why);
	if (err)
		fm_settings_pass();
	return err;
}

int fm_tunables_end(const struct fm_tunables *tunables, struct fm_why *why)
{
	int err;

	if (!tunables->n)
		return 0;
	err = fm_settings_pop(why);
	fm_settings_pass();
	return err;
}
