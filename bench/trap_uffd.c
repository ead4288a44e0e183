/* SPDX-License-Identifier: GPL-3.0-or-later */
/* First writes trapped by userfaultfd(2), which a thread of ours handles. */
#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "crowd.h"
#include "pages.h"
#include "trap.h"

#ifndef UFFD_USER_MODE_ONLY
#define UFFD_USER_MODE_ONLY 1
#endif
#ifndef USERFAULTFD_IOC_NEW
#define USERFAULTFD_IOC_NEW _IO(0xAA, 0x00)
#endif

static void (*told)(char *page);
static char *base;
static size_t bytes;
static int uffd = -1, handler_cpu, failed;

/*
 * By the system call where we may have traps of the kernel's own accesses, too,
 * by the device where that is ours to open (Linux 6.1), or else for user mode.
 */
static int get_descriptor(void)
{
	int fd = (int)syscall(SYS_userfaultfd, O_CLOEXEC), device;

	if (fd >= 0 || errno != EPERM)
		return fd;
	device = open("/dev/userfaultfd", O_RDWR | O_CLOEXEC);
	if (device >= 0) {
		fd = ioctl(device, USERFAULTFD_IOC_NEW, O_CLOEXEC);
		close(device);
	}
	return fd >= 0 ? fd :
			 (int)syscall(SYS_userfaultfd,
				      O_CLOEXEC | UFFD_USER_MODE_ONLY);
}

static int get_trap(struct fm_why *why)
{
	struct uffdio_api api = { .api = UFFD_API,
				  .features = UFFD_FEATURE_PAGEFAULT_FLAG_WP };
	int fd = get_descriptor();

	if (fd < 0 && errno == ENOSYS)
		return fm_fail(why, EOPNOTSUPP,
			       "this kernel has no userfaultfd(2)");
	if (fd < 0)
		return fm_fail(why, EPERM,
			       "userfaultfd(2) is denied: %s; as root: sysctl "
			       "vm.unprivileged_userfaultfd=1",
			       strerror(errno));
	if (ioctl(fd, UFFDIO_API, &api) == 0)
		return fd;
	close(fd);
	return fm_fail(why, EOPNOTSUPP,
		       "userfaultfd(2) does not write-protect on this kernel");
}

static int offer(struct fm_why *why)
{
	int fd = get_trap(why);

	if (fd < 0)
		return fd;
	close(fd);
	return 0;
}

static struct uffdio_range all(void)
{
	return (struct uffdio_range){ (uintptr_t)base, bytes };
}

/* Wakes whoever waits, and makes all writable. */
static int give_up(void)
{
	struct uffdio_range range = all();

	return ioctl(uffd, UFFDIO_UNREGISTER, &range) < 0 ? -errno : 0;
}

static void handle(const struct uffd_msg *m)
{
	size_t page = fm_pages_base();
	uint64_t at = m->arg.pagefault.address / page * page;
	struct uffdio_writeprotect off = { .range = { at, page } };

	if (m->event != UFFD_EVENT_PAGEFAULT)
		return;
	told((char *)(uintptr_t)at);
	if (ioctl(uffd, UFFDIO_WRITEPROTECT, &off) == 0)
		return;
	__atomic_store_n(&failed, errno, __ATOMIC_RELAXED);
	give_up();
}

/* A signal is no reason to end: whoever writes would wait for ever. */
static void *handle_all(void *ctx)
{
	struct uffd_msg message;
	ssize_t n;

	fm_crowd_bind(handler_cpu);
	while ((n = read(uffd, &message, sizeof(message))) > 0 ||
	       (n < 0 && (errno == EINTR || errno == EAGAIN)))
		if (n == sizeof(message))
			handle(&message);
	return ctx;
}

static int trap_open(void (*tell)(char *page), int cpu, struct fm_why *why)
{
	pthread_t thread;
	int err;

	told = tell;
	handler_cpu = cpu;
	uffd = get_trap(why);
	if (uffd < 0)
		return uffd;
	err = pthread_create(&thread, NULL, handle_all, NULL);
	return err ? fm_fail(why, err, "no thread to handle traps: %s",
			     strerror(err)) :
		     0;
}

static int protect(char *at, size_t n)
{
	struct uffdio_register range = { .mode = UFFDIO_REGISTER_MODE_WP };
	struct uffdio_writeprotect on = { .mode = UFFDIO_WRITEPROTECT_MODE_WP };

	base = at;
	bytes = n;
	failed = 0;
	on.range = range.range = all();
	if (ioctl(uffd, UFFDIO_REGISTER, &range) < 0)
		return -errno;
	return ioctl(uffd, UFFDIO_WRITEPROTECT, &on) < 0 ? -errno : 0;
}

static int release(void)
{
	int err = give_up();

	return failed ? -failed : err;
}

const struct fm_trap fm_trap_uffd = {
	.open = trap_open,
	.protect = protect,
	.release = release,
	.offer = offer,
};
