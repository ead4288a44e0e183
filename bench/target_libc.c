/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The exec target with a C library, linked statically or dynamically: what it
 * takes beyond target.c is the library starting and ending. Called with an
 * argument it leaves the time of main's first line on descriptor FM_STAMP_FD.
 */
#include <stdint.h>
#include <time.h>
#include <unistd.h>

#include "target.h"

int main(int argc, char **argv)
{
	struct timespec ts;
	uint64_t ns;

	(void)argv;
	if (argc > 1) {
		clock_gettime(CLOCK_MONOTONIC_RAW, &ts);
		ns = (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
		if (write(FM_STAMP_FD, &ns, sizeof(ns)) != sizeof(ns))
			return 1;
	}
	return FM_CHILD_STATUS;
}
