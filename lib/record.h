/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables that a run leaves on disk. Each column is declared here once, as
 * X(kind, name, unit, meaning); the struct, the header, the writer, the
 * reader, the SQL schema, results/README and the manual come from these lists.
 *
 * Kinds: num, a uint64_t; real, a double; str, up to 47 bytes of text; text,
 * up to 255. An absent value is FM_ABSENT, NaN or "", and an empty field.
 */
#ifndef FM_RECORD_H
#define FM_RECORD_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "err.h"

#define FM_ABSENT UINT64_MAX

#define FM_POINT_COLUMNS(X)                                                    \
	X(num, point, "", "the point's number, from 1")                        \
	X(str, workload, "", "which interval is timed")                        \
	X(str, strategy, "", "how the child is made")                          \
	X(str, backing, "", "what the parent's memory is")                     \
	X(num, rss_bytes, "bytes", "how much memory the backing holds")        \
	X(str, child, "", "what the child does: exit or exec")                 \
	X(str, writer, "", "who writes to the shared pages: child or parent")

#define FM_PLAN_COLUMNS(X)                                                     \
	FM_POINT_COLUMNS(X)                                                    \
	X(str, status, "", "measure, or skip")                                 \
	X(text, reason, "", "why the point is skipped")

#define FM_SAMPLE_COLUMNS(X)                                                   \
	X(num, point, "", "line of plan.tsv")                                  \
	X(num, round, "", "round of the run, from 1")                          \
	X(num, block, "", "line of blocks.tsv")                                \
	X(num, sample, "", "sample of the block, from 1")                      \
	X(num, spawn_ns, "ns", "call to its return in the parent")             \
	X(num, start_ns, "ns",                                                 \
	  "call to our first instruction in the child (after exec: the "       \
	  "program's)")                                                        \
	X(num, wait_ns, "ns", "call to child reaped")                          \
	X(num, teardown_ns, "ns", "child's last instruction to child reaped")  \
	X(num, batch_ns, "ns", "ops operations one after the other")           \
	X(num, ops, "", "operations (faults) that the batch should hold")      \
	X(num, minflt, "", "minor faults of the task that was timed")          \
	X(num, minflt_expected, "", "minor faults that there must be")         \
	X(num, child_minflt, "", "minor faults of the reaped child's life")    \
	X(num, nivcsw, "", "involuntary context switches of the timed task")   \
	X(text, marks, "", "what disturbed the sample, a comma list")

#define FM_BLOCK_COLUMNS(X)                                                    \
	X(num, point, "", "line of plan.tsv")                                  \
	X(num, round, "", "round of the run, from 1")                          \
	X(num, block, "", "the block's number, from 1, in order of time")      \
	X(str, status, "", "ok, skip, or broken")                              \
	X(text, reason, "", "why the block gave nothing")                      \
	X(num, samples, "", "lines of samples.tsv that belong to the block")   \
	X(num, vmas, "", "mappings of the worker")                             \
	X(num, rss_kib, "KiB",                                                 \
	  "VmRSS of the worker without its room for samples")                  \
	X(num, pte_kib, "KiB", "VmPTE of the worker")                          \
	X(num, cpu, "", "processor that the worker was pinned to")             \
	X(num, setup_ns, "ns",                                                 \
	  "set-up in the worker, up to the throw-away sample")                 \
	X(num, populate_ns, "ns", "first touch of the backing, in set-up")     \
	X(num, first_ns, "ns", "the throw-away sample, whole")                 \
	X(num, measure_ns, "ns", "first sample's start to last sample's end")  \
	X(num, steal_ms, "ms", "time that the hypervisor took, all CPUs")      \
	X(num, pgfault, "", "vmstat: faults of the whole machine")             \
	X(num, thp_fault_alloc, "", "vmstat: huge pages given at a fault")     \
	X(num, thp_fault_fallback, "", "vmstat: huge pages not to be had")     \
	X(num, thp_split_pmd, "", "vmstat: huge mappings split")               \
	X(num, thp_collapse_alloc, "", "vmstat: collapses by khugepaged")      \
	X(num, compact_stall, "", "vmstat: waits for compaction")              \
	X(num, pgmigrate_success, "", "vmstat: pages migrated")                \
	X(num, pgscan_kswapd, "", "vmstat: pages scanned by kswapd")           \
	X(num, pgscan_direct, "", "vmstat: pages scanned by allocations")      \
	X(num, numa_pages_migrated, "", "vmstat: pages moved between nodes")   \
	X(num, cow_ksm, "", "vmstat: copies of merged pages")

