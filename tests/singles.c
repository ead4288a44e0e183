/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bins of single times: no gap, no overlap, and none wider than a tenth. */
#include "singles.h"
#include "test.h"

/* Where the digits change: the bins that a person can name. */
static void named(void)
{
	const struct {
		uint64_t ns;
		size_t bin;
	} times[] = {
		{ 0, 0 },
		{ 1, 1 },
		{ 99, 99 },
		{ 100, 100 },
		{ 109, 100 },
		{ 110, 101 },
		{ 989, 188 },
		{ 990, 189 },
		{ 999, 189 },
		{ 1000, 190 },
		{ 1099, 190 },
		{ 1100, 191 },
		{ 9999, 279 },
		{ 10000, 280 },
		{ 99999999999, FM_SINGLES_BINS - 1 },
	};

	for (size_t i = 0; i < sizeof(times) / sizeof(*times); i++)
		CHECK(fm_singles_bin(times[i].ns) == times[i].bin);
}

/* Each bin holds what lies from its start to before the next one's. */
static void seamless(void)
{
	for (size_t bin = 0; bin < FM_SINGLES_BINS; bin++) {
		uint64_t from = fm_singles_from(bin);
		uint64_t below = fm_singles_from(bin + 1);

		CHECK(from < below);
		CHECK(fm_singles_bin(from) == bin);
		CHECK(fm_singles_bin(below - 1) == bin);
		CHECK(from < 100 ? below - from == 1 :
				   (below - from) * 10 <= from);
	}
	CHECK(fm_singles_from(0) == 0);
}

/* What is longer than any bin is in the last one, not lost. */
static void longest(void)
{
	CHECK(fm_singles_from(FM_SINGLES_BINS) == 100000000000);
	CHECK(fm_singles_bin(100000000000) == FM_SINGLES_BINS - 1);
	CHECK(fm_singles_bin(UINT64_MAX) == FM_SINGLES_BINS - 1);
}

static void counted(void)
{
	struct fm_singles s = { { 0 }, { 0 } };

	fm_singles_add(s.rest, fm_singles_bin(1234));
	fm_singles_add(s.rest, fm_singles_bin(1299));
	fm_singles_add(s.first, fm_singles_bin(1300));
	CHECK(s.rest[fm_singles_bin(1200)] == 2);
	CHECK(s.rest[fm_singles_bin(1300)] == 0);
	CHECK(s.first[fm_singles_bin(1300)] == 1);
}

int main(void)
{
	named();
	seamless();
	longest();
	counted();
	return test_end();
}
