/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The least that a program can do to time fork + exit + wait: the yardstick of
 * make bench-self. Linked as the worker is. Prints the median of N in ns.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
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

int main(void)
{
	static uint64_t ns[N + 1];

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
