/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One setting of the machine: looked at, changed, and put back. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "setting_journal.h"

/* In "always [madvise] never" the word in brackets. */
static int read_value(const char *path, char *value)
{
	char text[256], *from = text, *open, *end;
	ssize_t n = fm_file_read(path, text, sizeof(text));

	if (n < 0)
		return (int)n;
	open = strchr(text, '[');
	end = open ? strchr(open, ']') : NULL;
	if (end) {
		from = open + 1;
		*end = '\0';
	}
	if (strlen(from) >= FM_SETTING_VALUE)
		return -EFBIG;
	strcpy(value, from);
	return 0;
}

/* With a line's end, for of an empty value the kernel would see nothing. */
static int write_value(const char *path, const char *value)
{
	char line[FM_SETTING_VALUE + 1];
	int err, fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	snprintf(line, sizeof(line), "%s\n", value);
	err = fm_file_write_all(fd, line, strlen(line));
	close(fd);
	return err;
}

static uint64_t number(const char *text)
{
	return strtoull(text, NULL, 10);
}

int fm_setting_look(const struct fm_setting *s, char *old)
{
	struct stat st;
	int err;

	*old = '\0';
	if (fm_setting_is_folder(s)) {
		if (stat(s->path, &st) < 0)
			return errno == ENOENT ? 0 : -errno;
		return S_ISDIR(st.st_mode) ? 1 : -ENOTDIR;
	}
	err = read_value(s->path, old);
	if (err)
		return err;
	if (!s->add)
		return strcmp(old, s->value) == 0;
	return *old && !old[strspn(old, "0123456789")] ? 0 : -EINVAL;
}

static int put(const char *path, const char *value, struct fm_why *why)
{
	char now[FM_SETTING_VALUE];
	int err = write_value(path, value);

	if (!err)
		err = read_value(path, now);
	if (err)
		return fm_fail(why, -err, "%s cannot be made %s: %s", path,
			       value, strerror(-err));
	if (strcmp(now, value) != 0)
		return fm_fail(why, EOPNOTSUPP,
			       "%s stays %s, though %s was written", path, now,
			       value);
	return 0;
}

static int grow(struct fm_undo *u, struct fm_why *why)
{
	uint64_t more = number(u->set.value), before = number(u->old), got;
	char text[FM_SETTING_VALUE];
	int err;

	snprintf(text, sizeof(text), "%" PRIu64, before + more);
	err = write_value(u->set.path, text);
	if (!err)
		err = read_value(u->set.path, text);
	if (err)
		return fm_fail(why, -err, "%s cannot grow by %" PRIu64 ": %s",
			       u->set.path, more, strerror(-err));
	got = number(text) > before ? number(text) - before : 0;
	if (got >= more)
		return 0;
	return fm_fail(why, ENOMEM,
		       "%s grew by %" PRIu64 ", not by %" PRIu64
		       ": free memory, or as root: "
		       "echo 1 > /proc/sys/vm/compact_memory; the largest "
		       "pages may be had at boot only (hugepages=)",
		       u->set.path, got, more);
}

/*
 * Others may have added or taken away meanwhile, so ours is subtracted. Where
 * the state does not say whether ours is in it (we were killed right then, or
 * it grew by less), ours is at most what is there beyond the old number. This
 * too can be killed half way, so its result is written down as the old one.
 */
static int shrink(struct fm_undo *u, struct fm_why *why)
{
	uint64_t ours = number(u->set.value), old = 0, now;
	char text[FM_SETTING_VALUE];
	int err = read_value(u->set.path, text);

	if (!err) {
		now = number(text);
		if (u->state == FM_UNDO_INTENDED)
			old = number(u->old) < now ? number(u->old) : now;
		now -= old + ours < now ? ours : now - old;
		snprintf(u->old, sizeof(u->old), "%" PRIu64, now);
		u->state = FM_UNDO_INTENDED;
		err = write_value(u->set.path, u->old);
	}
	if (!err)
		return 0;
	return fm_fail(why, -err, "%s cannot shrink by %" PRIu64 ": %s",
		       u->set.path, ours, strerror(-err));
}

/* A cgroup is busy until the last of its processes is quite gone. */
static int remove_folder(const char *path, struct fm_why *why)
{
	const struct timespec pause = { .tv_nsec = 10 * 1000 * 1000 };
	int err = 0;

	for (int tries = 0; tries < 100; tries++) {
		err = rmdir(path) < 0 ? errno : 0;
		if (err != EBUSY && err != ENOTEMPTY)
			break;
		nanosleep(&pause, NULL);
	}
	if (!err)
		return 0;
	return fm_fail(why, err, "rmdir %s: %s", path, strerror(err));
}

int fm_setting_make(struct fm_undo *u, struct fm_why *why)
{
	int err;

	if (u->set.add)
		return grow(u, why);
	if (!fm_setting_is_folder(&u->set))
		return put(u->set.path, u->set.value, why);
	if (mkdir(u->set.path, 0755) == 0)
		return 0;
	err = errno;
	u->state = FM_UNDO_DONE; /* it may be somebody else's by now */
	return fm_fail(why, err, "mkdir %s: %s", u->set.path, strerror(err));
}

int fm_setting_undo(struct fm_undo *u, struct fm_why *why)
{
	int err;

	if (fm_setting_is_folder(&u->set))
		err = remove_folder(u->set.path, why);
	else if (u->set.add)
		err = shrink(u, why);
	else
		err = put(u->set.path, u->old, why);
	return err == -ENOENT ? 0 : err; /* what is gone needs nothing */
}
