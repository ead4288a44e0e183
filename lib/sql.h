/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of our tables in an SQLite database, by the columns' declarations. */
#ifndef FM_SQL_H
#define FM_SQL_H

#include <sqlite3.h>

#include "err.h"
#include "record.h"

/*
 * What to return for what SQLite says, with its own words in why and what to do
 * about it; 0 for SQLITE_OK, SQLITE_ROW and SQLITE_DONE. -ESTALE: another file
 * has the database's name by now, or none.
 */
int fm_sql_error(sqlite3 *db, int code, struct fm_why *why);

/* One or more statements without results. Returns 0 or -errno. */
int fm_sql_run(sqlite3 *db, const char *sql, struct fm_why *why);

/*
 * The statement that makes the table; more: what follows its columns. Returns
 * buf.
 */
const char *fm_sql_schema(const struct fm_table *table, const char *more,
			  char *buf, size_t size);

/*
 * Prepared statements, to be finalized: NULL where they cannot be, for which
 * fm_sql_error(db, sqlite3_errcode(db)) says why.
 */
sqlite3_stmt *fm_sql_insert(sqlite3 *db, const struct fm_table *table);
sqlite3_stmt *fm_sql_select(sqlite3 *db, const struct fm_table *table,
			    const char *rest);

/* The field, or NULL where it is absent (a text is never), as parameter at. */
void fm_sql_bind(sqlite3_stmt *statement, int at,
		 const struct fm_column *column, const void *row);

/* Runs an insert once with that row. Returns SQLite's code. */
int fm_sql_put(sqlite3_stmt *insert, const struct fm_table *table,
	       const void *row);

/* The row that a select is at. */
void fm_sql_take(sqlite3_stmt *select, const struct fm_table *table, void *row);

#endif
