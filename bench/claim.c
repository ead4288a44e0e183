/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One forkmeter at a time on a processor. */
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "claim.h"

int fm_claim_cpu(int cpu)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), n, err;

	if (fd < 0)
		return -errno;
	n = snprintf(name.sun_path + 1, sizeof(name.sun_path) - 1,
		     "forkmeter-cpu-%d", cpu);
	if (bind(fd, (struct sockaddr *)&name,
		 (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 +
			     (size_t)n)) == 0)
		return 0; /* fd stays open: it is the claim */
	err = -errno;
	close(fd);
	return err;
}
