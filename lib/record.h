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
#include "record_noise.h"

#define FM_ABSENT UINT64_MAX

#define FM_POINT_COLUMNS(X)                                                    \
	X(num, point, "", "the point's number, from 1")                        \
	X(str, workload, "", "which interval is timed")                        \
	X(str, strategy, "", "how the child is made")                          \
	X(str, backing, "", "what the parent's memory is")                     \
	X(num, rss_bytes, "bytes", "how much memory the backing holds")        \
	X(str, child, "",                                                      \
	  "what the child does: exit, exec, exec_static, exec_dynamic or "     \
	  "touch:PERCENT")                                                     \
	FM_PARAM_COLUMNS(X)                                                    \
	X(text, parameters, "",                                                \
	  "those of the columns since child that are not the default, as "     \
	  "--set takes them")

/* A parameter of a workload or a backing is a column of its name. */
#define FM_PARAM_COLUMNS(X)                                                    \
	X(str, writer, "", "who writes: child, parent, or both in turn")       \
	X(str, order, "", "in which order pages are touched")                  \
	X(str, fraction, "%", "how many of the pages are touched")             \
	X(str, bytes, "", "one byte a page, or whole")                         \
	X(str, timing, "", "the batch of faults, or each single one")          \
	X(str, threads, "", "threads that touch at once")                      \
	X(str, sharers, "", "children that share the pages")                   \
	X(str, generations, "", "generations of children; the last writes")    \
	X(str, bystanders, "",                                                 \
	  "threads of the parent that run on other processors meanwhile")      \
	X(str, other, "", "what the other side did before: exited or copied")  \
	X(str, call, "", "which call brings all pages in at once")             \
	X(str, grows, "", "what grows page by page: stack or brk")             \
	X(str, mechanism, "", "what write-protects by hand")                   \
	X(str, handler, "", "where the handler of a fault runs")               \
	X(str, descriptors, "", "descriptors that the parent has open")        \
	X(str, parked, "", "threads of the parent that sleep")                 \
	X(str, atfork, "", "pthread_atfork handlers of the parent")            \
	X(str, page, "", "size of the backing's pages")                        \
	X(str, mappings, "", "mappings that the memory is cut into")

#define FM_PLAN_COLUMNS(X)                                                     \
	FM_POINT_COLUMNS(X)                                                    \
	X(num, model_faults, "", "the model: minor faults of one sample")      \
	X(num, model_copied, "", "the model: base pages copied")               \
	X(num, model_zeroed, "", "the model: base pages cleared")              \
	X(num, model_frames, "", "the model: frames in use at the end")        \
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
	X(num, exec_ns, "ns",                                                  \
	  "call of execve to the new program's first instruction")             \
	X(num, batch_ns, "ns", "ops operations one after the other")           \
	X(num, ops, "",                                                        \
	  "faults that the batch must hold; where none: pages, or 1")          \
	X(num, minflt, "", "minor faults of the task that was timed")          \
	X(num, minflt_expected, "",                                            \
	  "minor faults that there must be: "                                  \
	  "the model's count")                                                 \
	X(num, child_minflt, "", "minor faults of the reaped child's life")    \
	X(num, nivcsw, "", "involuntary context switches of the timed task")   \
	X(text, marks, "", "what disturbed the sample, a comma list")

