/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings of the machine: what is wished, and all of it changed or none. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "setting.h"
#include "setting_journal.h"

static struct fm_journal *journal;

/* 0, or -errno where the file cannot be written or the folder not be made. */
static int may(const struct fm_setting *s)
{
	char parent[sizeof(s->path)], *slash;
	int err;

	strcpy(parent, s->path);
	if (!fm_setting_is_folder(s)) {
		err = faccessat(AT_FDCWD, parent, W_OK, AT_EACCESS);
		return err ? -errno : 0;
	}
	slash = strrchr(parent, '/');
	if (!slash)
		return -EINVAL;
	slash[slash == parent] = '\0';
	err = faccessat(AT_FDCWD, parent, W_OK | X_OK, AT_EACCESS);
	return err ? -errno : 0;
}

/* Root who may not is a container's. */
static int refuse(const struct fm_setting *s, const char *old,
		  struct fm_why *why)
{
	const char *who = geteuid() ? "as root" : "as root of the host";

	if (fm_setting_is_folder(s))
		return fm_fail(why, EACCES, "needs a folder; %s: mkdir %s", who,
			       s->path);
	if (s->add)
		return fm_fail(why, EACCES,
			       "needs %s more than %s; %s: echo %llu > %s",
			       s->value, old, who,
			       strtoull(old, NULL, 10) +
				       strtoull(s->value, NULL, 10),
			       s->path);
	return fm_fail(why, EACCES, "needs %s, not %s; %s: echo %s > %s",
		       s->value, old, who, s->value, s->path);
}

static int want(struct fm_settings *settings, const char *path,
		const char *value, int add, struct fm_why *why)
{
	struct fm_setting s = { .add = add };
	char old[FM_SETTING_VALUE];
	int is, err;

	if (settings->n == FM_SETTINGS_AT_ONCE)
		return fm_fail(why, E2BIG, "more than %d settings at once",
			       FM_SETTINGS_AT_ONCE);
	if (strlen(path) >= sizeof(s.path) || strlen(value) >= sizeof(s.value))
		return fm_fail(why, E2BIG, "%.100s: a name or value too long",
			       path);
	strcpy(s.path, path);
	strcpy(s.value, value);
	is = fm_setting_look(&s, old);
	if (is > 0)
		return 0;
	err = is ? is : may(&s);
	if (err == -ENOENT)
		return fm_fail(why, EOPNOTSUPP, "there is no %s here", path);
	if (!is && (err == -EACCES || err == -EPERM || err == -EROFS))
		return refuse(&s, old, why);
	if (err)
		return fm_fail(why, -err, "%s: %s", path, strerror(-err));
	settings->item[settings->n++] = s;
	return 0;
}

int fm_settings_want(struct fm_settings *settings, const char *path,
		     const char *value, struct fm_why *why)
{
	return want(settings, path, value, 0, why);
}

int fm_settings_want_more(struct fm_settings *settings, const char *path,
			  uint64_t value, struct fm_why *why)
{
	char text[FM_SETTING_VALUE];

	snprintf(text, sizeof(text), "%" PRIu64, value);
	return value ? want(settings, path, text, 1, why) : 0;
}

int fm_settings_want_folder(struct fm_settings *settings, const char *path,
			    struct fm_why *why)
{
	return want(settings, path, "", 0, why);
}

static int push(const struct fm_setting *s, struct fm_why *why)
{
	struct fm_undo *u = &journal->undo[journal->n];
	int is, err;

	*u = (struct fm_undo){ .set = *s };
	is = fm_setting_look(s, u->old);
	if (is > 0)
		return 0;
	if (is < 0)
		return fm_fail(why, -is, "%s: %s", s->path, strerror(-is));
	/* Not before the entry is whole: it can be read from now on. */
	__atomic_store_n(&journal->n, journal->n + 1, __ATOMIC_RELEASE);
	err = fm_setting_make(u, why);
	if (!err)
		u->state = FM_UNDO_MADE;
	return err;
}

int fm_settings_push(const struct fm_settings *settings, struct fm_why *why)
{
	int err;

	if (!settings->n)
		return 0;
	err = fm_journal_guarded(&journal, why);
	if (err)
		return err;
	if (journal->n)
		return fm_fail(why, EBUSY, "%s is still to be put back",
			       journal->undo[journal->n - 1].set.path);
	for (size_t i = 0; i < settings->n && !err; i++)
		err = push(&settings->item[i], why);
	if (err)
		fm_journal_undo(journal, NULL);
	return err;
}

int fm_settings_pop(struct fm_why *why)
{
	return journal ? fm_journal_undo(journal, why) : 0;
}

int fm_journal_undo(struct fm_journal *j, struct fm_why *why)
{
	int first = 0, err;

	for (size_t i = j->n; i-- > 0;) {
		if (j->undo[i].state == FM_UNDO_DONE)
			continue;
		err = fm_setting_undo(&j->undo[i], first ? NULL : why);
		if (!err)
			j->undo[i].state = FM_UNDO_DONE;
		else if (!first)
			first = err;
	}
	while (j->n && j->undo[j->n - 1].state == FM_UNDO_DONE)
		j->n--;
	return first;
}
