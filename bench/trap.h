/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Copy-on-write by hand: pages are write-protected, the first write to each is
 * trapped, somebody is told, and the write goes on. One range at a time.
 */
#ifndef FM_TRAP_H
#define FM_TRAP_H

#include <stddef.h>

#include "err.h"

struct fm_trap {
	/*
	 * Once a process: hands over who is told of a page's first write,
	 * before it is done; from a signal handler, or from a thread on
	 * processor number `cpu` of the crowd; several at once where several
	 * threads write. Returns 0; -EOPNOTSUPP, -EPERM ... with what a person
	 * can do.
	 */
	int (*open)(void (*told)(char *page), int cpu, struct fm_why *why);
	/*
	 * Private memory that is there, whole base pages. Traps must have been
	 * released before it is unmapped. 0 or -errno.
	 */
	int (*protect)(char *base, size_t bytes);
	/*
	 * All is writable again. Returns 0, or the -errno that made the handler
	 * give up before: then all was made writable there and then, and the
	 * rest of the writes were not told.
	 */
	int (*release)(void);
	/* Whether the machine has it: 0, or -errno with what can be done. */
	int (*offer)(struct fm_why *why);
};

/*
 * mprotect(2) and SIGSEGV. The handler runs in the thread that writes. The
 * kernel itself, writing for us, gets EFAULT.
 */
extern const struct fm_trap fm_trap_mprotect;

/*
 * userfaultfd(2) in its write-protect mode. The handler is a thread that ends
 * with the process. The kernel, writing for us, waits for it, too, unless we
 * may have traps of user mode only.
 */
extern const struct fm_trap fm_trap_uffd;

#endif
