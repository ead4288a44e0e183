/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index of many runs: opened, made, read. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "history_parts.h"

enum { WAIT_MS = 30000, TRIES = 9, SCHEMA_MAX = 16384 };

/*
 * Values lie in the order in which a series is read. What the parameters are
 * is known by the words for those that are not the default: a parameter that a
 * later forkmeter adds leaves the series of its default as it is.
 */
static void schema(char *sql, size_t size)
{
	char part[SCHEMA_MAX / 4];

	snprintf(sql, size, "%s",
		 fm_sql_schema(&fm_history_run_table,
			       ", PRIMARY KEY (run), UNIQUE (digest))", part,
			       sizeof(part)));
	strncat(sql,
		fm_sql_schema(&fm_history_series_table,
			      ", PRIMARY KEY (series), UNIQUE (host, host_id, "
			      "settings, workload, strategy, backing, "
			      "rss_bytes, child, parameters, metric))",
			      part, sizeof(part)),
		size - strlen(sql) - 1);
	strncat(sql,
		fm_sql_schema(&fm_history_value_table,
			      ", PRIMARY KEY (series, at, run)) WITHOUT ROWID",
			      part, sizeof(part)),
		size - strlen(sql) - 1);
	strncat(sql,
		"CREATE INDEX run_by_host ON run (host, host_id, at);\n"
		"CREATE TABLE machine (machine INTEGER PRIMARY KEY, host_id "
		"TEXT, state TEXT, UNIQUE (host_id, state));\n"
		"CREATE TABLE fact (machine INTEGER, seq INTEGER, role "
		"INTEGER, key TEXT, value TEXT, why TEXT, PRIMARY KEY "
		"(machine, seq)) WITHOUT ROWID;\n",
		size - strlen(sql) - 1);
}

/* The schema's own digest: indexes of another one are told by it. */
static int version_of(const char *sql)
{
	struct fm_facts facts = { 0 };
	char digits[17];

	fm_fact_text(&facts, FM_FACT_HOST, "schema", sql, "");
	fm_fact_digest(&facts, FM_FACT_HOST, digits);
	fm_fact_free(&facts);
	digits[7] = '\0';
	return (int)strtol(digits, NULL, 16) | 1; /* 0 is an empty database */
}

int fm_history_error(struct fm_history *h, int code, struct fm_why *why)
{
	struct fm_why said = { "" };
	int err = fm_sql_error(h->db, code, &said);

	return err ? fm_fail(why, -err, "%.120s: %s", h->path, said.text) : 0;
}

static int run_sql(struct fm_history *h, const char *sql, struct fm_why *why)
{
	return fm_history_error(h, sqlite3_exec(h->db, sql, NULL, NULL, NULL),
				why);
}

static int number(struct fm_history *h, const char *sql, int *value,
		  struct fm_why *why)
{
	sqlite3_stmt *s = NULL;
	int code = sqlite3_prepare_v2(h->db, sql, -1, &s, NULL);

	*value = 0;
	if (code == SQLITE_OK)
		code = sqlite3_step(s);
	if (code == SQLITE_ROW)
		*value = sqlite3_column_int(s, 0);
	sqlite3_finalize(s);
	return fm_history_error(h, code, why);
}

static int make(struct fm_history *h, const char *sql, int version,
		struct fm_why *why)
{
	char set[64];
	int have, err = number(h, "PRAGMA user_version", &have, why);

	if (err || have)
		return err;
	snprintf(set, sizeof(set), "PRAGMA user_version = %d", version);
	err = run_sql(h, sql, why);
	return err ? err : run_sql(h, set, why);
}

static int fail_none(const char *dir, struct fm_why *why)
{
	return fm_fail(why, ENOENT,
		       "%.100s: no history yet; forkmeter history add RUN "
		       "begins one, history rebuild makes it of all runs there",
		       dir);
}

/* Whoever makes it has made the file, and not yet what is in it: 0. */
static int check(struct fm_history *h, int version, struct fm_why *why)
{
	int have, err = number(h, "PRAGMA user_version", &have, why);

	if (err || have == version)
		return err;
	if (!have)
		return fail_none(h->dir, why);
	return fm_fail(why, EBADMSG,
		       "%.120s: of another version of forkmeter; forkmeter "
		       "history rebuild makes it anew",
		       h->path);
}

