/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs a command under seccomp filters that let everything pass, as a container
 * or a hardened service does: filtered N COMMAND [ARGUMENT...]. Status 77 where
 * there can be none.
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { DENY = SECCOMP_RET_ERRNO | EPERM };

/*
 * No new namespaces by clone(2), as systemd's RestrictNamespaces has it. A
 * filter that looks at arguments is run at each such call; whether one lets a
 * system call pass whatever its arguments, newer kernels remember.
 */
static struct sock_filter program[] = {
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_unshare, 1, 0),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3),
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		 offsetof(struct seccomp_data, args[0])),
	BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_NEWNS | CLONE_NEWUTS, 0, 1),
	BPF_STMT(BPF_RET | BPF_K, DENY),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
};

static int add_filters(long n)
{
	struct sock_fprog filter = {
		.len = sizeof(program) / sizeof(*program),
		.filter = program,
	};

	if (n && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return -errno;
	for (long i = 0; i < n; i++)
		if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) < 0)
			return -errno;
	return 0;
}

int main(int argc, char **argv)
{
	int err;

	if (argc < 3) {
		fputs("filtered: want a number of filters and a command\n",
		      stderr);
		return 2;
	}
	err = add_filters(strtol(argv[1], NULL, 10));
	if (err) {
		fprintf(stderr, "filtered: %s\n", strerror(-err));
		return 77;
	}
	execvp(argv[2], argv + 2);
	fprintf(stderr, "filtered: %s: %s\n", argv[2], strerror(errno));
	return 127;
}
