/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A memory cgroup of the lab's own (v1 or v2), and who removes it. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "file.h"
#include "lab.h"

/* Linux's Documentation/admin-guide: cgroup-v1/memory, cgroup-v2. */
static const struct files {
	const char *root, *limit, *usage, *events;
	const char *no_swap, *no_swap_value; /* NULL: the limit again */
} versions[] = {
	{ "/sys/fs/cgroup/memory", "memory.limit_in_bytes",
	  "memory.usage_in_bytes", "memory.oom_control",
	  "memory.memsw.limit_in_bytes", NULL },
	{ "/sys/fs/cgroup", "memory.max", "memory.current", "memory.events",
	  "memory.swap.max", "0" },
};

static int put(const char *dir, const char *file, const char *value)
{
	char path[1024];
	int fd, err;

	snprintf(path, sizeof(path), "%s/%s", dir, file);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	err = fm_file_write_all(fd, value, strlen(value));
	close(fd);
	return err;
}

static ssize_t get(const struct fm_lab_cgroup *group, const char *file,
		   char *text, size_t size)
{
	char path[1024];

	snprintf(path, sizeof(path), "%s/%s", group->dir, file);
	return fm_file_read(path, text, size);
}

uint64_t fm_lab_cgroup_usage_kib(const struct fm_lab_cgroup *group)
{
	char text[64] = "";

	get(group, versions[group->v2].usage, text, sizeof(text));
	return strtoull(text, NULL, 10) / 1024;
}

uint64_t fm_lab_cgroup_settle(const struct fm_lab_cgroup *group, uint64_t start,
			      uint64_t want, uint64_t may)
{
	uint64_t now = 0;

	for (int i = 0; i < 40; i++) {
		now = fm_lab_cgroup_usage_kib(group);
		if (now + may >= start + want && now <= start + want + may)
			break;
		usleep(50000);
	}
	return now > start ? now - start : 0;
}

uint64_t fm_lab_cgroup_kills(const struct fm_lab_cgroup *group)
{
	char text[512] = "";
	uint64_t kills = 0;

	get(group, versions[group->v2].events, text, sizeof(text));
	fm_file_number_after(text, "oom_kill ", &kills);
	return kills;
}

int fm_lab_cgroup_join(const struct fm_lab_cgroup *group)
{
	return put(group->dir, "cgroup.procs", "0");
}

/* Whether one of us may join it: moving may be forbidden where making is not.
 */
static int try_to_join(const struct fm_lab_cgroup *group)
{
	int status, err;
	pid_t pid = fork();

	if (pid == 0)
		_exit(-fm_lab_cgroup_join(group));
	if (pid < 0)
		return -errno;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	err = WIFEXITED(status) ? WEXITSTATUS(status) : ECHILD;
	return -err;
}

static int set_up(const struct fm_lab_cgroup *group, size_t limit)
{
	const struct files *f = &versions[group->v2];
	char bytes[32];
	int err;

	snprintf(bytes, sizeof(bytes), "%zu", limit);
	err = put(group->dir, f->limit, bytes);
	/* Without swap, or without its accounting, these do not exist. */
	put(group->dir, f->no_swap,
	    f->no_swap_value ? f->no_swap_value : bytes);
	if (!group->v2)
		put(group->dir, "memory.oom_control", "0");
	return err ? err : try_to_join(group);
}

/* Our cgroup among the hierarchies: the one that has the memory controller. */
static int find_own(struct fm_lab_cgroup *group, struct fm_why *why)
{
	char text[4096], *line, *save = NULL, *path, *own = NULL;

	if (fm_file_read("/proc/self/cgroup", text, sizeof(text)) < 0)
		return fm_fail(why, EOPNOTSUPP, "this kernel has no cgroups");
	for (line = strtok_r(text, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save)) {
		char *controller = strchr(line, ':');

		path = controller ? strchr(controller + 1, ':') : NULL;
		if (!path)
			continue;
		if (!strncmp(controller, ":memory:", 8)) {
			own = path + 1;
			group->v2 = 0;
			break;
		}
		if (path == controller + 1) {
			own = path + 1;
			group->v2 = 1;
		}
	}
	if (!own)
		return fm_fail(why, EOPNOTSUPP, "there is no memory cgroup");
	if (snprintf(group->dir, sizeof(group->dir), "%s%s",
		     versions[group->v2].root,
		     own) >= (int)sizeof(group->dir) - 64)
		return fm_fail(why, ENAMETOOLONG, "our cgroup's name is long");
	return 0;
}

/*
 * Under our own cgroup, or else the nearest above it where that can be: in v2
 * one that has processes has no groups with controllers below it.
 */
static int make(struct fm_lab_cgroup *group, size_t limit, struct fm_why *why)
{
	size_t root = strlen(versions[group->v2].root);
	char base[sizeof(group->dir)];
	int err = -ENOENT;

	strcpy(base, group->dir);
	for (;;) {
		size_t n = strlen(base);

		while (n > root && base[n - 1] == '/')
			base[--n] = '\0';
		snprintf(group->dir, sizeof(group->dir),
			 "%.440s/forkmeter-lab-%ld", base, (long)getpid());
		err = fm_file_write_all(group->keeper, group->dir,
					sizeof(group->dir));
		if (!err && mkdir(group->dir, 0755) < 0)
			err = -errno;
		else if (!err)
			err = set_up(group, limit);
		if (!err)
			return 0;
		fm_fail(why, -err, "%s cannot be had: %s", group->dir,
			strerror(-err));
		rmdir(group->dir);
		if (n <= root)
			return err;
		*strrchr(base, '/') = '\0';
	}
}

/*
 * The keeper outlives us: its pipe, by which it is told of each group before
 * that is made, ends when we and all that we have forked are gone; only then a
 * group can be removed.
 */
static void keep(int told)
{
	static const int deaf[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
	char dir[sizeof(((struct fm_lab_cgroup *)0)->dir)] = "";
	int tries = 0;
	ssize_t got;

	setsid(); /* what ends a terminal's jobs does not reach it */
	for (size_t i = 0; i < sizeof(deaf) / sizeof(*deaf); i++)
		signal(deaf[i], SIG_IGN);
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		close(fd);
	do {
		got = read(told, dir, sizeof(dir));
	} while (got > 0 || (got < 0 && errno == EINTR));
	while (*dir && rmdir(dir) < 0 && errno == EBUSY && tries++ < 100)
		usleep(50000);
	_exit(*dir && access(dir, F_OK) == 0);
}

static int start_keeper(struct fm_lab_cgroup *group)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -errno;
	group->keeper_pid = fork();
	if (group->keeper_pid == 0) {
		close(ends[1]);
		keep(ends[0]);
	}
	close(ends[0]);
	group->keeper = ends[1];
	if (group->keeper_pid > 0)
		return 0;
	close(ends[1]);
	return -EAGAIN;
}

int fm_lab_cgroup_open(struct fm_lab_cgroup *group, size_t limit,
		       struct fm_why *why)
{
	int err;

	*group = (struct fm_lab_cgroup){ .keeper = -1 };
	err = find_own(group, why);
	if (err)
		return err;
	err = start_keeper(group);
	if (err)
		return fm_fail(why, -err, "no process to remove a cgroup: %s",
			       strerror(-err));
	err = make(group, limit, why);
	if (err)
		fm_lab_cgroup_close(group);
	return err;
}

int fm_lab_cgroup_close(struct fm_lab_cgroup *group)
{
	int status = 0;

	close(group->keeper);
	while (waitpid((pid_t)group->keeper_pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return status ? -EBUSY : 0;
}
