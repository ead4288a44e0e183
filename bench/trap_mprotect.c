/* SPDX-License-Identifier: GPL-3.0-or-later */
/* First writes trapped by mprotect(2) and SIGSEGV. */
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>

#include "pages.h"
#include "trap.h"

static void (*told)(char *page);
static char *base;
static size_t bytes, page_bytes;
static int failed;

static void writable(char *at, size_t n)
{
	if (mprotect(at, n, PROT_READ | PROT_WRITE) == 0)
		return;
	__atomic_store_n(&failed, errno, __ATOMIC_RELAXED);
	/* One mapping again, which is not one more; or we die of the next. */
	if (mprotect(base, bytes, PROT_READ | PROT_WRITE) < 0)
		signal(SIGSEGV, SIG_DFL);
}

/* Only calls that a signal handler may make. */
static void on_segv(int number, siginfo_t *info, void *context)
{
	uintptr_t at = (uintptr_t)info->si_addr;
	int saved = errno;

	(void)context;
	if (at - (uintptr_t)base >= bytes || info->si_code != SEGV_ACCERR) {
		signal(number, SIG_DFL); /* a fault of ours: let it kill */
		return;
	}
	at -= at % page_bytes;
	told((char *)at);
	writable((char *)at, page_bytes);
	errno = saved;
}

static int trap_open(void (*tell)(char *page), int cpu, struct fm_why *why)
{
	struct sigaction action = { .sa_sigaction = on_segv,
				    .sa_flags = SA_SIGINFO };

	(void)cpu;
	told = tell;
	page_bytes = fm_pages_base();
	return sigaction(SIGSEGV, &action, NULL) < 0 ?
		       fm_fail(why, errno, "no handler of SIGSEGV") :
		       0;
}

static int protect(char *at, size_t n)
{
	base = at;
	bytes = n;
	failed = 0;
	return mprotect(at, n, PROT_READ) < 0 ? -errno : 0;
}

static int release(void)
{
	int err =
		mprotect(base, bytes, PROT_READ | PROT_WRITE) < 0 ? -errno : 0;

	bytes = 0;
	return failed ? -failed : err;
}

static int offer(struct fm_why *why)
{
	(void)why;
	return 0;
}

const struct fm_trap fm_trap_mprotect = {
	.open = trap_open,
	.protect = protect,
	.release = release,
	.offer = offer,
};
