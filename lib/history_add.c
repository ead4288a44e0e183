/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index of many runs: one more. */
#include <errno.h>
#include <string.h>

#include "history_parts.h"

static int failed(struct fm_addition *a, int code)
{
	return fm_history_error(a->history, code, a->why);
}

/* Runs what sqlite3_mprintf made, and frees it. */
static int run_sql(struct fm_addition *a, char *sql)
{
	int code = sql ? sqlite3_exec(a->history->db, sql, NULL, NULL, NULL) :
			 SQLITE_NOMEM;

	sqlite3_free(sql);
	return failed(a, code);
}

/* The number that the query finds; FM_ABSENT where it finds no row. */
static int ask(struct fm_addition *a, char *sql, uint64_t *found)
{
	sqlite3_stmt *s = NULL;
	int code = sql ? sqlite3_prepare_v2(a->history->db, sql, -1, &s, NULL) :
			 SQLITE_NOMEM;

	*found = FM_ABSENT;
	if (code == SQLITE_OK)
		code = sqlite3_step(s);
	if (code == SQLITE_ROW)
		*found = (uint64_t)sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	sqlite3_free(sql);
	return failed(a, code);
}

/* A run that is there already goes with its values, and keeps its number. */
static int take_out(struct fm_addition *a)
{
	struct fm_history_run *run = &a->run;
	int err = ask(a,
		      sqlite3_mprintf("SELECT run FROM run WHERE digest = %Q",
				      run->digest),
		      &run->run);

	a->is_known = run->run != FM_ABSENT;
	if (err || !a->is_known)
		return err;
	return run_sql(
		a, sqlite3_mprintf("DELETE FROM value WHERE run = %llu AND at "
				   "= %llu AND series IN (SELECT series FROM "
				   "series WHERE host = %Q AND host_id = %Q);"
				   "DELETE FROM run WHERE run = %llu",
				   run->run, run->at, run->host, run->host_id,
				   run->run));
}

static int put_facts(struct fm_addition *a)
{
	sqlite3 *db = a->history->db;
	sqlite3_stmt *s = NULL;
	int code = sqlite3_prepare_v2(
		db, "INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?)", -1, &s, NULL);

	for (size_t i = 0; i < a->facts.n && code == SQLITE_OK; i++) {
		const struct fm_fact *f = &a->facts.fact[i];

		if (f->role == FM_FACT_NOTE)
			continue;
		sqlite3_bind_int64(s, 1, (sqlite3_int64)a->run.machine);
		sqlite3_bind_int64(s, 2, (sqlite3_int64)i);
		sqlite3_bind_int(s, 3, f->role);
		sqlite3_bind_text(s, 4, f->key, -1, SQLITE_STATIC);
		sqlite3_bind_text(s, 5, f->value, -1, SQLITE_STATIC);
		sqlite3_bind_text(s, 6, f->why, -1, SQLITE_STATIC);
		code = sqlite3_step(s);
		if (code == SQLITE_DONE)
			code = sqlite3_reset(s);
	}
	sqlite3_finalize(s);
	return failed(a, code);
}

/* Many runs share one state of one machine, and so its facts. */
static int put_machine(struct fm_addition *a)
{
	const struct fm_history_run *run = &a->run;
	int err = ask(a,
		      sqlite3_mprintf("SELECT machine FROM machine WHERE "
				      "host_id = %Q AND state = %Q",
				      run->host_id, run->state),
		      &a->run.machine);

	if (err || run->machine != FM_ABSENT)
		return err;
	err = run_sql(a, sqlite3_mprintf("INSERT INTO machine (host_id, state) "
					 "VALUES (%Q, %Q)",
					 run->host_id, run->state));
	a->run.machine = (uint64_t)sqlite3_last_insert_rowid(a->history->db);
	return err ? err : put_facts(a);
}

