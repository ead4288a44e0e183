/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pidfd_spawn - posix_spawn that gives a descriptor of the child instead of its
 * number (glibc 2.39). The descriptor is closed before the child counts as
 * reaped. Without such a glibc the call is declared here, compiled, and absent.
 */
#include <errno.h>
#include <spawn.h>

#include "bench.h"

#if !defined(__GLIBC__) || __GLIBC__ * 100 + __GLIBC_MINOR__ < 239
int pidfd_spawn(int *pidfd, const char *path,
		const posix_spawn_file_actions_t *actions,
		const posix_spawnattr_t *attributes, char *const argv[],
		char *const envp[]) __attribute__((weak));
#define ABSENT (!pidfd_spawn)
#else
#define ABSENT 0
#endif

static int offer(struct fm_settings *settings, struct fm_why *why)
{
	(void)settings;
	if (ABSENT)
		return fm_fail(why, ENOSYS,
			       "the C library that the worker was built with "
			       "has no pidfd_spawn; build with glibc 2.39");
	return fm_reap_pidfd_offer(why);
}

static pid_t spawn(const struct fm_job *job)
{
	int pidfd;
	int err = ABSENT ? ENOSYS :
			   pidfd_spawn(&pidfd, job->path, NULL, NULL, job->argv,
				       job->envp);

	return err ? -err : pidfd;
}

const struct fm_strategy fm_strategy_pidfd_spawn = {
	.summary = "pidfd_spawn(3): posix_spawn, reaped by descriptor",
	.caps = FM_RETURNS_LATE,
	.offer = offer,
	.spawn = spawn,
	.reap = fm_reap_pidfd,
};