#define FM_BLOCK_COLUMNS(X)                                                    \
	X(num, point, "", "line of plan.tsv")                                  \
	X(num, round, "", "round of the run, from 1")                          \
	X(num, block, "", "the block's number, from 1, in order of time")      \
	X(real, at_ms, "ms", "the block's beginning, since the first one's")   \
	X(str, status, "", "ok, skip, or broken")                              \
	X(text, reason, "", "why the block gave nothing")                      \
	X(str, counted, "",                                                    \
	  "whose events it counted: self, child or cpu; empty: it is timed")   \
	X(num, together, "", "which of them, as in events.tsv")                \
	X(num, samples, "", "lines of samples.tsv that belong to the block")   \
	X(num, vmas, "", "mappings of the worker")                             \
	X(num, rss_kib, "KiB",                                                 \
	  "VmRSS of the worker without its room for samples")                  \
	X(num, pte_kib, "KiB", "VmPTE of the worker")                          \
	X(num, cpu, "", "processor that the worker was pinned to")             \
	X(num, node, "",                                                       \
	  "NUMA node that all of the memory was proved to be on; absent on "   \
	  "machines of one, without --numa")                                   \
	X(num, setup_ns, "ns",                                                 \
	  "set-up in the worker, up to the throw-away sample")                 \
	X(num, populate_ns, "ns", "first touch of the backing, in set-up")     \
	X(num, first_ns, "ns", "the throw-away sample, whole")                 \
	X(num, private_pages, "",                                              \
	  "base pages of the throw-away sample's memory that were the "        \
	  "writer's alone after its writes")                                   \
	X(str, kernel_write, "",                                               \
	  "read(2) into a page protected by hand: handled, or its error")      \
	X(num, measure_ns, "ns", "first sample's start to last sample's end")  \
	X(num, touches, "", "single touches of histograms.tsv of the block")   \
	X(text, settings, "", "of the machine, changed for the block")         \
	X(num, pgfault, "", "vmstat: faults of the whole machine")             \
	X(num, thp_fault_alloc, "", "vmstat: huge pages given at a fault")     \
	X(num, thp_split_pmd, "", "vmstat: huge mappings split")               \
	X(num, cow_ksm, "", "vmstat: copies of merged pages")                  \
	X(num, whole_ns, "ns", "the block, from before its worker to its end") \
	X(num, freq_before_khz, "kHz", "frequency of the processor before it") \
	X(num, freq_after_khz, "kHz", "and after it")                          \
	X(num, migrated, "", "samples that moved to another processor")        \
	X(num, nivcsw, "", "involuntary switches of worker and children")      \
	X(num, steal_ms, "ms", "time that the hypervisor took, all CPUs")      \
	FM_DISTURBANCE_COUNTERS(X)                                             \
	FM_VMSTAT_COUNTERS(X)

/* Bins of two digits: see lib/singles.h. */
#define FM_HISTOGRAM_COLUMNS(X)                                                \
	X(num, point, "", "line of plan.tsv")                                  \
	X(num, round, "", "round of the run, from 1")                          \
	X(num, block, "", "line of blocks.tsv")                                \
	X(str, metric, "",                                                     \
	  "touch_ns: one touch and its fault, if it takes one; "               \
	  "first_touch_ns: the first in each large page of the backing")       \
	X(num, from_ns, "ns", "least time of the bin")                         \
	X(num, below_ns, "ns", "and the first above it")                       \
	X(num, count, "", "touches of the block that took so long")

/* One line a counter and task: see bench/counting.h for what a task is. */
#define FM_EVENT_COLUMNS(X)                                                    \
	X(str, event, "", "the event, as -e takes it")                         \
	X(str, task, "",                                                       \
	  "whose: self, child, process (the parent's part and the child), or " \
	  "cpu")                                                               \
	X(str, metric, "",                                                     \
	  "its column of samples.tsv, and its metric in summary.tsv")          \
	X(str, unit, "", "unit of one count, where it is no event")            \
	X(num, together, "", "those of one number are counted in one block")   \
	X(str, status, "", "counts, denied, or unsupported")                   \
	X(text, encoding, "",                                                  \
	  "TYPE:CONFIG:CONFIG1:CONFIG2:EXCLUDED of perf_event_open(2), the "   \
	  "configs in hex; excluded are 1 user, 2 kernel, 4 hypervisor")       \
	X(text, reason, "", "why it does not count, and what to do")

/*
 * A quantile is there where at least five samples of the block lie beyond it;
 * what a block has too few samples for is pooled, in summary.tsv.
 */
#define FM_QUANTILE_COLUMNS(X)                                                 \
	X(num, point, "", "line of plan.tsv")                                  \
	X(num, round, "", "round of the run, from 1")                          \
	X(num, block, "", "line of blocks.tsv")                                \
	X(str, metric, "", "as in summary.tsv")                                \
	X(num, n, "", "samples (or touches) of the block behind the line")     \
	X(real, p10, "ns", "10 % of the block's samples are below")            \
	X(real, p25, "ns", "25 %")                                             \
	X(real, median, "ns", "50 %")                                          \
	X(real, p75, "ns", "75 %")                                             \
	X(real, p90, "ns", "90 %")                                             \
	X(real, p99, "ns", "99 %")                                             \
	X(real, early, "ns", "median of the block's first half in time")       \
	X(real, late, "ns", "median of its last half, without one in between")

