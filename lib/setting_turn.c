/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whose turn it is to change settings. Two runs that push and pop in between
 * each other would each put back what the other one had set.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "setting_journal.h"

enum { PATIENCE_S = 60 };

static int turn_fd = -1;

static void folder(char path[PATH_MAX])
{
	const char *asked = getenv("FORKMETER_JOURNALS");
	const char *runtime = getenv("XDG_RUNTIME_DIR");

	if (asked && *asked)
		snprintf(path, PATH_MAX, "%s", asked);
	else if (geteuid() == 0 && access("/run", W_OK) == 0)
		snprintf(path, PATH_MAX, "/run/forkmeter");
	else if (geteuid() && runtime && access(runtime, W_OK) == 0)
		snprintf(path, PATH_MAX, "%s/forkmeter", runtime);
	else
		snprintf(path, PATH_MAX, "/tmp/forkmeter-%ld", (long)geteuid());
}

/* Whoever else could write here would choose what root writes where. */
static int check_folder(const char *path, struct fm_why *why)
{
	struct stat st;

	if (lstat(path, &st) < 0)
		return fm_fail(why, errno, "%s: %s", path, strerror(errno));
	if (!S_ISDIR(st.st_mode) || st.st_uid != geteuid() ||
	    (st.st_mode & 022))
		return fm_fail(why, EPERM,
			       "%s is no folder that only we can write; "
			       "remove it",
			       path);
	return 0;
}

int fm_journal_folder(char path[PATH_MAX], int make, struct fm_why *why)
{
	folder(path);
	if (make && mkdir(path, 0700) < 0 && errno != EEXIST)
		return fm_fail(why, errno, "mkdir %s, for the journal: %s",
			       path, strerror(errno));
	if (!make && access(path, F_OK) < 0)
		return -ENOENT;
	return check_folder(path, why);
}

int fm_turn_fd(void)
{
	return turn_fd;
}

static int open_turn(struct fm_why *why)
{
	char path[PATH_MAX + 16];
	int err = fm_journal_folder(path, 1, why);

	if (err)
		return err;
	strcat(path, "/.turn");
	turn_fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	return turn_fd < 0 ?
		       fm_fail(why, errno, "%s: %s", path, strerror(errno)) :
		       0;
}

int fm_settings_turn(struct fm_why *why)
{
	const struct timespec moment = { .tv_nsec = 2000000 };
	struct timespec now;
	time_t end;
	int err = turn_fd < 0 ? open_turn(why) : 0;

	if (err)
		return err;
	clock_gettime(CLOCK_MONOTONIC, &now);
	end = now.tv_sec + PATIENCE_S;
	while (flock(turn_fd, LOCK_EX | LOCK_NB) < 0) {
		clock_gettime(CLOCK_MONOTONIC, &now);
		if (errno != EWOULDBLOCK || now.tv_sec >= end)
			return fm_fail(why, EPERM,
				       "another forkmeter has this machine's "
				       "settings changed; wait for it");
		if (nanosleep(&moment, NULL) < 0)
			return fm_fail(why, EINTR, "interrupted");
	}
	return 0;
}

void fm_settings_pass(void)
{
	if (turn_fd >= 0)
		flock(turn_fd, LOCK_UN);
}
