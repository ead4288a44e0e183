/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The time that a run will take: estimated first, then corrected. */
#include "progress.h"
#include "test.h"

int main(void)
{
	struct fm_progress fixed = { .rounds = 10, .round_ns = 1e9 };
	struct fm_progress timed = { .time_ns = 10000000000, .round_ns = 3e9 };

	CHECK(fm_progress_expected(&fixed, 0) == 10e9);
	fixed.done_ns = 1e9; /* a round's estimate, which took twice that */
	CHECK(fm_progress_expected(&fixed, 2e9) == 20e9);
	fixed.done_ns = 9e9;
	CHECK(fm_progress_expected(&fixed, 18e9) == 20e9);

	/* Whole rounds only: three of three seconds fit into ten. */
	CHECK(fm_progress_expected(&timed, 0) == 9e9);
	timed.done_ns = 1.5e9; /* half a round in two seconds: four each */
	CHECK(fm_progress_expected(&timed, 2e9) == 8e9);
	timed.time_ns = 1000000000; /* one is always measured */
	CHECK(fm_progress_expected(&timed, 2e9) == 4e9);
	return test_end();
}
