/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables for people and for programs, on standard output. */
#ifndef FM_PRINT_H
#define FM_PRINT_H

#include <stddef.h>

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
};

/* header: columns names, which must live until fm_print_end. */
void fm_print_begin(struct fm_print *print, enum fm_format format,
		    const char *const *header, size_t columns);
/* Copies the cells, columns of them; NULL is an empty one. */
void fm_print_row(struct fm_print *print, const char *const *cell);
/* Writes the table. Returns 0, or -EIO when it could not be written. */
int fm_print_end(struct fm_print *print);

#endif
