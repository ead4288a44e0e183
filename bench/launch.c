/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starting a worker and hearing what it says; never waiting without end. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "launch.h"

/*
 * Every descriptor is copied by every fork, so the caller's must not get into
 * the measured process: a thousand of them make fork + exit 70 % dearer.
 */
static void close_all_from(unsigned int first)
{
#ifdef SYS_close_range
	if (syscall(SYS_close_range, first, ~0U, 0) == 0)
		return;
#endif
	for (long fd = first; fd < sysconf(_SC_OPEN_MAX); fd++)
		close((int)fd);
}

/* A small environment of ours, so that the user's is not part of the parent. */
static _Noreturn void become_worker(const char *worker, char *const argv[],
				    const struct fm_place *place, int in,
				    int out)
{
	char *envp[] = { "LC_ALL=C", "ASAN_OPTIONS=detect_leaks=0", NULL };

	sigset_t none;

	setpgid(0, 0);
	signal(SIGXFSZ, SIG_IGN); /* a file too large is an error to it, too */
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (place && fm_place_bind_worker(place) < 0)
		_exit(126);
	if (place && fm_place_bind_memory(place) < 0)
		_exit(125);
	dup2(in, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	close_all_from(STDERR_FILENO + 1);
	execve(worker, argv, envp);
	_exit(127);
}

pid_t fm_launch_start(const char *worker, char *const argv[],
		      const struct fm_place *place, int in, int out,
		      struct fm_why *why)
{
	pid_t pid = fork();

	if (pid == 0)
		become_worker(worker, argv, place, in, out);
	if (pid < 0)
		return fm_fail(why, errno, "the worker cannot be started: %s",
			       strerror(errno));
	setpgid(pid, pid); /* both sides, so that no order of them matters */
	return pid;
}

/* Reads to the end. Returns the bytes read, -ETIMEDOUT, -EINTR or -errno. */
static int64_t read_all(int fd, char *data, size_t size, uint64_t timeout_ms)
{
	uint64_t end = fm_clock_ns() / 1000000 + timeout_ms;
	size_t have = 0;

	for (;;) {
		struct pollfd in = { .fd = fd, .events = POLLIN };
		uint64_t now = fm_clock_ns() / 1000000;
		char rest[512];
		ssize_t n;

		if (fm_launch_signal())
			return -EINTR;
		/* What is there is read even when we were stopped for long. */
		if (poll(&in, 1,
			 now >= end	  ? 0 :
			 end - now < 1000 ? (int)(end - now) :
					    1000) <= 0) {
			if (now >= end)
				return -ETIMEDOUT;
			continue;
		}
		n = have < size ? read(fd, data + have, size - have) :
				  read(fd, rest, sizeof(rest));
		if (n < 0 && errno != EINTR)
			return -errno;
		if (n == 0)
			return (int64_t)have;
		if (n > 0 && have < size)
			have += (size_t)n;
	}
}

int fm_launch_reap(pid_t pid, struct fm_why *why)
{
	siginfo_t info;
	int status;

	while (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) < 0)
		if (errno != EINTR)
			return fm_fail(why, errno, "waitid: %s",
				       strerror(errno));
	/* Before its number can be another group's. */
	kill(-pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return fm_fail(why, errno, "waitpid: %s",
				       strerror(errno));
	if (WIFSIGNALED(status))
		return fm_fail(why, ECHILD, "the worker was killed by %s",
			       strsignal(WTERMSIG(status)));
	if (WEXITSTATUS(status) == 126)
		return fm_fail(why, ECHILD,
			       "the worker could not be bound to its "
			       "processor");
	if (WEXITSTATUS(status) == 125)
		return fm_fail(why, ECHILD,
			       "the worker's memory could not be bound to its "
			       "node; a container allows that with "
			       "--cap-add SYS_NICE");
	if (WEXITSTATUS(status))
		return fm_fail(why, ECHILD, "the worker ended with status %d",
			       WEXITSTATUS(status));
	return 0;
}

int64_t fm_launch(const char *worker, char *const argv[],
		  const struct fm_place *place, uint64_t timeout_ms, void *data,
		  size_t size, struct fm_why *why)
{
	int64_t got;
	int out[2], err;
	pid_t pid;

	if (pipe2(out, O_CLOEXEC) < 0)
		return fm_fail(why, errno, "pipe: %s", strerror(errno));
	pid = fm_launch_start(worker, argv, place, STDIN_FILENO, out[1], why);
	close(out[1]);
	if (pid < 0) {
		close(out[0]);
		return pid;
	}
	got = read_all(out[0], data, size, timeout_ms);
	close(out[0]);
	if (got < 0)
		kill(-pid, SIGKILL);
	err = fm_launch_reap(pid, why);
	if (got == -ETIMEDOUT)
		return fm_fail(why, ETIMEDOUT,
			       "the worker was killed after %" PRIu64 " s",
			       timeout_ms / 1000);
	return got < 0 ? got : err ? err : got;
}
