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
#include "counted.h"
#include "inject.h"
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
			       "the worker could not be bound to "
			       "its processor or memory");
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

enum { ARGS_MAX = 64, ARG_SIZE = 128 };

/* At most two: of the point's strategy, and of its workload. */
static int slow_arguments(const struct fm_block_request *request,
			  char (*text)[ARG_SIZE], int n)
{
	const struct fm_plan_row *point = request->point;
	uint64_t strategy_ns = 0, workload_ns = 0;

	for (size_t i = 0; i < request->injects; i++) {
		const struct fm_inject *slow = &request->inject[i];

		if (!strcmp(slow->name, point->strategy))
			strategy_ns = slow->ns;
		if (!strcmp(slow->name, point->workload))
			workload_ns = slow->ns;
	}
	if (strategy_ns)
		snprintf(text[n++], ARG_SIZE, "slow_strategy_ns=%" PRIu64,
			 strategy_ns);
	if (workload_ns)
		snprintf(text[n++], ARG_SIZE, "slow_workload_ns=%" PRIu64,
			 workload_ns);
	return n;
}

static int counting_arguments(const struct fm_counting *c,
			      char (*text)[ARG_SIZE], int n)
{
	static const char key[] = "event=";
	const int bytes = sizeof(key) - 1;

	snprintf(text[n++], ARG_SIZE, "count=%s", fm_count_scopes[c->scope]);
	for (int i = 0; i < c->n; i++, n++) {
		strcpy(text[n], key);
		fm_counting_write(&c->event[i], text[n] + bytes,
				  ARG_SIZE - bytes);
	}
	return n;
}

static int block_arguments(const struct fm_block_request *request,
			   char (*text)[ARG_SIZE], char **argv)
{
	char value[FM_WHY_MAX];
	int n = 0;

	snprintf(text[n++], ARG_SIZE, "forkmeter-worker");
	snprintf(text[n++], ARG_SIZE, "driver=%d", (int)getpid());
	snprintf(text[n++], ARG_SIZE, "samples_min=%" PRIu64,
		 request->samples_min);
	snprintf(text[n++], ARG_SIZE, "samples_max=%" PRIu64,
		 request->samples_max);
	snprintf(text[n++], ARG_SIZE, "time_ns=%" PRIu64, request->time_ns);
	n = slow_arguments(request, text, n);
	if (request->group)
		n = counting_arguments(&request->group->counting, text, n);
	if (request->place)
		snprintf(text[n++], ARG_SIZE, "cpus=%s",
			 fm_place_list(request->place, value, sizeof(value)));
	for (size_t i = 0; i < fm_plan_table.columns && n < ARGS_MAX - 2; i++) {
		const struct fm_column *c = &fm_plan_table.column[i];

		fm_row_text(c, request->point, value);
		if (*value && c->kind != fm_text)
			snprintf(text[n++], ARG_SIZE, "%s=%s", c->name, value);
	}
	for (int i = 0; i < n; i++)
		argv[i] = text[i];
	return n;
}

/* A generous bound: a cold page may cost 12 us, and is touched often. */
static uint64_t timeout_ms(const struct fm_block_request *request)
{
	return 60000 + request->time_ns / 1000000 * 2 +
	       (request->point->rss_bytes >> 20) * 8 *
		       (request->samples_min + 12);
}

void fm_launch_no_block(struct fm_reply *reply, int err, const char *reason)
{
	memset(reply, 0, sizeof(*reply));
	fm_row_clear(&fm_block_table, &reply->block);
	reply->block.samples = 0;
	strcpy(reply->block.status, fm_err_is_skip(err) ? "skip" : "broken");
	snprintf(reply->block.reason, sizeof(reply->block.reason), "%s",
		 reason);
}

/* Whether what came is a reply, whole, to that request. */
static int is_whole(const struct fm_block_request *request, const char *data,
		    int64_t got, struct fm_reply *reply)
{
	uint64_t values = request->group ? (uint64_t)fm_counting_values(
						   &request->group->counting) :
					   0;

	if (got < (int64_t)sizeof(*reply))
		return 0;
	memcpy(reply, data, sizeof(*reply));
	return reply->size == FM_REPLY_SIZE && reply->values == values &&
	       reply->samples <= request->samples_max &&
	       (size_t)got ==
		       sizeof(*reply) +
			       reply->samples * (sizeof(struct fm_sample) +
						 values * sizeof(uint64_t));
}

int fm_launch_block(const struct fm_block_request *request,
		    struct fm_reply *reply, struct fm_sample *samples)
{
	size_t room = request->samples_max *
		      (sizeof(*samples) +
		       2 * FM_COUNTERS_AT_ONCE * sizeof(*request->counts));
	char text[ARGS_MAX][ARG_SIZE], libexec[PATH_MAX + 16], *argv[ARGS_MAX];
	char *data = malloc(sizeof(*reply) + room);
	struct fm_why why = { "" };
	int64_t got;
	int n;

	if (!data)
		return -ENOMEM;
	n = block_arguments(request, text, argv);
	snprintf(libexec, sizeof(libexec), "libexec=%s",
		 request->programs->libexec);
	argv[n++] = libexec;
	argv[n] = NULL;
	got = fm_launch(request->programs->worker, argv, request->place,
			timeout_ms(request), data, sizeof(*reply) + room, &why);
	if (!is_whole(request, data, got, reply)) {
		fm_launch_no_block(reply, EIO,
				   got < 0 ? why.text :
					     "the worker's answer makes no "
					     "sense; was it built with this "
					     "driver?");
	} else {
		size_t bytes = reply->samples * sizeof(*samples);
		const char *from = data + sizeof(*reply);

		memcpy(samples, from, bytes);
		if (request->group)
			memcpy(request->counts, from + bytes,
			       reply->samples * reply->values *
				       sizeof(*request->counts));
	}
	free(data);
	return got == -EINTR ? -EINTR : 0;
}
