/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who puts settings back when we cannot: a guardian, or whoever starts next. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "setting.h"
#include "setting_journal.h"

static struct fm_journal *mine;
static char mine_path[PATH_MAX];
static int mine_fd = -1, alive_fd = -1;
static pid_t guardian;

/* ----------------------------------------------------------------- journal */

static void mark(struct fm_journal *j)
{
	strcpy(j->format, "forkmeter settings 1");
	fm_file_read("/proc/sys/kernel/random/boot_id", j->boot,
		     sizeof(j->boot));
}

static struct fm_journal *map(int fd)
{
	struct fm_journal *j = mmap(NULL, sizeof(*j), PROT_READ | PROT_WRITE,
				    MAP_SHARED, fd, 0);

	return j == MAP_FAILED ? NULL : j;
}

/* Whoever recovers may find the file before it is locked, and remove it. */
static int create_locked(const char *dir)
{
	struct timespec now;
	struct stat st;

	do {
		if (mine_fd >= 0)
			close(mine_fd);
		clock_gettime(CLOCK_MONOTONIC, &now);
		snprintf(mine_path, sizeof(mine_path), "%s/%ld.%ld", dir,
			 (long)getpid(), now.tv_nsec);
		mine_fd =
			open(mine_path,
			     O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
			     0600);
		if (mine_fd < 0 || flock(mine_fd, LOCK_EX) < 0 ||
		    fstat(mine_fd, &st) < 0)
			return -errno;
	} while (!st.st_nlink);
	return 0;
}

static int create(struct fm_why *why)
{
	char dir[PATH_MAX];
	int err = fm_journal_folder(dir, 1, why);

	if (err)
		return err;
	err = create_locked(dir);
	if (!err) /* now, for a store into a full file system kills */
		err = -posix_fallocate(mine_fd, 0, sizeof(*mine));
	if (!err)
		mine = map(mine_fd);
	if (mine) {
		mark(mine);
		return 0;
	}
	err = err ? err : -errno;
	if (mine_fd >= 0) {
		unlink(mine_path);
		close(mine_fd);
		mine_fd = -1;
	}
	return fm_fail(why, -err, "%s: %s", mine_path, strerror(-err));
}

/* ---------------------------------------------------------------- guardian */

/* All from 3 on: nobody waits for the end of a file because of us. */
static void close_the_others(void)
{
#ifdef SYS_close_range
	if (syscall(SYS_close_range, 3u, ~0u, 0u) == 0)
		return;
#endif
	for (int fd = 3; fd < 1024; fd++)
		close(fd);
}

/* Never returns. Sleeps in read(2) until the last writer is gone: we died. */
static void guard(int end)
{
	char byte;
	int fd = fcntl(end, F_DUPFD, 3);

	setsid();
	prctl(PR_SET_NAME, "forkmeter-guard");
	mine_fd = fcntl(mine_fd, F_DUPFD, 3); /* which keeps the lock */
	if (dup2(fd, 0) < 0 || dup2(mine_fd, 1) < 0)
		_exit(1);
	close(2);
	dup(fm_turn_fd()); /* and, if it is ours, our turn */
	close_the_others();
	while (read(0, &byte, 1) < 0 && errno == EINTR)
		;
	if (fm_journal_undo(mine, NULL) == 0)
		unlink(mine_path);
	_exit(0);
}

static int start_guardian(struct fm_why *why)
{
	sigset_t all, before;
	int ends[2], err = 0;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return fm_fail(why, errno, "pipe: %s", strerror(errno));
	if (alive_fd >= 0)
		close(alive_fd);
	alive_fd = ends[1];
	sigfillset(&all); /* from its first instruction on nothing ends it */
	sigprocmask(SIG_SETMASK, &all, &before);
	guardian = fork();
	if (guardian == 0)
		guard(ends[0]);
	if (guardian < 0) {
		err = fm_fail(why, errno, "fork of a guardian: %s",
			      strerror(errno));
		guardian = 0;
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	close(ends[0]);
	return err;
}

int fm_journal_guarded(struct fm_journal **journal, struct fm_why *why)
{
	int err = mine ? 0 : create(why);

	if (!err && (!guardian || waitpid(guardian, NULL, WNOHANG)))
		err = start_guardian(why);
	*journal = mine;
	return err;
}

/* ---------------------------------------------------------------- recovery */

static int put_back(const char *path, struct fm_journal *j, struct fm_why *why)
{
	struct fm_journal now = { .n = 0 };
	struct fm_why what = { "" };
	int err, n = 0;

	mark(&now);
	if (!*j->format) /* killed before it changed anything */
		return 0;
	if (memcmp(now.format, j->format, sizeof(now.format)) != 0 ||
	    j->n > FM_SETTINGS_AT_ONCE)
		return fm_fail(why, EBADMSG,
			       "%s is another version's journal of settings; "
			       "remove it",
			       path);
	if (memcmp(now.boot, j->boot, sizeof(now.boot)) != 0)
		return 0;
	for (size_t i = 0; i < j->n; i++)
		n += j->undo[i].state != FM_UNDO_DONE;
	err = fm_journal_undo(j, &what);
	if (err)
		return fm_fail(why, -err, "%.160s; to give up: rm %s",
			       what.text, path);
	return n;
}

static int recover_locked(int fd, const char *path, struct fm_why *why)
{
	struct fm_journal *j;
	struct stat st;
	int n = 0;

	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) ||
	    st.st_uid != geteuid() || (st.st_mode & 077) || st.st_nlink > 1)
		return fm_fail(why, EPERM,
			       "%s is no journal of ours; remove it", path);
	if (!st.st_nlink) /* somebody else was quicker */
		return 0;
	if (st.st_size) { /* else killed before it changed anything */
		j = st.st_size == sizeof(*j) ? map(fd) : NULL;
		if (!j)
			return fm_fail(why, EBADMSG,
				       "%s is no whole journal; remove it",
				       path);
		n = put_back(path, j, why);
		munmap(j, sizeof(*j));
	}
	if (n >= 0)
		unlink(path);
	return n;
}

/* How many settings one journal put back, or -errno. */
static int recover(const char *path, struct fm_why *why)
{
	int fd = open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	int n = 0;

	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd < 0)
		return fm_fail(why, errno, "%s is no journal of ours: %s", path,
			       strerror(errno));
	if (flock(fd, LOCK_EX | LOCK_NB) == 0) /* else its run is alive */
		n = recover_locked(fd, path, why);
	close(fd);
	return n;
}

int fm_settings_recover(struct fm_why *why)
{
	char dir[PATH_MAX], path[PATH_MAX + NAME_MAX + 2];
	int n = 0, got, first;
	struct dirent *entry;
	DIR *list;

	first = fm_journal_folder(dir, 0, why);
	if (first == -ENOENT) /* nothing was ever changed */
		return 0;
	list = first ? NULL : opendir(dir);
	while (list && (entry = readdir(list))) {
		if (*entry->d_name == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", dir, entry->d_name);
		got = recover(path, first ? NULL : why);
		if (got < 0 && !first)
			first = got;
		if (got > 0)
			n += got;
	}
	if (list)
		closedir(list);
	return first ? first : n;
}
