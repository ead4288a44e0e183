/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clone3_cgroup - the child is born in a control group of its own, a folder
 * below ours that the driver makes for the block; no move afterwards.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "clone3.h"
#include "file.h"

static char ours[PATH_MAX], below[PATH_MAX + 16]; /* folders */

static int find_mount(char *where, struct fm_why *why)
{
	static char mounts[128 * 1024]; /* only what is read costs memory */
	char type[16], *save, *line;

	if (fm_file_read("/proc/self/mounts", mounts, sizeof(mounts)) < 0)
		return fm_fail(why, errno, "/proc/self/mounts: %s",
			       strerror(errno));
	for (line = strtok_r(mounts, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save))
		if (sscanf(line, "%*s %127s %15s", where, type) == 2 &&
		    !strcmp(type, "cgroup2"))
			return 0;
	return fm_fail(why, EOPNOTSUPP,
		       "no control groups of version 2 are mounted; as root: "
		       "mkdir /run/cgroup2 && mount -t cgroup2 none "
		       "/run/cgroup2");
}

static int find(struct fm_why *why)
{
	char where[128], text[4096], *own;
	int err = find_mount(where, why);

	if (err)
		return err;
	*text = '\n'; /* so that every line begins behind one */
	if (fm_file_read("/proc/self/cgroup", text + 1, sizeof(text) - 1) < 0 ||
	    !(own = strstr(text, "\n0::/")))
		return fm_fail(why, EOPNOTSUPP,
			       "/proc/self/cgroup names no group of version 2");
	own += strlen("\n0::");
	own[strcspn(own, "\n")] = '\0';
	snprintf(ours, sizeof(ours), "%s%s", where, own[1] ? own : "");
	snprintf(below, sizeof(below), "%s/forkmeter", ours);
	return 0;
}

static int offer(struct fm_settings *settings, struct fm_why *why)
{
	const struct fm_clone3 none = { .flags = CLONE_INTO_CGROUP,
					.cgroup = UINT64_MAX };
	char procs[PATH_MAX + 16];
	int err = fm_clone3_offer(settings, why);

	if (!err && fm_clone3(&none) != -EINVAL)
		err = fm_fail(why, ENOSYS, "CLONE_INTO_CGROUP takes Linux 5.7");
	if (!err)
		err = find(why);
	if (err)
		return err;
	snprintf(procs, sizeof(procs), "%s/cgroup.procs", ours);
	if (access(procs, W_OK) < 0)
		return fm_fail(why, EACCES,
			       "may not write %.100s; run it as root, or by: "
			       "systemd-run --user --scope -p Delegate=yes "
			       "forkmeter ...",
			       procs);
	return fm_settings_want_folder(settings, below, why);
}

static int group = -1;

static int prepare(const struct fm_job *job, struct fm_why *why)
{
	int err = group < 0 ? find(why) : 0;

	(void)job;
	if (!err && group < 0) {
		group = open(below, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (group < 0)
			err = fm_fail(why, errno, "%.100s: %s", below,
				      strerror(errno));
	}
	return err;
}

static pid_t spawn(const struct fm_job *job)
{
	const struct fm_clone3 args = {
		.flags = CLONE_INTO_CGROUP,
		.cgroup = (uint64_t)group,
		.exit_signal = SIGCHLD,
	};
	long pid = fm_clone3(&args);

	if (pid == 0)
		job->child(job);
	return (pid_t)pid;
}

const struct fm_strategy fm_strategy_clone3_cgroup = {
	.summary = "clone3(2) with CLONE_INTO_CGROUP: born in another cgroup",
	.caps = FM_RUNS_CODE | FM_OWN_MEMORY,
	.offer = offer,
	.prepare = prepare,
	.spawn = spawn,
};
