/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Disturbances of a machine made of files, whose every difference is known. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "cpulist.h"
#include "disturbance.h"
#include "file.h"
#include "test.h"

static char root[] = "/tmp/forkmeter-disturbance-XXXXXX";

static void put(const char *name, const char *text)
{
	char path[256];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", root, name);
	*strrchr(path, '/') = '\0';
	fm_file_make_dirs(path);
	path[strlen(path)] = '/';
	f = fopen(path, "w");
	if (f) {
		fputs(text, f);
		fclose(f);
	}
}

#define CPU1 "sys/devices/system/cpu/cpu1/"

static void put_full(void)
{
	put("proc/stat", "cpu  90 0 0 0 0 0 0 7\ncpu0 10 0 0 9 0 0 0 1\n"
			 "cpu1 20 1 2 9 9 3 4 5\ncpu2 60 0 0 9 0 0 0 1\n");
	put("proc/interrupts", "            CPU0       CPU1       CPU2\n"
			       "  9:          1          2          3  dev 9\n"
			       " 10:          4          5          6  dev 10\n"
			       "LOC:        100        200        300  timer\n"
			       "ERR:          0\n");
	put(CPU1 "topology/thread_siblings_list", "1-2\n");
	put(CPU1 "thermal_throttle/core_throttle_count", "3\n");
	put(CPU1 "cpufreq/scaling_cur_freq", "2400000\n");
	put("proc/40/comm", "kswapd0\n");
	put("proc/40/schedstat", "1000 5 6\n");
	put("proc/41/comm", "kswapd1\n");
	put("proc/41/schedstat", "500 5 6\n");
	put("proc/42/comm", "khugepaged-like\n");
	put("proc/42/schedstat", "77 5 6\n");
}

static void differences(void)
{
	const uint64_t tick = 1000 / (uint64_t)sysconf(_SC_CLK_TCK);
	struct fm_disturbance d;
	struct fm_block_row row;

	put_full();
	fm_row_clear(&fm_block_table, &row);
	fm_disturbance_open(&d, root, 1);
	CHECK(d.sibling[0] == 2 && d.sibling[1] == -1 && d.threads == 2);
	fm_disturbance_begin(&d);
	put("proc/stat", "cpu  85 0 0 0 0 0 0 9\ncpu0 11 0 0 9 0 0 0 1\n"
			 "cpu1 23 1 3 9 9 4 6 8\ncpu2 62 0 0 9 0 0 0 1\n");
	put("proc/interrupts",
	    "            CPU0       CPU1       CPU2\n"
	    "  9:          1         12          3  dev 9\n"
	    " 10:          4          6         99  dev 10\n"
	    "LOC:        100        900        300  timer\n");
	put(CPU1 "thermal_throttle/core_throttle_count", "5\n");
	put(CPU1 "cpufreq/scaling_cur_freq", "2100000\n");
	put("proc/40/schedstat", "1100 5 6\n");
	put("proc/41/schedstat", "507 5 6\n");
	fm_disturbance_end(&d, &row);
	CHECK(row.cpu_steal_ms == 3 * tick && row.cpu_irq_ms == 3 * tick);
	CHECK(row.cpu_others_ms == 7 * tick);	/* user, system, irq, softirq */
	CHECK(row.machine_busy_ms == 3 * tick); /* of cpu0 and cpu2: 3 */
	CHECK(row.sibling_busy_ms == 2 * tick && row.interrupts == 11);
	CHECK(row.throttled == 2 && row.kswapd_ns == 107);
	CHECK(row.freq_before_khz == 2400000 && row.freq_after_khz == 2100000);
	CHECK(row.khugepaged_ns == FM_ABSENT && row.ksmd_ns == FM_ABSENT);
	CHECK(row.nivcsw == 0 && row.whole_ns < 60000000000);
}

/* What is not shown is absent, never zero. */
static void nothing_shown(void)
{
	struct fm_disturbance d;
	struct fm_block_row row;

	fm_row_clear(&fm_block_table, &row);
	fm_disturbance_open(&d, "/nonexistent", 0);
	fm_disturbance_begin(&d);
	fm_disturbance_end(&d, &row);
	CHECK(d.sibling[0] == -1 && d.threads == 0);
	CHECK(row.cpu_steal_ms == FM_ABSENT && row.cpu_others_ms == FM_ABSENT);
	CHECK(row.interrupts == FM_ABSENT && row.machine_busy_ms == FM_ABSENT);
	CHECK(row.sibling_busy_ms == FM_ABSENT && row.throttled == FM_ABSENT);
	CHECK(row.freq_after_khz == FM_ABSENT && row.kswapd_ns == FM_ABSENT);
	CHECK(row.nivcsw == 0);
}

/* A processor without a line of its own, an alone core, a thread that ended. */
static void odd_shapes(void)
{
	struct fm_disturbance d;
	struct fm_block_row row;

	put_full();
	put(CPU1 "topology/thread_siblings_list", "1\n");
	put(CPU1 "cpufreq/scaling_cur_freq", "<unknown>\n");
	put("proc/interrupts", "            CPU0       CPU2\n"
			       "  9:          1          2  dev 9\n");
	fm_row_clear(&fm_block_table, &row);
	fm_disturbance_open(&d, root, 1);
	fm_disturbance_begin(&d);
	put("proc/41/schedstat", "");
	put("proc/40/schedstat", "");
	put("proc/stat", "cpu  85 0 0 0 0 0 0 9\ncpu0 11 0 0 9 0 0 0 1\n");
	fm_disturbance_end(&d, &row);
	CHECK(d.sibling[0] == -1 && row.sibling_busy_ms == FM_ABSENT);
	CHECK(row.interrupts == FM_ABSENT && row.kswapd_ns == FM_ABSENT);
	CHECK(row.cpu_steal_ms == FM_ABSENT && row.cpu_others_ms == FM_ABSENT);
	CHECK(row.freq_before_khz == FM_ABSENT);
}

static void lists(void)
{
	CHECK(fm_cpulist_has("0-3,8", 8) && fm_cpulist_has("0-3,8", 2));
	CHECK(!fm_cpulist_has("0-3,8", 4) && !fm_cpulist_has("", 0));
	CHECK(!fm_cpulist_has("none", 0) && fm_cpulist_has("10", 10));
	CHECK(!fm_cpulist_has("10", 1));
}

/* What it costs here, for who reads the log; nothing is asserted of it. */
static void cost(void)
{
	enum { N = 100 };
	struct fm_disturbance d;
	struct fm_block_row row;
	uint64_t from;

	fm_disturbance_open(&d, "", 0);
	from = fm_clock_ns();
	for (int i = 0; i < N; i++) {
		fm_disturbance_begin(&d);
		fm_disturbance_end(&d, &row);
	}
	printf("a block's disturbances take %.0f us, %zu threads watched\n",
	       (double)(fm_clock_ns() - from) / N / 1000, d.threads);
	CHECK(row.nivcsw == 0);
}

static void remove_all(void)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -r %s", root);
	CHECK(system(command) == 0);
}

int main(void)
{
	if (!mkdtemp(root))
		return 99;
	differences();
	nothing_shown();
	odd_shapes();
	lists();
	cost();
	remove_all();
	return test_end();
}
