/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * eager_touch - fork whose child at once copies every page of the region, which
 * the parent waits for: an upper bound of what a copying fork takes. The rest
 * of the process, a few dozen pages of code, library and stack, stays shared.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bench.h"

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif

static int offer(struct fm_settings *settings, struct fm_why *why)
{
	(void)settings;
	if (madvise(NULL, 0, MADV_POPULATE_WRITE) == 0)
		return 0;
	return fm_fail(why, ENOSYS, "MADV_POPULATE_WRITE takes Linux 5.14");
}

static int copy(const struct fm_region *mem)
{
	if (!mem->base || mem->area.model.at_fork == FM_MODEL_DONTFORK)
		return 0;
	return madvise(mem->base, mem->bytes, MADV_POPULATE_WRITE);
}

/*
 * The end of the pipe says that all is copied, or that the child died: then its
 * status says so. Either way nobody waits for ever.
 */
static pid_t spawn(const struct fm_job *job)
{
	int copied[2];
	char byte;
	pid_t pid;

	if (pipe2(copied, O_CLOEXEC) < 0)
		return -errno;
	pid = fork();
	if (pid == 0) {
		if (copy(job->mem))
			_exit(127);
		close(copied[1]);
		job->child(job);
	}
	if (pid < 0)
		pid = -errno;
	close(copied[1]);
	while (pid > 0 && read(copied[0], &byte, 1) < 0 && errno == EINTR)
		;
	close(copied[0]);
	return pid;
}

const struct fm_strategy fm_strategy_eager_touch = {
	.summary = "fork(2) whose child copies all memory first, awaited",
	.caps = FM_RUNS_CODE | FM_OWN_MEMORY | FM_CHILD_COPIES,
	.offer = offer,
	.spawn = spawn,
};
