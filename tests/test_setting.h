/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of settings share: three settings in a folder in /tmp. */
#ifndef TEST_SETTING_H
#define TEST_SETTING_H

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "setting.h"
#include "test.h"

static struct fm_why why;
static char work[] = "/tmp/fm-setting-XXXXXX", journals[64];

static inline const char *in(const char *name)
{
	static char path[8][64];
	static int turn;
	char *p = path[turn++ % 8];

	snprintf(p, sizeof(path[0]), "%s/%s", work, name);
	return p;
}

static inline void set(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	CHECK(fd >= 0 && !fm_file_write_all(fd, text, strlen(text)));
	close(fd);
}

static inline int is(const char *path, const char *text)
{
	char now[256];

	return fm_file_read(path, now, sizeof(now)) >= 0 && !strcmp(now, text);
}

static inline int exists(const char *path)
{
	return access(path, F_OK) == 0;
}

/* The name of the only journal, or "" when there is none. */
static inline const char *journal(void)
{
	static char path[PATH_MAX];
	DIR *list = opendir(journals);
	struct dirent *e;

	*path = '\0';
	while (list && (e = readdir(list)))
		if (*e->d_name != '.')
			snprintf(path, sizeof(path), "%s/%s", journals,
				 e->d_name);
	if (list)
		closedir(list);
	return path;
}

static inline void pause_ms(long ms)
{
	nanosleep(&(struct timespec){ .tv_nsec = ms * 1000000 }, NULL);
}

/*
 * The guardian of a process that is no more becomes our child (we are a
 * subreaper); it ends in the end, and nothing else is left.
 */
static inline void guardian_ends(void)
{
	int status = -1;

	alarm(30); /* bounds the wait: SIGALRM ends the test */
	CHECK(waitpid(-1, &status, 0) > 0 && WIFEXITED(status) &&
	      !WEXITSTATUS(status));
	CHECK(waitpid(-1, &status, 0) < 0 && errno == ECHILD);
	alarm(0);
}

static inline pid_t child_of(pid_t parent)
{
	DIR *list = opendir("/proc");
	struct dirent *e;
	char path[300], text[512];
	pid_t found = 0;
	long ppid;

	while (list && (e = readdir(list))) {
		snprintf(path, sizeof(path), "/proc/%s/stat", e->d_name);
		if (fm_file_read(path, text, sizeof(text)) <= 0 ||
		    !strrchr(text, ')'))
			continue;
		if (sscanf(strrchr(text, ')'), ") %*c %ld", &ppid) == 1 &&
		    ppid == parent)
			found = atoi(e->d_name);
	}
	if (list)
		closedir(list);
	return found;
}

/* Settings have state in the process, so every test is in one of its own. */
static inline void in_a_process(void (*test)(void))
{
	int status = -1;
	pid_t pid = fork();

	if (pid == 0) {
		test_checks = test_failures = 0;
		test();
		exit(test_failures || !test_checks);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(status == 0);
}

static inline void want_three(struct fm_settings *s)
{
	s->n = 0;
	set(in("thp"), "always madvise [never]\n");
	set(in("pages"), "5\n");
	CHECK(!fm_settings_want(s, in("thp"), "madvise", &why));
	CHECK(!fm_settings_want_more(s, in("pages"), 10, &why));
	CHECK(!fm_settings_want_folder(s, in("made"), &why));
	CHECK(s->n == 3);
}

static inline int all_there(void)
{
	return is(in("thp"), "madvise") && is(in("pages"), "15") &&
	       exists(in("made"));
}

static inline int all_back(void)
{
	return is(in("thp"), "never") && is(in("pages"), "5") &&
	       !exists(in("made"));
}

static inline void set_up(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (!mkdtemp(work) || prctl(PR_SET_CHILD_SUBREAPER, 1) < 0)
		exit(99);
	snprintf(journals, sizeof(journals), "%s/journals", work);
	setenv("FORKMETER_JOURNALS", journals, 1);
}

static inline void clean_up(void)
{
	static const char *const names[] = {
		"plain", "choice", "locked",	     "count",	"pages",
		"thp",	 "made",   "journals/.turn", "journals"
	};

	chmod(work, 0700);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		remove(in(names[i]));
	CHECK(!rmdir(work));
}

#endif
