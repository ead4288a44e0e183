/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables for people and for programs, on standard output. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "print.h"

const char fm_format_names[] = "text,tsv,csv,json,markdown,latex";

int fm_format_parse(const char *name, enum fm_format *format)
{
	static const char *const names[] = { "text", "tsv",	 "csv",
					     "json", "markdown", "latex" };

	*format = FM_TEXT;
	for (int i = 0; name && i <= FM_LATEX; i++) {
		*format = (enum fm_format)i;
		if (!strcmp(name, names[i]))
			return 0;
	}
	return name ? -EINVAL : 0;
}

void fm_print_begin(struct fm_print *p, enum fm_format format,
		    const char *const *header, size_t columns)
{
	*p = (struct fm_print){ .format = format,
				.header = header,
				.columns = columns };
}

void fm_print_row(struct fm_print *p, const char *const *cell)
{
	if (p->rows == p->room) {
		p->room = p->room ? 2 * p->room : 32;
		p->cell = realloc(p->cell,
				  p->room * p->columns * sizeof(*p->cell));
		if (!p->cell)
			abort();
	}
	for (size_t c = 0; c < p->columns; c++) {
		char *copy = strdup(cell[c] ? cell[c] : "");

		if (!copy)
			abort();
		p->cell[p->rows * p->columns + c] = copy;
	}
	p->rows++;
}

static const char *cell(const struct fm_print *p, size_t row, size_t column)
{
	return p->cell[row * p->columns + column];
}

static int is_number(const char *text)
{
	char *end;

	if (!*text || strspn(text, "0123456789+-.eE") != strlen(text))
		return 0;
	strtod(text, &end);
	return !*end;
}

static int starts_with_digit(const char *text)
{
	text += *text == '+' || *text == '-';
	return *text >= '0' && *text <= '9';
}

/* A column of quantities stands at the right edge. */
int fm_print_is_right(const struct fm_print *p, size_t column)
{
	size_t quantities = 0;

	for (size_t r = 0; r < p->rows; r++) {
		const char *text = cell(p, r, column);

		if (*text && strcmp(text, "-") && !starts_with_digit(text))
			return 0;
		quantities += starts_with_digit(text);
	}
	return quantities > 0;
}

static void put_tsv(const char *text)
{
	for (; *text; text++)
		putchar(*text == '\t' || *text == '\n' ? ' ' : *text);
}

static void put_csv(const char *text)
{
	if (!strpbrk(text, ",\"\n\r")) {
		fputs(text, stdout);
		return;
	}
	putchar('"');
	for (; *text; text++) {
		if (*text == '"')
			putchar('"');
		putchar(*text);
	}
	putchar('"');
}

static void put_markdown(const char *text)
{
	for (; *text; text++) {
		if (*text == '|' || *text == '\\' || *text == '_' ||
		    *text == '*' || *text == '<')
			putchar('\\');
		putchar(*text == '\n' ? ' ' : *text);
	}
}

/* scripts/latex.awk does the same for what scripts print. */
static void put_latex(const char *text)
{
	static const struct {
		char c;
		const char *as;
	} names[] = {
		{ '\\', "\\textbackslash{}" },
		{ '~', "\\textasciitilde{}" },
		{ '^', "\\textasciicircum{}" },
		{ '<', "\\textless{}" },
		{ '>', "\\textgreater{}" },
		{ '|', "\\textbar{}" },
		{ '"', "\\textquotedbl{}" },
		{ '`', "\\textasciigrave{}" },
		{ '[', "{[}" },
		{ '*', "{*}" },
		{ '\n', " " },
	};

	for (; *text; text++) {
		const char *as = NULL;

		for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
			as = names[i].c == *text ? names[i].as : as;
		if (as)
			fputs(as, stdout);
		else if (strchr("&%$#_{}", *text))
			printf("\\%c", *text);
		else if ((*text == '-' || *text == '\'') && text[1] == *text)
			printf("%c{}", *text); /* two of them, and no dash */
		else
			putchar(*text);
	}
}

