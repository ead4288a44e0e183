/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * posix_spawn_actions - posix_spawn with what a shell does for `program
 * </dev/null 2>&1 &` in a pipeline: input opened, standard error duplicated,
 * the pipe's other end closed, a process group of its own, no signal blocked,
 * and those that an interactive shell ignores back to their defaults.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"

static posix_spawn_file_actions_t actions;
static posix_spawnattr_t attributes;
static int prepared;

static int prepare_actions(void)
{
	int other = open("/dev/null", O_WRONLY); /* stands for the pipe's end */
	int err = posix_spawn_file_actions_init(&actions);

	if (other < 0)
		return errno;
	if (!err)
		err = posix_spawn_file_actions_addopen(
			&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	if (!err)
		err = posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO,
						       STDERR_FILENO);
	if (!err)
		err = posix_spawn_file_actions_addclose(&actions, other);
	return err;
}

static int prepare_attributes(void)
{
	static const int ignored[] = { SIGINT,	SIGQUIT, SIGTERM,
				       SIGTSTP, SIGTTIN, SIGTTOU };
	int err = posix_spawnattr_init(&attributes);
	sigset_t none, defaults;

	sigemptyset(&none);
	sigemptyset(&defaults);
	for (size_t i = 0; i < sizeof(ignored) / sizeof(*ignored); i++)
		sigaddset(&defaults, ignored[i]);
	if (!err)
		err = posix_spawnattr_setflags(&attributes,
					       POSIX_SPAWN_SETPGROUP |
						       POSIX_SPAWN_SETSIGMASK |
						       POSIX_SPAWN_SETSIGDEF);
	if (!err)
		err = posix_spawnattr_setpgroup(&attributes, 0);
	if (!err)
		err = posix_spawnattr_setsigmask(&attributes, &none);
	if (!err)
		err = posix_spawnattr_setsigdefault(&attributes, &defaults);
	return err;
}

static int prepare(const struct fm_job *job, struct fm_why *why)
{
	int err = prepared ? 0 : prepare_actions();

	(void)job;
	if (!err && !prepared)
		err = prepare_attributes();
	prepared = !err;
	return err ? fm_fail(why, err, "posix_spawn's actions: %s",
			     strerror(err)) :
		     0;
}

static pid_t spawn(const struct fm_job *job)
{
	pid_t pid;
	int err = posix_spawn(&pid, job->path, &actions, &attributes, job->argv,
			      job->envp);

	return err ? -err : pid;
}

const struct fm_strategy fm_strategy_posix_spawn_actions = {
	.summary = "posix_spawn(3) with open, dup2, close, signals, group",
	.caps = FM_RETURNS_LATE,
	.prepare = prepare,
	.spawn = spawn,
};
