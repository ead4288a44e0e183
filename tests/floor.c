/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The least that a program can do to time fork + exit + wait: the yardstick of
 * make bench-self. Linked as the worker is. Prints the median of N in ns; or,
 * given a command, runs it and prints its time in s and its peak in MiB.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { N = 200 };

static uint64_t now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC_RAW, &ts);
	return (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
}

static int compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static int time_command(char *const argv[])
{
	struct rusage used;
	uint64_t from = now();
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		freopen("/dev/null", "w", stdout);
		execvp(argv[0], argv);
		_exit(127);
	}
	if (waitpid(pid, &status, 0) != pid || status)
		return 1;
	getrusage(RUSAGE_CHILDREN, &used);
	printf("%.3f %.1f\n", (double)(now() - from) / 1e9,
	       (double)used.ru_maxrss / 1024);
	return 0;
}

int main(int argc, char *argv[])
{
	static uint64_t ns[N + 1];

	if (argc > 1)
		return time_command(argv + 1);

	for (int i = 0; i <= N; i++) { /* the first is thrown away */
		uint64_t from = now(), to;
		pid_t pid = fork();

		if (pid == 0)
			_exit(0);
		if (waitpid(pid, NULL, 0) != pid)
			return 1;
		to = now();
		ns[i] = to - from;
	}
	qsort(ns + 1, N, sizeof(*ns), compare);
	printf("%llu\n", (unsigned long long)ns[1 + N / 2]);
	return 0;
}
