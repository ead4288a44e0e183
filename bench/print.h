/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables for people and for programs, on standard output. */
#ifndef FM_PRINT_H
#define FM_PRINT_H

#include <stddef.h>

#include "record.h"

enum fm_format {
	FM_TEXT, /* aligned, may change */
	FM_TSV,
	FM_CSV,	 /* RFC 4180 */
	FM_JSON, /* an array of objects */
	FM_MARKDOWN,
	FM_LATEX, /* booktabs */
};

/* Returns 0, or -EINVAL for an unknown name. NULL is text. */
int fm_format_parse(const char *name, enum fm_format *format);
extern const char fm_format_names[]; /* a comma list */

struct fm_print {
	enum fm_format format;
	size_t columns, rows, room;
	const char *const *header;
	char **cell; /* rows x columns */
	/*
	 * Text on a terminal that is too narrow: columns that go first, a comma
	 * list. Columns without any content never show in text.
	 */
	const char *drop;
};

/* header: columns names, which must live until fm_print_end. */
void fm_print_begin(struct fm_print *print, enum fm_format format,
		    const char *const *header, size_t columns);
/* Copies the cells, columns of them; NULL is an empty one. */
void fm_print_row(struct fm_print *print, const char *const *cell);
/* Writes the table. Returns 0, or -EIO when it could not be written. */
int fm_print_end(struct fm_print *print);

/*
 * The n rows of the table with all columns, under their names in the files.
 * Returns 0 or -EIO.
 */
int fm_print_rows(enum fm_format format, const struct fm_table *table,
		  const void *rows, size_t n);

/* Whether the column holds quantities, which stand at the right edge. */
int fm_print_is_right(const struct fm_print *print, size_t column);

/*
 * The terminal's code for the colour of a verdict ("ok", "noise: ...",
 * "BROKEN"), ended by "\033[0m"; "" where there is none, or none is wanted
 * (NO_COLOR, no terminal).
 */
const char *fm_print_colour(const char *text);

/*
 * The text in the column at, where the cursor is, to its end: on as many lines
 * as it takes on this terminal, or on a page of 80 columns.
 */
void fm_print_wrapped(const char *text, int at);
/* The same for what stands above others. */
const char *fm_print_heading(void);

/*
 * Columns of the terminal, at least 40; where standard output is none, those
 * that $COLUMNS says, else 80.
 */
int fm_print_width(void);

/* The table as text, for fm_print_end. */
void fm_print_text(const struct fm_print *print);

#endif
