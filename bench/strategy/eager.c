/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * eager - fork as it was before copy-on-write: all pages of the region are
 * copied in the call. Linux does so with pages that a device might be writing
 * to, for such a write must reach the parent; being registered as buffers of
 * io_uring is enough. The rest of the process is shared as ever.
 */
#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "bench.h"

enum { REGISTER_BUFFERS, UNREGISTER_BUFFERS };
enum { CHUNKS = 1024 }; /* of at most 1 GiB each, as io_uring has it */

static int ring = -1, registered;

static int refuse(int err, size_t bytes, struct fm_why *why)
{
	if (err == ENOSYS)
		return fm_fail(why, ENOSYS,
			       "there is no io_uring: it takes Linux 5.1 with "
			       "CONFIG_IO_URING");
	if (err == EPERM)
		return fm_fail(why, EPERM,
			       "io_uring is denied; as root: sysctl "
			       "kernel.io_uring_disabled=0 (in a container: a "
			       "seccomp profile that lets it through)");
	if (err == ENOMEM)
		return fm_fail(why, ENOMEM,
			       "%zu KiB may not be pinned; run as root, or "
			       "raise the hard limit (ulimit -Hl)",
			       bytes / 1024);
	if (err == EFAULT || err == EOPNOTSUPP)
		return fm_fail(why, EOPNOTSUPP,
			       "io_uring does not pin memory of this backing");
	return fm_fail(why, err, "io_uring: %s", strerror(err));
}

static int set_up(void)
{
	static _Alignas(8) char params[120]; /* struct io_uring_params */
	long fd;

	memset(params, 0, sizeof(params)); /* the kernel's last answer */
	fd = syscall(SYS_io_uring_setup, 1, params);
	return fd < 0 ? -errno : (int)fd;
}

static int pin(int fd, char *base, size_t bytes)
{
	static struct iovec chunk[CHUNKS];
	const size_t most = (size_t)1 << 30;
	unsigned int n = 0;

	for (size_t at = 0; at < bytes; at += most, n++) {
		if (n == CHUNKS)
			return -EOPNOTSUPP;
		chunk[n].iov_base = base + at;
		chunk[n].iov_len = bytes - at < most ? bytes - at : most;
	}
	return syscall(SYS_io_uring_register, fd, REGISTER_BUFFERS, chunk, n) ?
		       -errno :
		       0;
}

static int offer(struct fm_settings *settings, struct fm_why *why)
{
	static char page[1];
	int fd = set_up(), err = fd;

	(void)settings;
	if (fd >= 0) {
		err = pin(fd, page, sizeof(page));
		close(fd);
	}
	return err < 0 ? refuse(-err, 4096, why) : 0;
}

/*
 * What an earlier process had pinned is given back a while after its end; the
 * limit is the user's, for all processes.
 */
static int pin_patiently(char *base, size_t bytes, rlim_t limit)
{
	const struct timespec moment = { .tv_nsec = 2000000 };
	int err = pin(ring, base, bytes);

	for (int tries = 0; err == -ENOMEM && bytes <= limit && tries < 1000;
	     tries++) {
		nanosleep(&moment, NULL);
		err = pin(ring, base, bytes);
	}
	return err;
}

/* Pinned pages stay behind when their memory is made anew, so they are let go.
 */
static int prepare(const struct fm_job *job, struct fm_why *why)
{
	const struct fm_region *mem = job->mem;
	struct rlimit limit = { .rlim_max = 0 };
	int err;

	if (ring < 0)
		ring = set_up();
	if (ring < 0)
		return refuse(-ring, 0, why);
	if (registered)
		syscall(SYS_io_uring_register, ring, UNREGISTER_BUFFERS, 0, 0);
	registered = 0;
	if (!mem->base)
		return 0;
	if (getrlimit(RLIMIT_MEMLOCK, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_MEMLOCK, &limit);
	}
	err = pin_patiently(mem->base, mem->bytes, limit.rlim_max);
	if (err)
		return refuse(-err, mem->bytes, why);
	registered = 1;
	/* Pinning is for writing: it breaks what is only read, or merged. */
	if (fm_region_prove(mem, why))
		return fm_fail(why, EOPNOTSUPP,
			       "memory of this backing is another when pinned");
	return 0;
}

static pid_t spawn(const struct fm_job *job)
{
	pid_t pid = fork();

	if (pid == 0)
		job->child(job);
	return pid < 0 ? -errno : pid;
}

const struct fm_strategy fm_strategy_eager = {
	.summary = "fork(2) of pinned pages: copied in the call, as of old",
	.caps = FM_RUNS_CODE | FM_OWN_MEMORY | FM_COPIES,
	.offer = offer,
	.prepare = prepare,
	.spawn = spawn,
};
