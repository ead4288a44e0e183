/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index of many runs: what is read of it. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "history_parts.h"

int fm_history_load(struct fm_history *h, const struct fm_table *table,
		    const char *rest, void **rows, size_t *n,
		    struct fm_why *why)
{
	sqlite3_stmt *s = fm_sql_select(h->db, table, rest);
	int code = s ? SQLITE_OK : sqlite3_errcode(h->db);
	size_t room = 0;
	char *all = NULL;

	*n = 0;
	while (code == SQLITE_OK && (code = sqlite3_step(s)) == SQLITE_ROW) {
		if (*n == room) {
			char *more;

			room = room ? 2 * room : 64;
			more = realloc(all, room * table->row_size);
			if (!more)
				break;
			all = more;
		}
		fm_sql_take(s, table, all + (*n)++ * table->row_size);
		code = SQLITE_OK;
	}
	sqlite3_finalize(s);
	*rows = all;
	if (code == SQLITE_DONE)
		return 0;
	free(all);
	*rows = NULL;
	return code == SQLITE_ROW ?
		       fm_fail(why, ENOMEM, "%s", strerror(ENOMEM)) :
		       fm_history_error(h, code, why);
}

static void take_fact(struct fm_facts *facts, sqlite3_stmt *s)
{
	enum fm_fact_role role = (enum fm_fact_role)sqlite3_column_int(s, 0);
	const char *key = (const char *)sqlite3_column_text(s, 1);
	const char *value = (const char *)sqlite3_column_text(s, 2);
	const char *reason = (const char *)sqlite3_column_text(s, 3);

	if (value)
		fm_fact_text(facts, role, key, value, NULL);
	else
		fm_fact_unknown(facts, role, key, reason ? reason : "", NULL);
}

int fm_history_facts(struct fm_history *h, uint64_t machine,
		     struct fm_facts *facts, struct fm_why *why)
{
	sqlite3_stmt *s = NULL;
	int code = sqlite3_prepare_v2(h->db,
				      "SELECT role, key, value, why FROM fact "
				      "WHERE machine = ? ORDER BY seq",
				      -1, &s, NULL);

	*facts = (struct fm_facts){ 0 };
	if (code == SQLITE_OK)
		code = sqlite3_bind_int64(s, 1, (sqlite3_int64)machine);
	while (code == SQLITE_OK && (code = sqlite3_step(s)) == SQLITE_ROW) {
		take_fact(facts, s);
		code = SQLITE_OK;
	}
	sqlite3_finalize(s);
	return fm_history_error(h, code, why);
}