/* Any table, of whatever schema; *left is 0 once there is none. */
static int drop_one(struct fm_history *h, int *left, struct fm_why *why)
{
	sqlite3_stmt *s = NULL;
	char *sql = NULL;
	int err, code = sqlite3_prepare_v2(
			 h->db,
			 "SELECT name FROM sqlite_master WHERE type = 'table' "
			 "AND name NOT LIKE 'sqlite_%' LIMIT 1",
			 -1, &s, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_step(s);
	*left = code == SQLITE_ROW;
	if (*left)
		sql = sqlite3_mprintf("DROP TABLE \"%w\"",
				      sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
	err = fm_history_error(h, code, why);
	if (!err && *left)
		err = run_sql(h, sql ? sql : "", why);
	sqlite3_free(sql);
	return err;
}

static int empty(struct fm_history *h, struct fm_why *why)
{
	int left = 1, err = 0;

	while (!err && left)
		err = drop_one(h, &left, why);
	return err ? err : run_sql(h, "PRAGMA user_version = 0", why);
}

static int open_file(struct fm_history *h, int flags, struct fm_why *why)
{
	int code = sqlite3_open_v2(h->path, &h->db, flags, NULL);

	if (code == SQLITE_OK)
		sqlite3_busy_timeout(h->db, WAIT_MS);
	else if (access(h->path, R_OK) < 0 && errno != ENOENT)
		return fm_fail(why, errno, "%.200s: %s", h->path,
			       strerror(errno));
	return fm_history_error(h, code, why);
}

/* In a transaction, which a rebuild leaves open. */
static int prepare(struct fm_history *h, enum fm_history_mode mode,
		   struct fm_why *why)
{
	char sql[SCHEMA_MAX];
	int version, err;

	schema(sql, sizeof(sql));
	version = version_of(sql);
	if (mode == FM_HISTORY_READ)
		return check(h, version, why);
	err = run_sql(h, "BEGIN IMMEDIATE", why);
	if (!err && mode == FM_HISTORY_REBUILD)
		err = empty(h, why);
	if (!err)
		err = make(h, sql, version, why);
	if (!err)
		err = check(h, version, why);
	return err || mode == FM_HISTORY_REBUILD ? err :
						   fm_history_keep(h, why);
}

/* Where it is, or is to be. */
static int locate(struct fm_history *h, const char *dir,
		  enum fm_history_mode mode, struct fm_why *why)
{
	int err = mode == FM_HISTORY_READ ? 0 : fm_file_make_dirs(dir);

	if (!err && !realpath(dir, h->dir))
		err = -errno;
	if (err && (err != -ENOENT || mode != FM_HISTORY_READ))
		return fm_fail(why, -err, "%.200s: %s", dir, strerror(-err));
	if (strlen(h->dir) + sizeof("/" FM_HISTORY_FILE) > sizeof(h->path))
		return fm_fail(why, ENAMETOOLONG, "%.200s: too long", dir);
	snprintf(h->path, sizeof(h->path), "%s/%s", h->dir, FM_HISTORY_FILE);
	if (err || (mode == FM_HISTORY_READ && access(h->path, F_OK) < 0))
		return fail_none(dir, why);
	return 0;
}

static int open_in(struct fm_history *h, const char *dir,
		   enum fm_history_mode mode, struct fm_why *why)
{
	/*
	 * A reader takes back what a killed writer left half done, and so
	 * writes, where it may.
	 */
	int flags = SQLITE_OPEN_READWRITE |
		    (mode == FM_HISTORY_READ ? 0 : SQLITE_OPEN_CREATE);
	int err = locate(h, dir, mode, why);

	if (!err)
		err = open_file(h, flags, why);
	if (!err)
		err = prepare(h, mode, why);
	if (err != -EBADMSG || mode != FM_HISTORY_REBUILD)
		return err;
	/* No database, or one that is damaged: nothing of it is needed. */
	sqlite3_close(h->db);
	h->db = NULL;
	if (unlink(h->path) < 0)
		return fm_fail(why, errno, "%.200s: %s", h->path,
			       strerror(errno));
	err = open_file(h, flags, why);
	return err ? err : prepare(h, mode, why);
}

int fm_history_open(struct fm_history **history, const char *dir,
		    enum fm_history_mode mode, struct fm_why *why)
{
	struct fm_history *h = calloc(1, sizeof(*h));
	int err = h ? open_in(h, dir, mode, why) :
		      fm_fail(why, ENOMEM, "%s", strerror(ENOMEM));

	for (int i = 0; i < TRIES && err == -ESTALE; i++) {
		sqlite3_close(h->db);
		h->db = NULL;
		err = open_in(h, dir, mode, why);
	}
	if (err)
		fm_history_close(h);
	*history = err ? NULL : h;
	return err;
}

int fm_history_keep(struct fm_history *h, struct fm_why *why)
{
	return run_sql(h, "COMMIT", why);
}

/* What was not kept is rolled back. */
void fm_history_close(struct fm_history *h)
{
	if (h)
		sqlite3_close(h->db);
	free(h);
}
