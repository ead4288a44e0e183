/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run as CSV: a line a block, with all that says of what it is. */
#include "export.h"
#include "print.h"

/* Columns of the point, then of the block; both have the number of the point
 * and the metric. */
static int is_of_point(const struct fm_column *c)
{
	return fm_is_axis(c->name) ||
	       c == fm_table_column(&fm_summary_table, "point") ||
	       c == fm_table_column(&fm_summary_table, "parameters") ||
	       c == fm_table_column(&fm_summary_table, "metric") ||
	       c == fm_table_column(&fm_summary_table, "unit");
}

static int is_of_block(const struct fm_column *c)
{
	return c != fm_table_column(&fm_quantile_table, "point") &&
	       c != fm_table_column(&fm_quantile_table, "metric");
}

struct csv {
	const struct fm_column *column[128];
	const char *header[128];
	char text[128][FM_WHY_MAX];
	size_t columns, of_point;
};

static void add_columns(struct csv *csv, const struct fm_table *table,
			int (*wants)(const struct fm_column *))
{
	for (size_t i = 0; i < table->columns; i++) {
		if (!wants(&table->column[i]))
			continue;
		csv->column[csv->columns] = &table->column[i];
		csv->header[csv->columns++] = table->column[i].name;
	}
}

static void fill(struct csv *csv, size_t from, size_t to, const void *row)
{
	for (size_t i = from; i < to; i++)
		fm_row_text(csv->column[i], row, csv->text[i]);
}

int fm_export_csv(const struct fm_export *run)
{
	static struct csv csv;
	const char *cells[128];
	struct fm_print print;

	csv.columns = 1; /* the first is the run */
	csv.header[0] = "run";
	add_columns(&csv, &fm_summary_table, is_of_point);
	csv.of_point = csv.columns;
	add_columns(&csv, &fm_quantile_table, is_of_block);
	for (size_t i = 0; i < csv.columns; i++)
		cells[i] = csv.text[i];
	cells[0] = run->run;
	fm_print_begin(&print, FM_CSV, csv.header, csv.columns);
	for (size_t i = 0; i < run->rows; i++) {
		struct fm_export_blocks b = fm_export_blocks(run, &run->row[i]);

		if (fm_export_is_broken(&run->row[i]))
			continue;
		fill(&csv, 1, csv.of_point, &run->row[i]);
		for (size_t k = 0; k < b.n; k++) {
			fill(&csv, csv.of_point, csv.columns, &b.first[k]);
			fm_print_row(&print, cells);
		}
	}
	return fm_print_end(&print);
}
