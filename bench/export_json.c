/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run as JSON; doc/export.schema.json says what stands where. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "export.h"
#include "json.h"

/* A member's value as its column's kind has it; null where it is absent. */
static void put_value(const struct fm_column *c, const void *row)
{
	char text[FM_WHY_MAX];

	fm_row_text(c, row, text);
	if (!*text)
		fputs("null", stdout);
	else if (c->kind == fm_num || c->kind == fm_real)
		fputs(text, stdout);
	else
		fm_json_string(stdout, text);
}

/* The row's members but for those that what it stands in has said. */
static void put_members(const struct fm_table *table, const void *row,
			int (*is_said)(const char *column))
{
	const char *gap = "";

	for (size_t i = 0; i < table->columns; i++) {
		if (is_said && is_said(table->column[i].name))
			continue;
		fputs(gap, stdout);
		fm_json_string(stdout, table->column[i].name);
		fputs(": ", stdout);
		put_value(&table->column[i], row);
		gap = ", ";
	}
}

static int is_said_by_point(const char *column)
{
	return fm_is_axis(column) || !strcmp(column, "point") ||
	       !strcmp(column, "parameters");
}

static int is_said_by_result(const char *column)
{
	return !strcmp(column, "point") || !strcmp(column, "metric");
}

static void put_result(const struct fm_export *run,
		       const struct fm_summary_row *row)
{
	struct fm_export_blocks b = fm_export_blocks(run, row);

	fputs("    {", stdout);
	put_members(&fm_summary_table, row, is_said_by_point);
	fputs(", \"of_blocks\": [", stdout);
	for (size_t i = 0; i < b.n; i++) {
		fputs(i ? ",\n      {" : "\n      {", stdout);
		put_members(&fm_quantile_table, &b.first[i], is_said_by_result);
		putchar('}');
	}
	fputs("]}", stdout);
}

static void put_results(const struct fm_export *run, uint64_t point)
{
	size_t n = 0;

	for (size_t i = 0; i < run->rows; i++) {
		if (run->row[i].point != point)
			continue;
		fputs(n++ ? ",\n" : "\n", stdout);
		put_result(run, &run->row[i]);
	}
}

static int is_wanted(const struct fm_export *run, uint64_t point)
{
	for (size_t i = 0; i < run->rows; i++)
		if (run->row[i].point == point)
			return 1;
	return !run->is_part;
}

int fm_export_json(const struct fm_export *run)
{
	const char *gap = "";

	fputs("{\n\"format\": \"forkmeter-run\", \"version\": 1,\n\"run\": ",
	      stdout);
	fm_json_string(stdout, run->run);
	fputs(",\n\"machine\": ", stdout);
	fm_fact_write(&run->facts, stdout);
	fputs(",\n\"points\": [", stdout);
	for (size_t i = 0; i < run->points; i++) {
		if (!is_wanted(run, run->plan[i].point))
			continue;
		printf("%s\n  {", gap);
		gap = ",";
		put_members(&fm_plan_table, &run->plan[i], NULL);
		fputs(", \"results\": [", stdout);
		put_results(run, run->plan[i].point);
		fputs("]}", stdout);
	}
	fputs("\n]}\n", stdout);
	return fflush(stdout) || ferror(stdout) ? -EIO : 0;
}
