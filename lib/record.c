/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of a run: written a line at a time, read by the names of columns. */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "record.h"

const struct fm_column *fm_table_column(const struct fm_table *table,
					const char *name)
{
	for (size_t i = 0; i < table->columns; i++)
		if (!strcmp(table->column[i].name, name))
			return &table->column[i];
	return NULL;
}

void fm_row_clear(const struct fm_table *table, void *row)
{
	memset(row, 0, table->row_size);
	for (size_t i = 0; i < table->columns; i++)
		fm_row_set(&table->column[i], row, "");
}

void fm_row_copy(const struct fm_table *to, void *row,
		 const struct fm_table *from, const void *source)
{
	for (size_t i = 0; i < from->columns; i++) {
		const struct fm_column *c = &from->column[i];
		const struct fm_column *there = fm_table_column(to, c->name);

		if (there)
			memcpy((char *)row + there->offset,
			       (const char *)source + c->offset, there->size);
	}
}

int fm_is_axis(const char *column)
{
	const struct fm_column *c = fm_table_column(&fm_plan_table, column);

	return c && c < fm_table_column(&fm_plan_table, "parameters") &&
	       strcmp(column, "point");
}

int fm_row_same_point(const struct fm_table *table, const void *row,
		      const struct fm_table *of_other, const void *other)
{
	char a[FM_WHY_MAX], b[FM_WHY_MAX];

	for (size_t i = 0; i < fm_plan_table.columns; i++) {
		const char *name = fm_plan_table.column[i].name;

		if (fm_is_axis(name) &&
		    strcmp(fm_row_text(fm_table_column(table, name), row, a),
			   fm_row_text(fm_table_column(of_other, name), other,
				       b)))
			return 0;
	}
	return 1;
}

const char *fm_row_text(const struct fm_column *column, const void *row,
			char *buf)
{
	const char *field = (const char *)row + column->offset;

	buf[0] = '\0';
	if (column->kind == fm_num) {
		uint64_t n = *(const uint64_t *)(const void *)field;

		if (n != FM_ABSENT)
			snprintf(buf, FM_WHY_MAX, "%" PRIu64, n);
	} else if (column->kind == fm_real) {
		double x = *(const double *)(const void *)field;

		if (isfinite(x))
			snprintf(buf, FM_WHY_MAX, "%.10g", x);
	} else {
		snprintf(buf, FM_WHY_MAX, "%s", field);
		for (char *c = buf; *c; c++) /* a field is one field */
			if ((unsigned char)*c < ' ')
				*c = ' ';
	}
	return buf;
}

int fm_row_set(const struct fm_column *column, void *row, const char *text)
{
	char *field = (char *)row + column->offset, *end = NULL;

	switch (column->kind) {
	case fm_num:
		errno = 0;
		*(uint64_t *)(void *)field =
			*text ? strtoull(text, &end, 10) : FM_ABSENT;
		if (errno || *text == '-')
			return -EINVAL;
		break;
	case fm_real:
		*(double *)(void *)field = *text ? strtod(text, &end) : NAN;
		if (*text && !isfinite(*(double *)(void *)field))
			return -EINVAL;
		break;
	case fm_str:
	case fm_text:
		snprintf(field, column->size, "%s", text);
		return 0;
	}
	return *text && (end == text || *end) ? -EINVAL : 0;
}

int fm_table_write_header(const struct fm_table *table, FILE *out)
{
	for (size_t i = 0; i < table->columns; i++)
		fprintf(out, "%s%s", i ? "\t" : "", table->column[i].name);
	fputc('\n', out);
	return ferror(out) ? -EIO : 0;
}

int fm_table_write(const struct fm_table *table, FILE *out, const void *row)
{
	char buf[FM_WHY_MAX];

	for (size_t i = 0; i < table->columns; i++) {
		if (i)
			fputc('\t', out);
		fputs(fm_row_text(&table->column[i], row, buf), out);
	}
	fputc('\n', out);
	return ferror(out) ? -EIO : 0;
}