static int put_run(struct fm_addition *a)
{
	sqlite3_stmt *s = fm_sql_insert(a->history->db, &fm_history_run_table);
	int code = s ? fm_sql_put(s, &fm_history_run_table, &a->run) :
		       sqlite3_errcode(a->history->db);
	int err = failed(a, code);

	sqlite3_finalize(s);
	a->run.run = (uint64_t)sqlite3_last_insert_rowid(a->history->db);
	return err;
}

/* The series that a line belongs to, found or begun. */
static int series_of(struct fm_addition *a, const struct fm_summary_row *line,
		     sqlite3_stmt *insert, uint64_t *series)
{
	struct fm_history_series row;
	int err = ask(
		a,
		sqlite3_mprintf(
			"SELECT series FROM series WHERE host = %Q AND "
			"host_id = %Q AND settings = %Q AND workload = %Q AND "
			"strategy = %Q AND backing = %Q AND "
			"ifnull(rss_bytes, -1) = %lld AND child = %Q "
			"AND parameters = %Q AND "
			"metric = %Q",
			a->run.host, a->run.host_id, a->run.settings,
			line->workload, line->strategy, line->backing,
			(sqlite3_int64)line->rss_bytes, line->child,
			line->parameters, line->metric),
		series);

	if (err || *series != FM_ABSENT)
		return err;
	fm_row_clear(&fm_history_series_table, &row);
	fm_row_copy(&fm_history_series_table, &row, &fm_summary_table, line);
	strcpy(row.host, a->run.host);
	strcpy(row.host_id, a->run.host_id);
	strcpy(row.settings, a->run.settings);
	row.point = FM_ABSENT; /* another in every plan */
	err = failed(a, fm_sql_put(insert, &fm_history_series_table, &row));
	*series = (uint64_t)sqlite3_last_insert_rowid(a->history->db);
	return err;
}

static int put_line(struct fm_addition *a, const struct fm_summary_row *line,
		    sqlite3_stmt *begin, sqlite3_stmt *insert)
{
	struct fm_history_value value;
	int err;

	fm_row_clear(&fm_history_value_table, &value);
	fm_row_copy(&fm_history_value_table, &value, &fm_summary_table, line);
	value.run = a->run.run;
	value.at = a->run.at;
	err = series_of(a, line, begin, &value.series);
	return err ? err :
		     failed(a, fm_sql_put(insert, &fm_history_value_table,
					  &value));
}

static int put_lines(struct fm_addition *a)
{
	sqlite3 *db = a->history->db;
	sqlite3_stmt *begin = fm_sql_insert(db, &fm_history_series_table);
	sqlite3_stmt *insert = fm_sql_insert(db, &fm_history_value_table);
	int err = begin && insert ? 0 : failed(a, sqlite3_errcode(db));

	for (size_t i = 0; i < a->lines && !err; i++)
		err = put_line(a, &a->line[i], begin, insert);
	sqlite3_finalize(begin);
	sqlite3_finalize(insert);
	return err;
}

/* As a transaction, or as part of a rebuild's. */
static int put(struct fm_addition *a)
{
	int alone = sqlite3_get_autocommit(a->history->db);
	int err = run_sql(a, sqlite3_mprintf(alone ? "BEGIN IMMEDIATE" :
						     "SAVEPOINT one"));

	if (err)
		return err;
	err = take_out(a);
	if (!err)
		err = put_machine(a);
	if (!err)
		err = put_run(a);
	if (!err)
		err = put_lines(a);
	if (!err)
		return run_sql(a, sqlite3_mprintf(alone ? "COMMIT" :
							  "RELEASE one"));
	sqlite3_exec(a->history->db,
		     alone ? "ROLLBACK" : "ROLLBACK TO one; RELEASE one", NULL,
		     NULL, NULL);
	return err;
}

int fm_history_add(struct fm_history *h, const char *run,
		   enum fm_history_added *added, struct fm_why *why)
{
	struct fm_addition a = { .history = h, .why = why };
	int err = fm_addition_read(&a, run);

	if (!err)
		err = put(&a);
	*added = a.is_known ? FM_HISTORY_AGAIN : FM_HISTORY_NEW;
	fm_addition_free(&a);
	return err;
}
