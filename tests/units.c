/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sizes, lists of sizes, times, percentages: what people may type, and may not.
 */
#include <errno.h>
#include <string.h>

#include "test.h"
#include "units.h"

static void sizes(void)
{
	uint64_t n = 1;
	char text[32];

	CHECK(!fm_units_size("0", &n) && n == 0);
	CHECK(!fm_units_size("4096", &n) && n == 4096);
	CHECK(!fm_units_size("64K", &n) && n == 65536);
	CHECK(!fm_units_size("16M", &n) && n == 16u << 20);
	CHECK(!fm_units_size("1.5G", &n) && n == 3ull << 29);
	CHECK(!fm_units_size("1T", &n) && n == 1ull << 40);
	CHECK(fm_units_size("", &n) == -EINVAL);
	CHECK(fm_units_size("-1", &n) == -EINVAL);
	CHECK(fm_units_size("64MB", &n) == -EINVAL);
	CHECK(fm_units_size("64m", &n) == -EINVAL);
	CHECK(fm_units_size("M", &n) == -EINVAL);
	CHECK(fm_units_size("nan", &n) == -EINVAL);
	CHECK(fm_units_size("0x10", &n) == -EINVAL);
	CHECK(fm_units_size("1e30", &n) == -ERANGE);
	CHECK(fm_units_size("99999999T", &n) == -ERANGE);
	CHECK(!strcmp(fm_units_size_text(0, text, 32), "0"));
	CHECK(!strcmp(fm_units_size_text(1000, text, 32), "1000"));
	CHECK(!strcmp(fm_units_size_text(64u << 20, text, 32), "64M"));
	CHECK(!strcmp(fm_units_size_text(3ull << 29, text, 32), "1.5G"));
}

static void lists(void)
{
	uint64_t n[8];

	CHECK(fm_units_sizes("0,64M,1G", n, 8) == 3);
	CHECK(n[0] == 0 && n[1] == 64u << 20 && n[2] == 1u << 30);
	CHECK(fm_units_sizes("1G,0,1G", n, 8) == 2 && n[0] == 0);
	CHECK(fm_units_sizes("16M..1G", n, 8) == 4 && n[3] == 1u << 30);
	CHECK(fm_units_sizes("16M..100M", n, 8) == 3);
	CHECK(n[1] == 64u << 20 && n[2] == 100u << 20);
	CHECK(fm_units_sizes("1M..8Mx2", n, 8) == 4 && n[2] == 4u << 20);
	CHECK(fm_units_sizes("4M..4M", n, 8) == 1);
	CHECK(fm_units_sizes("1..7T", n, 8) == -E2BIG);
	CHECK(fm_units_sizes("0..4G", n, 8) == -EINVAL);
	CHECK(fm_units_sizes("4G..1G", n, 8) == -EINVAL);
	CHECK(fm_units_sizes("1M..8Mx1", n, 8) == -EINVAL);
	CHECK(fm_units_sizes("1M..", n, 8) == -EINVAL);
	CHECK(fm_units_sizes("..", n, 8) == -EINVAL);
	CHECK(fm_units_sizes("", n, 8) == -EINVAL);
	CHECK(fm_units_sizes("1M,,2M", n, 8) == -EINVAL);
	CHECK(fm_units_sizes("1M,", n, 8) == -EINVAL);
	CHECK(fm_units_sizes("x", n, 8) == -EINVAL);
	CHECK(fm_units_sizes("1,2,3,4,5,6,7,8,9", n, 8) == -E2BIG);
}

static void times(void)
{
	uint64_t n;
	char text[32];

	CHECK(!fm_units_time("250us", &n) && n == 250000);
	CHECK(!fm_units_time("40ms", &n) && n == 40000000);
	CHECK(!fm_units_time("1.5", &n) && n == 1500000000);
	CHECK(!fm_units_time("90s", &n) && n == 90000000000);
	CHECK(!fm_units_time("5m", &n) && n == 300000000000);
	CHECK(!fm_units_time("1h", &n) && n == 3600000000000);
	CHECK(fm_units_time("5 m", &n) == -EINVAL);
	CHECK(fm_units_time("soon", &n) == -EINVAL);
	CHECK(fm_units_time("-5s", &n) == -EINVAL);
	CHECK(!strcmp(fm_units_time_text(93123, text, 32), "93.12 us"));
	CHECK(!strcmp(fm_units_time_text(0, text, 32), "0 ns"));
	CHECK(!strcmp(fm_units_time_text(90e9, text, 32), "1.5 min"));
	CHECK(!strcmp(fm_units_time_text(1.7e7, text, 32), "17 ms"));
	CHECK(!strcmp(fm_units_time_text(0.0 / 0.0, text, 32), "-"));
}

static void percentages(void)
{
	double x;
	char text[32];

	CHECK(!fm_units_percent("2%", &x) && x == 0.02);
	CHECK(!fm_units_percent("2", &x) && x == 0.02);
	CHECK(!fm_units_percent("0.5%", &x) && x == 0.005);
	CHECK(!fm_units_percent("0", &x) && x == 0);
	CHECK(!fm_units_percent("99.9%", &x) && x > 0.99);
	CHECK(fm_units_percent("100%", &x) == -ERANGE);
	CHECK(fm_units_percent("1e1", &x) == -EINVAL);
	CHECK(fm_units_percent("0x2", &x) == -EINVAL);
	CHECK(fm_units_percent("-1%", &x) == -EINVAL);
	CHECK(fm_units_percent("%", &x) == -EINVAL);
	CHECK(fm_units_percent("", &x) == -EINVAL);
	CHECK(fm_units_percent("2 %", &x) == -EINVAL);
	CHECK(fm_units_percent("2%%", &x) == -EINVAL);
	CHECK(fm_units_percent("1.2.3", &x) == -EINVAL);
	CHECK(fm_units_percent("nan", &x) == -EINVAL);
	CHECK(!strcmp(fm_units_percent_text(0.02, text, 32), "2 %"));
	CHECK(!strcmp(fm_units_percent_text(0.00351, text, 32), "0.351 %"));
	CHECK(!strcmp(fm_units_percent_text(12.34, text, 32), "1234 %"));
	CHECK(!strcmp(fm_units_percent_text(1.0 / 0.0, text, 32), "-"));
	CHECK(!strcmp(fm_units_percent_text(0.0 / 0.0, text, 32), "-"));
}

int main(void)
{
	sizes();
	lists();
	times();
	percentages();
	CHECK(!strcmp(fm_units_plural(1), ""));
	CHECK(!strcmp(fm_units_plural(0), "s"));
	CHECK(!strcmp(fm_units_plural(2), "s"));
	return test_end();
}