static void joined(const char *const *cells, size_t n, const char *before,
		   const char *between, const char *after,
		   void (*put)(const char *))
{
	fputs(before, stdout);
	for (size_t c = 0; c < n; c++) {
		if (c)
			fputs(between, stdout);
		put(cells[c]);
	}
	fputs(after, stdout);
}

static void print_json(const struct fm_print *p)
{
	putchar('[');
	for (size_t r = 0; r < p->rows; r++) {
		fputs(r ? ",\n {" : "\n {", stdout);
		for (size_t c = 0; c < p->columns; c++) {
			const char *text = cell(p, r, c);

			if (c)
				fputs(", ", stdout);
			fm_json_string(stdout, p->header[c]);
			fputs(": ", stdout);
			if (!*text)
				fputs("null", stdout);
			else if (is_number(text))
				fputs(text, stdout);
			else
				fm_json_string(stdout, text);
		}
		putchar('}');
	}
	fputs("\n]\n", stdout);
}

static void print_markdown_rule(const struct fm_print *p)
{
	putchar('|');
	for (size_t c = 0; c < p->columns; c++)
		fputs(fm_print_is_right(p, c) ? " ---: |" : " --- |", stdout);
	putchar('\n');
}

static void print_latex_head(const struct fm_print *p)
{
	fputs("\\begin{tabular}{", stdout);
	for (size_t c = 0; c < p->columns; c++)
		putchar(fm_print_is_right(p, c) ? 'r' : 'l');
	fputs("}\n\\toprule\n", stdout);
}

static void print_joined(const struct fm_print *p)
{
	static const struct {
		const char *before, *between, *after;
		void (*put)(const char *);
	} styles[] = {
		[FM_TSV] = { "", "\t", "\n", put_tsv },
		[FM_CSV] = { "", ",", "\r\n", put_csv },
		[FM_MARKDOWN] = { "| ", " | ", " |\n", put_markdown },
		[FM_LATEX] = { "", " & ", " \\\\\n", put_latex },
	};
	const char *const *rows = (const char *const *)p->cell;

	if (p->format == FM_LATEX)
		print_latex_head(p);
	joined(p->header, p->columns, styles[p->format].before,
	       styles[p->format].between, styles[p->format].after,
	       styles[p->format].put);
	if (p->format == FM_MARKDOWN)
		print_markdown_rule(p);
	if (p->format == FM_LATEX)
		fputs("\\midrule\n", stdout);
	for (size_t r = 0; r < p->rows; r++)
		joined(rows + r * p->columns, p->columns,
		       styles[p->format].before, styles[p->format].between,
		       styles[p->format].after, styles[p->format].put);
	if (p->format == FM_LATEX)
		fputs("\\bottomrule\n\\end{tabular}\n", stdout);
}

int fm_print_end(struct fm_print *p)
{
	if (p->format == FM_TEXT)
		fm_print_text(p);
	else if (p->format == FM_JSON)
		print_json(p);
	else
		print_joined(p);
	for (size_t i = 0; i < p->rows * p->columns; i++)
		free(p->cell[i]);
	free(p->cell);
	return fflush(stdout) || ferror(stdout) ? -EIO : 0;
}

int fm_print_rows(enum fm_format format, const struct fm_table *table,
		  const void *rows, size_t n)
{
	const char *header[table->columns], *cells[table->columns];
	char text[table->columns][FM_WHY_MAX];
	struct fm_print print;

	for (size_t c = 0; c < table->columns; c++) {
		header[c] = table->column[c].name;
		cells[c] = text[c];
	}
	fm_print_begin(&print, format, header, table->columns);
	for (size_t i = 0; i < n; i++) {
		const char *row = (const char *)rows + i * table->row_size;

		for (size_t c = 0; c < table->columns; c++)
			fm_row_text(&table->column[c], row, text[c]);
		fm_print_row(&print, cells);
	}
	return fm_print_end(&print);
}