enum { FIELDS_MAX = 192 }; /* samples.tsv with FM_COUNTS_MAX counters */

/* Cuts the line at its tabs. Returns the number of fields. */
static size_t cut(char *line, char **field)
{
	size_t n = 0;

	for (char *at = line; at && n < FIELDS_MAX; n++) {
		field[n] = at;
		at = strchr(at, '\t');
		if (at)
			*at++ = '\0';
	}
	return n;
}

struct reader {
	const struct fm_table *table;
	const struct fm_column *column[FIELDS_MAX]; /* NULL: unknown */
	size_t fields;
	void *row;
};

static int read_line(struct reader *r, char *line)
{
	char *field[FIELDS_MAX];
	int err = 0;

	if (cut(line, field) != r->fields)
		return -EBADMSG;
	fm_row_clear(r->table, r->row);
	for (size_t i = 0; i < r->fields && !err; i++)
		if (r->column[i])
			err = fm_row_set(r->column[i], r->row, field[i]);
	return err ? -EBADMSG : 0;
}

static int read_rows(struct reader *r, FILE *in, fm_row_fn *fn, void *ctx,
		     size_t *bad_line)
{
	char *line = NULL;
	size_t size = 0, number = 1;
	int err = 0;
	ssize_t n;

	*bad_line = 0;
	while (!err && (n = getline(&line, &size, in)) > 0) {
		number++;
		if (*bad_line) {
			err = -EBADMSG; /* it was not the last */
			break;
		}
		if (line[n - 1] == '\n')
			line[n - 1] = '\0';
		else
			break;
		if (read_line(r, line))
			*bad_line = number;
		else
			err = fn(r->row, ctx);
	}
	if (!err && ferror(in))
		err = -EIO;
	free(line);
	return err;
}

int fm_table_read(const struct fm_table *table, const char *dir, fm_row_fn *fn,
		  void *ctx, struct fm_why *why)
{
	struct reader r = { .table = table };
	char path[PATH_MAX], *header = NULL, *name[FIELDS_MAX];
	size_t size = 0, bad_line = 0;
	ssize_t n;
	FILE *in;
	int err;

	snprintf(path, sizeof(path), "%s/%s.tsv", dir, table->name);
	in = fopen(path, "re");
	if (!in)
		return fm_fail(why, errno, "%s: %s", path, strerror(errno));
	n = getline(&header, &size, in);
	if (n > 0 && header[n - 1] == '\n')
		header[n - 1] = '\0';
	r.fields = n > 0 ? cut(header, name) : 0;
	for (size_t i = 0; i < r.fields; i++)
		r.column[i] = fm_table_column(table, name[i]);
	r.row = malloc(table->row_size);
	err = r.row ? read_rows(&r, in, fn, ctx, &bad_line) : -ENOMEM;
	if (err == -EBADMSG)
		fm_fail(why, EBADMSG,
			"%s: line %zu is damaged; measure the run again", path,
			bad_line);
	else if (err < 0)
		fm_fail(why, -err, "%s: %s", path, strerror(-err));
	free(r.row);
	free(header);
	fclose(in);
	return err;
}

struct load {
	size_t row_size, n, room;
	char *rows;
};

static int append(const void *row, void *ctx)
{
	struct load *load = ctx;

	if (load->n == load->room) {
		size_t room = load->room ? 2 * load->room : 64;
		char *rows = realloc(load->rows, room * load->row_size);

		if (!rows)
			return -ENOMEM;
		load->rows = rows;
		load->room = room;
	}
	memcpy(load->rows + load->n++ * load->row_size, row, load->row_size);
	return 0;
}

int fm_table_load(const struct fm_table *table, const char *dir, void **rows,
		  size_t *n, struct fm_why *why)
{
	struct load load = { .row_size = table->row_size };
	int err = fm_table_read(table, dir, append, &load, why);

	if (err) {
		free(load.rows);
		return err;
	}
	*rows = load.rows;
	*n = load.n;
	return 0;
}
