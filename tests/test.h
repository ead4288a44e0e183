/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks that say where they failed; a test ends with return test_end(). */
#ifndef TEST_H
#define TEST_H

#include <stdio.h>

static int test_checks, test_failures;

#define CHECK(what)                                                            \
	do {                                                                   \
		test_checks++;                                                 \
		if (!(what)) {                                                 \
			test_failures++;                                       \
			printf("not ok %s:%d: %s\n", __FILE__, __LINE__,       \
			       #what);                                         \
		}                                                              \
	} while (0)

static inline int test_end(void)
{
	printf("%d checks, %d failed\n", test_checks, test_failures);
	return test_failures || !test_checks;
}

#endif
