/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clone3(2): the call, and whether it is allowed. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "clone3.h"

long fm_clone3(const struct fm_clone3 *args)
{
	long pid = syscall(SYS_clone3, args, sizeof(*args));

	return pid < 0 ? -errno : pid;
}

/* No arguments at all are EINVAL to a kernel that gets to see them. */
int fm_clone3_offer(struct fm_settings *settings, struct fm_why *why)
{
	(void)settings;
	syscall(SYS_clone3, NULL, 0);
	if (errno == EINVAL)
		return 0;
	return fm_fail(why, errno,
		       "clone3(2): %s; it takes Linux 5.3 and, in a container, "
		       "a seccomp profile that lets it through",
		       strerror(errno));
}
