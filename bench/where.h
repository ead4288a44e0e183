/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of a table that --where KEY=VALUE asks for. */
#ifndef FM_WHERE_H
#define FM_WHERE_H

#include "record.h"

/*
 * The column that a KEY, or the KEY of KEY=VALUE, names; "rss" is what the
 * headings of tables call rss_bytes. NULL: no such column.
 */
const struct fm_column *fm_where_column(const struct fm_table *table,
					const char *where);

/* Whether the row has the value; the column must be one. Sizes may be 64M. */
int fm_where_wants(const struct fm_table *table, const char *where,
		   const void *row);

#endif