#define FM_SUMMARY_COLUMNS(X)                                                  \
	FM_POINT_COLUMNS(X)                                                    \
	X(str, metric, "", "column of samples.tsv, or op_ns = batch_ns / ops") \
	X(str, unit, "", "unit of all that follows up to max")                 \
	X(num, n, "", "samples behind the line")                               \
	X(num, blocks, "", "blocks (fresh workers) behind the line")           \
	X(num, failed, "", "samples that failed their proof, left out")        \
	X(real, median, "", "exp of the mean over blocks of log block median") \
	X(real, median_lo, "",                                                 \
	  "lower end of its 95 % interval, t over blocks")                     \
	X(real, median_hi, "", "upper end of its 95 % interval")               \
	X(real, mean, "", "mean of all samples")                               \
	X(real, sd, "", "standard deviation of all samples")                   \
	X(real, mad, "", "median absolute deviation, unscaled")                \
	X(real, min, "", "least sample")                                       \
	X(real, p1, "", "pooled quantile, descriptive, as all that follow")    \
	X(real, p5, "", "5 %")                                                 \
	X(real, p25, "", "25 %")                                               \
	X(real, p75, "", "75 %")                                               \
	X(real, p90, "", "90 %")                                               \
	X(real, p95, "", "95 %")                                               \
	X(real, p99, "", "99 %")                                               \
	X(real, p999, "", "99.9 %")                                            \
	X(real, max, "", "greatest sample")                                    \
	X(text, histogram, "",                                                 \
	  "counts in 12 bins of equal width in log from min to p99, a comma "  \
	  "list; the last bin also holds what is above")                       \
	X(real, median_clean, "",                                              \
	  "median of undisturbed samples; absent over a fifth disturbed")      \
	X(num, disturbed, "", "samples marked preempted or migrated, kept")    \
	X(num, extra, "", "samples with more faults than expected, kept")      \
	X(num, minflt_expected, "", "faults a sample must have (the mode)")    \
	X(num, minflt, "", "faults that samples had (the mode)")               \
	X(str, verdict, "",                                                    \
	  "ok, or broken: over 0.1 % failed, or blocks differ in expected "    \
	  "faults")

#define FM_FIELD_num(name) uint64_t name;
#define FM_FIELD_real(name) double name;
#define FM_FIELD_str(name) char name[48];
#define FM_FIELD_text(name) char name[FM_WHY_MAX];
#define FM_FIELD(kind, name, unit, meaning) FM_FIELD_##kind(name)

struct fm_plan_row {
	FM_PLAN_COLUMNS(FM_FIELD)
};
struct fm_sample {
	FM_SAMPLE_COLUMNS(FM_FIELD)
};
struct fm_block_row {
	FM_BLOCK_COLUMNS(FM_FIELD)
};
struct fm_summary_row {
	FM_SUMMARY_COLUMNS(FM_FIELD)
};

enum fm_kind { fm_num, fm_real, fm_str, fm_text };

struct fm_column {
	enum fm_kind kind;
	const char *name;
	const char *unit;
	const char *meaning;
	size_t offset; /* of the field in the row */
	size_t size;
};

struct fm_table {
	const char *name; /* the file is NAME.tsv */
	size_t row_size;
	size_t columns;
	const struct fm_column *column;
};

extern const struct fm_table fm_plan_table, fm_sample_table, fm_block_table,
	fm_summary_table;
extern const struct fm_table *const fm_tables[]; /* NULL-terminated */

/* The column of that name, or NULL. */
const struct fm_column *fm_table_column(const struct fm_table *table,
					const char *name);

/* Makes every field of the row absent. */
void fm_row_clear(const struct fm_table *table, void *row);

/* The field as it stands in a file; buf must hold FM_WHY_MAX bytes. */
const char *fm_row_text(const struct fm_column *column, const void *row,
			char *buf);

/* Sets the field from such a text. Returns 0, or -EINVAL for no number. */
int fm_row_set(const struct fm_column *column, void *row, const char *text);

/* One line with the names, one line with a row. Return 0 or -EIO. */
int fm_table_write_header(const struct fm_table *table, FILE *out);
int fm_table_write(const struct fm_table *table, FILE *out, const void *row);

/* Called for each row of a file; a value other than 0 ends the reading. */
typedef int fm_row_fn(const void *row, void *ctx);

/*
 * Reads DIR/NAME.tsv. Columns are found by their names in the first line:
 * absent ones stay absent, unknown ones are passed over. A torn last line (no
 * newline, or too few fields) is left out silently, for it is what a killed run
 * leaves; a bad line before it is -EBADMSG. Returns 0, what fn returned, or
 * -errno with the reason in why.
 */
int fm_table_read(const struct fm_table *table, const char *dir, fm_row_fn *fn,
		  void *ctx, struct fm_why *why);

/* All rows of a file, for the small tables. rows is to be freed. */
int fm_table_load(const struct fm_table *table, const char *dir, void **rows,
		  size_t *n, struct fm_why *why);

#endif