#define FM_SUMMARY_COLUMNS(X)                                                  \
	FM_POINT_COLUMNS(X)                                                    \
	X(str, metric, "",                                                     \
	  "column of samples.tsv, op_ns = batch_ns / ops, or a metric of "     \
	  "histograms.tsv")                                                    \
	X(str, unit, "", "unit of all that follows up to max")                 \
	X(num, n, "", "samples behind the line")                               \
	X(num, blocks, "", "blocks (fresh workers) behind the line")           \
	X(num, failed, "", "samples that failed their proof, left out")        \
	X(real, median, "", "exp of the mean over blocks of log block median") \
	X(real, median_lo, "", "lower end of its interval, t over blocks")     \
	X(real, median_hi, "", "upper end of its interval")                    \
	X(real, level, "", "level of the line's intervals")                    \
	X(real, block_p10, "",                                                 \
	  "the same of the blocks' 10 % quantiles, where blocks have enough "  \
	  "samples for it")                                                    \
	X(real, block_p10_lo, "", "lower end of its interval")                 \
	X(real, block_p10_hi, "", "upper end")                                 \
	X(real, block_p90, "", "the same of the 90 % quantiles")               \
	X(real, block_p90_lo, "", "lower end of its interval")                 \
	X(real, block_p90_hi, "", "upper end")                                 \
	X(real, block_p99, "", "the same of the 99 % quantiles")               \
	X(real, block_p99_lo, "", "lower end of its interval")                 \
	X(real, block_p99_hi, "", "upper end")                                 \
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
	X(real, floor_share, "", "share of a sample that the harness takes")   \
	X(num, minflt_expected, "", "faults a sample must have (the mode)")    \
	X(num, minflt, "", "faults that samples had (the mode)")               \
	X(str, verdict, "",                                                    \
	  "ok; disagrees: the usual count of faults is not the model's; "      \
	  "broken: over 0.1 % failed, or blocks differ in expected faults")

/* Of points that differ in rss_bytes alone: lib/slope.h. */
#define FM_SLOPE_COLUMNS(X)                                                    \
	X(str, workload, "", "which interval is timed")                        \
	X(str, strategy, "", "how the child is made")                          \
	X(str, backing, "", "what the parent's memory is")                     \
	X(str, child, "", "what the child does")                               \
	X(text, parameters, "", "those that are not the default")              \
	X(str, metric, "", "as in summary.tsv")                                \
	X(str, unit, "", "of the metric; slope is by a page of page tables")   \
	X(num, sizes, "", "sizes of memory behind the line")                   \
	X(num, rounds, "", "rounds behind it, a line fitted to each")          \
	X(real, slope, "",                                                     \
	  "what one page of page tables adds: mean of rounds")                 \
	X(real, slope_lo, "", "lower end of its interval, t over rounds")      \
	X(real, slope_hi, "", "upper end")                                     \
	X(real, level, "", "level of that interval")                           \
	X(real, start, "", "what there is without page tables, by the line")   \
	X(real, miss, "", "how far a point lies off the line at most, by it")

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
struct fm_event_row {
	FM_EVENT_COLUMNS(FM_FIELD)
};
struct fm_histogram_row {
	FM_HISTOGRAM_COLUMNS(FM_FIELD)
};
struct fm_quantile_row {
	FM_QUANTILE_COLUMNS(FM_FIELD)
};
struct fm_stability_row {
	FM_STABILITY_COLUMNS(FM_FIELD)
};
struct fm_noise_row {
	FM_NOISE_COLUMNS(FM_FIELD)
};
struct fm_slope_row {
	FM_SLOPE_COLUMNS(FM_FIELD)
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
	fm_event_table, fm_histogram_table, fm_quantile_table,
	fm_stability_table, fm_noise_table, fm_slope_table, fm_summary_table;
extern const struct fm_table *const fm_tables[]; /* NULL-terminated */

/* The column of that name, or NULL. */
const struct fm_column *fm_table_column(const struct fm_table *table,
					const char *name);

/* Makes every field of the row absent. */
void fm_row_clear(const struct fm_table *table, void *row);

/* Copies the columns that both tables have by name, which are of one kind. */
void fm_row_copy(const struct fm_table *to, void *row,
		 const struct fm_table *from, const void *source);

/*
 * Whether the column says what is measured: those of a point, but for its
 * number and the words for its parameters.
 */
int fm_is_axis(const char *column);

/* Whether two rows, of tables that have a point's columns, are of one point. */
int fm_row_same_point(const struct fm_table *table, const void *row,
		      const struct fm_table *of_other, const void *other);

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
