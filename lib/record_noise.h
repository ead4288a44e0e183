/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Columns about noise, for lib/record.h: what disturbs a block, which of that
 * explains the spread, and whether levels hold still.
 */
#ifndef FM_RECORD_NOISE_H
#define FM_RECORD_NOISE_H

/*
 * What others did meanwhile: lib/disturbance.h. A column whose meaning begins
 * with "thread:" is the processor time of the kernel's threads of that name.
 */
#define FM_DISTURBANCE_COUNTERS(X)                                             \
	X(num, cpu_steal_ms, "ms", "stolen from the block's processor")        \
	X(num, cpu_others_ms, "ms",                                            \
	  "work of others on the block's processor, give or take two ticks; "  \
	  "absent where the block also worked elsewhere")                      \
	X(num, cpu_irq_ms, "ms",                                               \
	  "in interrupts of the block's processor, by the clock tick")         \
	X(num, interrupts, "", "of devices, on the block's processor")         \
	X(num, sibling_busy_ms, "ms", "work on the core's other threads")      \
	X(num, machine_busy_ms, "ms", "work on all other processors")          \
	X(num, throttled, "", "times that heat slowed the core")               \
	X(num, khugepaged_ns, "ns", "thread: joins huge pages")                \
	X(num, kcompactd_ns, "ns", "thread: compacts memory")                  \
	X(num, kswapd_ns, "ns", "thread: reclaims memory")                     \
	X(num, kdamond_ns, "ns", "thread: DAMON, samples accesses")            \
	X(num, ksmd_ns, "ns", "thread: merges equal pages")

/* And of /proc/vmstat what a block does not do by itself: lib/vmstat.h. */
#define FM_VMSTAT_COUNTERS(X)                                                  \
	X(num, thp_fault_fallback, "", "vmstat: huge pages not to be had")     \
	X(num, thp_collapse_alloc, "", "vmstat: collapses by khugepaged")      \
	X(num, compact_stall, "", "vmstat: waits for compaction")              \
	X(num, compact_daemon_wake, "", "vmstat: wake-ups of kcompactd")       \
	X(num, pgmigrate_success, "", "vmstat: pages migrated")                \
	X(num, pgscan_kswapd, "", "vmstat: pages scanned by kswapd")           \
	X(num, pgscan_direct, "", "vmstat: pages scanned by allocations")      \
	X(num, numa_pages_migrated, "", "vmstat: pages moved between nodes")   \
	X(num, balloon_inflate, "", "vmstat: pages given to the hypervisor")   \
	X(num, balloon_deflate, "", "vmstat: pages had back from it")

/*
 * Each p value is Holm's, corrected over all tests of the table: what is
 * claimed at 0.05 or below is wrong anywhere in it in 5 % of steady runs.
 */
#define FM_STABILITY_COLUMNS(X)                                                \
	X(num, point, "", "line of plan.tsv")                                  \
	X(str, metric, "", "as in summary.tsv")                                \
	X(num, blocks, "", "blocks behind the line")                           \
	X(real, level, "", "level of each of the line's intervals, by itself") \
	X(real, warmup, "",                                                    \
	  "level of a block's second half of samples by its first: exp of "    \
	  "the mean of logarithms")                                            \
	X(real, warmup_lo, "", "lower end of its interval, t over blocks")     \
	X(real, warmup_hi, "", "upper end")                                    \
	X(real, warmup_p, "", "of a test for 1, t over blocks, by Holm")       \
	X(str, warmup_verdict, "",                                             \
	  "warms up: becomes faster; slows down; steady: neither is shown; "   \
	  "or few blocks")                                                     \
	X(real, drift, "",                                                     \
	  "level at the last block by that at the first: by a straight line "  \
	  "through the logarithms of block medians")                           \
	X(real, drift_lo, "", "lower end of its interval")                     \
	X(real, drift_hi, "", "upper end")                                     \
	X(real, drift_p, "", "of a test for 1, by Holm")                       \
	X(str, drift_verdict, "", "drifts, steady: not shown, or few blocks")  \
	X(real, autocorrelation, "",                                           \
	  "of successive block medians, in order of time")                     \
	X(real, widening, "",                                                  \
	  "by which intervals of the median would be wider, were that the "    \
	  "whole truth: sqrt((1 + r) / (1 - r)), at least 1")                  \
	X(real, autocorrelation_p, "", "of a test for none or less, by Holm")  \
	X(str, order_verdict, "",                                              \
	  "correlated: intervals are too narrow; independent: not shown; or "  \
	  "few blocks")

#define FM_NOISE_COLUMNS(X)                                                    \
	X(str, factor, "",                                                     \
	  "what differed from block to block: a column of blocks.tsv, by the " \
	  "second; what befell the block itself (nivcsw, migrated), by the "   \
	  "sample; the frequency as it is")                                    \
	X(num, points, "", "points behind the line: with blocks that differ")  \
	X(num, blocks, "", "blocks behind the line")                           \
	X(real, independent, "",                                               \
	  "blocks that would say as much, were they independent in time")      \
	X(num, disturbed, "",                                                  \
	  "blocks with more of it than their point's mean")                    \
	X(real, rho, "",                                                       \
	  "Spearman's rank correlation with the log of the block median, "     \
	  "centred and scaled by point")                                       \
	X(real, explained, "", "rho^2: share of the spread of ranks")          \
	X(real, p, "",                                                         \
	  "of a test against chance that blocks are slower with it (with a "   \
	  "lower frequency), by Holm over the table")                          \
	X(real, ratio, "", "level of disturbed blocks by that of the others")  \
	X(real, ratio_lo, "", "lower end of its interval")                     \
	X(real, ratio_hi, "", "upper end")                                     \
	X(real, level, "", "level of that interval, by itself")                \
	X(str, verdict, "", "explains, not shown, or few blocks")

#endif
