/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables themselves, from the lists of their columns. */
#include "change.h"
#include "comparison.h"
#include "floor.h"
#include "history.h"
#include "outlier.h"
#include "record.h"
#include "shares.h"

#define COLUMN(k, f, u, m)                                                     \
	{ .kind = fm_##k,                                                      \
	  .name = #f,                                                          \
	  .unit = u,                                                           \
	  .meaning = m,                                                        \
	  .offset = offsetof(struct ROW, f),                                   \
	  .size = sizeof(((struct ROW *)0)->f) },

#define TABLE(var, file, list)                                                 \
	const struct fm_table var = {                                          \
		.name = file,                                                  \
		.row_size = sizeof(struct ROW),                                \
		.columns = sizeof(list) / sizeof(*(list)),                     \
		.column = list,                                                \
	}

#define ROW fm_plan_row
static const struct fm_column plan_columns[] = { FM_PLAN_COLUMNS(COLUMN) };
TABLE(fm_plan_table, "plan", plan_columns);
#undef ROW
#define ROW fm_sample
static const struct fm_column sample_columns[] = { FM_SAMPLE_COLUMNS(COLUMN) };
TABLE(fm_sample_table, "samples", sample_columns);
#undef ROW
#define ROW fm_block_row
static const struct fm_column block_columns[] = { FM_BLOCK_COLUMNS(COLUMN) };
TABLE(fm_block_table, "blocks", block_columns);
#undef ROW
#define ROW fm_event_row
static const struct fm_column event_columns[] = { FM_EVENT_COLUMNS(COLUMN) };
TABLE(fm_event_table, "events", event_columns);
#undef ROW
#define ROW fm_histogram_row
static const struct fm_column histogram_columns[] = { FM_HISTOGRAM_COLUMNS(
	COLUMN) };
TABLE(fm_histogram_table, "histograms", histogram_columns);
#undef ROW
#define ROW fm_quantile_row
static const struct fm_column quantile_columns[] = { FM_QUANTILE_COLUMNS(
	COLUMN) };
TABLE(fm_quantile_table, "quantiles", quantile_columns);
#undef ROW
#define ROW fm_stability_row
static const struct fm_column stability_columns[] = { FM_STABILITY_COLUMNS(
	COLUMN) };
TABLE(fm_stability_table, "stability", stability_columns);
#undef ROW
#define ROW fm_noise_row
static const struct fm_column noise_columns[] = { FM_NOISE_COLUMNS(COLUMN) };
TABLE(fm_noise_table, "noise", noise_columns);
#undef ROW
#define ROW fm_slope_row
static const struct fm_column slope_columns[] = { FM_SLOPE_COLUMNS(COLUMN) };
TABLE(fm_slope_table, "slopes", slope_columns);
#undef ROW
#define ROW fm_summary_row
static const struct fm_column summary_columns[] = { FM_SUMMARY_COLUMNS(
	COLUMN) };
TABLE(fm_summary_table, "summary", summary_columns);
#undef ROW
#define ROW fm_floor_row
static const struct fm_column floor_columns[] = { FM_FLOOR_COLUMNS(COLUMN) };
TABLE(fm_floor_table, "selfcheck", floor_columns);
#undef ROW
#define ROW fm_comparison_row
static const struct fm_column comparison_columns[] = { FM_COMPARISON_COLUMNS(
	COLUMN) };
TABLE(fm_comparison_table, "comparison", comparison_columns);
#undef ROW
#define ROW fm_sampling_row
static const struct fm_column sampling_columns[] = { FM_SAMPLING_COLUMNS(
	COLUMN) };
TABLE(fm_sampling_table, "sampling", sampling_columns);
#undef ROW
#define ROW fm_profile_row
static const struct fm_column profile_columns[] = { FM_PROFILE_COLUMNS(
	COLUMN) };
TABLE(fm_profile_table, "profile", profile_columns);
#undef ROW
#define ROW fm_share_row
static const struct fm_column share_columns[] = { FM_SHARE_COLUMNS(COLUMN) };
TABLE(fm_share_table, "shares", share_columns);
#undef ROW
#define ROW fm_change_row
static const struct fm_column change_columns[] = { FM_CHANGE_COLUMNS(COLUMN) };
TABLE(fm_change_table, "changes", change_columns);
#undef ROW
#define ROW fm_outlier_row
static const struct fm_column outlier_columns[] = { FM_OUTLIER_COLUMNS(
	COLUMN) };
TABLE(fm_outlier_table, "outliers", outlier_columns);
#undef ROW
#define ROW fm_history_run
static const struct fm_column run_columns[] = { FM_HISTORY_RUN_COLUMNS(
	COLUMN) };
TABLE(fm_history_run_table, "run", run_columns);
#undef ROW
#define ROW fm_history_series
static const struct fm_column series_columns[] = { FM_HISTORY_SERIES_COLUMNS(
	COLUMN) };
TABLE(fm_history_series_table, "series", series_columns);
#undef ROW
#define ROW fm_history_value
static const struct fm_column value_columns[] = { FM_HISTORY_VALUE_COLUMNS(
	COLUMN) };
TABLE(fm_history_value_table, "value", value_columns);
#undef ROW

const struct fm_table *const fm_tables[] = {
	&fm_plan_table,	     &fm_sample_table,
	&fm_block_table,     &fm_event_table,
	&fm_histogram_table, &fm_quantile_table,
	&fm_stability_table, &fm_noise_table,
	&fm_slope_table,     &fm_summary_table,
	&fm_sampling_table,  &fm_profile_table,
	&fm_share_table,     NULL,
};
