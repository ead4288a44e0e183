/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of our tables in an SQLite database. */
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "sql.h"

int fm_sql_error(sqlite3 *db, int code, struct fm_why *why)
{
	const char *said = db ? sqlite3_errmsg(db) : sqlite3_errstr(code);
	const char *advice = "";
	int err = EIO;

	if (code == SQLITE_READONLY && db &&
	    sqlite3_extended_errcode(db) == SQLITE_READONLY_DBMOVED)
		return fm_fail(why, ESTALE,
			       "deleted, or replaced by another, meanwhile");
	switch (code & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return 0;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		err = EBUSY;
		advice = "; another forkmeter is writing to it: try again";
		break;
	case SQLITE_FULL:
		err = ENOSPC;
		advice = "; free space, and do it again";
		break;
	case SQLITE_READONLY:
	case SQLITE_PERM:
		err = EACCES;
		advice = "; it is not yours to write to";
		break;
	case SQLITE_CANTOPEN:
		err = ENOENT;
		break;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		err = EBADMSG;
		advice = "; forkmeter history rebuild makes it anew";
		break;
	case SQLITE_NOMEM:
		err = ENOMEM;
		break;
	}
	return fm_fail(why, err, "%s%s", said, advice);
}

int fm_sql_run(sqlite3 *db, const char *sql, struct fm_why *why)
{
	return fm_sql_error(db, sqlite3_exec(db, sql, NULL, NULL, NULL), why);
}

/* Appends; what does not fit is cut, and SQLite will not take it. */
__attribute__((format(printf, 3, 4))) static void append(char *buf, size_t size,
							 const char *fmt, ...)
{
	size_t n = strlen(buf);
	va_list args;

	va_start(args, fmt);
	vsnprintf(buf + n, size - n, fmt, args);
	va_end(args);
}

const char *fm_sql_schema(const struct fm_table *t, const char *more, char *buf,
			  size_t size)
{
	static const char *const types[] = { "INTEGER", "REAL", "TEXT",
					     "TEXT" };

	snprintf(buf, size, "CREATE TABLE \"%s\" (", t->name);
	for (size_t i = 0; i < t->columns; i++)
		append(buf, size, "%s\"%s\" %s", i ? ", " : "",
		       t->column[i].name, types[t->column[i].kind]);
	append(buf, size, "%s;\n", more);
	return buf;
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *statement = NULL;

	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
		return NULL;
	return statement;
}

sqlite3_stmt *fm_sql_insert(sqlite3 *db, const struct fm_table *t)
{
	char sql[8192];

	snprintf(sql, sizeof(sql), "INSERT INTO \"%s\" VALUES (", t->name);
	for (size_t i = 0; i < t->columns; i++)
		append(sql, sizeof(sql), "%s", i ? ", ?" : "?");
	append(sql, sizeof(sql), ")");
	return prepare(db, sql);
}

sqlite3_stmt *fm_sql_select(sqlite3 *db, const struct fm_table *t,
			    const char *rest)
{
	char sql[8192] = "SELECT ";

	for (size_t i = 0; i < t->columns; i++)
		append(sql, sizeof(sql), "%s\"%s\"", i ? ", " : "",
		       t->column[i].name);
	append(sql, sizeof(sql), " FROM \"%s\" %s", t->name, rest);
	return prepare(db, sql);
}

void fm_sql_bind(sqlite3_stmt *statement, int at, const struct fm_column *c,
		 const void *row)
{
	const void *field = (const char *)row + c->offset;
	uint64_t n = c->kind == fm_num ? *(const uint64_t *)field : 0;
	double x = c->kind == fm_real ? *(const double *)field : 0;

	if (c->kind == fm_num && n != FM_ABSENT)
		sqlite3_bind_int64(statement, at, (sqlite3_int64)n);
	else if (c->kind == fm_real && isfinite(x))
		sqlite3_bind_double(statement, at, x);
	else if (c->kind == fm_str || c->kind == fm_text)
		sqlite3_bind_text(statement, at, field, -1, SQLITE_TRANSIENT);
	else
		sqlite3_bind_null(statement, at);
}

int fm_sql_put(sqlite3_stmt *insert, const struct fm_table *t, const void *row)
{
	int code;

	for (size_t i = 0; i < t->columns; i++)
		fm_sql_bind(insert, (int)i + 1, &t->column[i], row);
	code = sqlite3_step(insert);
	sqlite3_reset(insert);
	return code;
}

void fm_sql_take(sqlite3_stmt *select, const struct fm_table *t, void *row)
{
	fm_row_clear(t, row);
	for (size_t i = 0; i < t->columns; i++) {
		const struct fm_column *c = &t->column[i];
		void *field = (char *)row + c->offset;
		int at = (int)i;

		if (sqlite3_column_type(select, at) == SQLITE_NULL)
			continue;
		if (c->kind == fm_num)
			*(uint64_t *)field =
				(uint64_t)sqlite3_column_int64(select, at);
		else if (c->kind == fm_real)
			*(double *)field = sqlite3_column_double(select, at);
		else
			snprintf(field, c->size, "%s",
				 (const char *)sqlite3_column_text(select, at));
	}
}
