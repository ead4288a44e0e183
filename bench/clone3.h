/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clone3(2), for which no C library has a function. */
#ifndef FM_CLONE3_H
#define FM_CLONE3_H

#include <sched.h>
#include <stdint.h>
#include <sys/syscall.h>

#include "setting.h"

#ifndef SYS_clone3
#define SYS_clone3 435 /* the same on every architecture */
#endif
#ifndef CLONE_PIDFD
#define CLONE_PIDFD 0x1000
#endif
#ifndef CLONE_INTO_CGROUP
#define CLONE_INTO_CGROUP 0x200000000ull
#endif

/* struct clone_args of linux/sched.h, which not every C library's headers see.
 */
struct fm_clone3 {
	uint64_t flags;
	uint64_t pidfd, child_tid, parent_tid; /* addresses */
	uint64_t exit_signal;
	uint64_t stack, stack_size; /* the lowest address of it */
	uint64_t tls;
	uint64_t set_tid, set_tid_size;
	uint64_t cgroup; /* a descriptor */
};

/* Without CLONE_VM: 0 in the child, else its pid, or -errno. */
long fm_clone3(const struct fm_clone3 *args);

/* Whether the kernel lets us call it; an offer of a strategy. */
int fm_clone3_offer(struct fm_settings *settings, struct fm_why *why);

#endif
