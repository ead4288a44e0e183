/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run, read for the index. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "history_parts.h"
#include "summary.h"

/* "" where it is not recorded; a null that others wrote is read as a text. */
static const char *fact(const struct fm_addition *a, const char *key)
{
	const struct fm_fact *f = fm_fact_find(&a->facts, key);

	return f && f->value && strcmp(f->value, "null") ? f->value : "";
}

/* What no two runs share; a copy of one has the same. */
static void digest(struct fm_addition *a)
{
	static const char *const keys[] = { "host_id", "boot_id", "started",
					    "command", "seed",	  "host" };
	struct fm_facts own = { 0 };
	char digits[17];

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		fm_fact_text(&own, FM_FACT_HOST, keys[i], fact(a, keys[i]), "");
	fm_fact_digest(&own, FM_FACT_HOST, digits);
	fm_fact_free(&own);
	strcpy(a->run.digest, digits);
}

/* From the index' own folder on, so that it can be moved as a whole. */
static int set_path(struct fm_addition *a, const char *dir)
{
	const struct fm_history *h = a->history;
	size_t n = strlen(h->dir);
	char path[PATH_MAX];
	const char *own = path;

	if (!realpath(dir, path))
		return fm_fail(a->why, errno, "%.200s: %s", dir,
			       strerror(errno));
	if (!strncmp(path, h->dir, n) && path[n] == '/')
		own += n + 1;
	if (strlen(own) >= sizeof(a->run.path))
		return fm_fail(a->why, ENAMETOOLONG,
			       "%.150s: its name is too long for the history",
			       dir);
	strcpy(a->run.path, own);
	return 0;
}

/* Seconds since 1970; -1 for what is no time, such as the 30th of February. */
static int64_t time_of(const char *started)
{
	struct tm tm = { 0 };
	const char *end = strptime(started, "%Y-%m-%dT%H:%M:%SZ", &tm);
	int day = tm.tm_mday;
	int64_t at = end && !*end ? (int64_t)timegm(&tm) : -1;

	return tm.tm_mday == day ? at : -1;
}

static int take_time(struct fm_addition *a, const char *dir)
{
	int64_t at = time_of(a->run.started);

	if (at < 0)
		return fm_fail(a->why, EINVAL,
			       "%.150s: machine.json does not say when it was "
			       "measured: no part of a history",
			       dir);
	a->run.at = (uint64_t)at;
	return 0;
}

static int describe(struct fm_addition *a, const char *dir)
{
	const struct {
		char *field;
		size_t size;
		const char *key;
	} fields[] = {
		{ a->run.host, sizeof(a->run.host), "host" },
		{ a->run.host_id, sizeof(a->run.host_id), "host_id" },
		{ a->run.started, sizeof(a->run.started), "started" },
		{ a->run.kernel, sizeof(a->run.kernel), "kernel" },
		{ a->run.state, sizeof(a->run.state), "state" },
		{ a->run.boot_id, sizeof(a->run.boot_id), "boot_id" },
		{ a->run.settings, sizeof(a->run.settings), "settings" },
	};

	fm_row_clear(&fm_history_run_table, &a->run);
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		snprintf(fields[i].field, fields[i].size, "%s",
			 fact(a, fields[i].key));
	if (!*a->run.host_id)
		return fm_fail(a->why, EINVAL,
			       "%.150s: machine.json does not say of which "
			       "machine it is: no part of a history",
			       dir);
	if (*fact(a, "sitting"))
		return fm_fail(a->why, EINVAL,
			       "%.150s: one of two runs of one sitting, which "
			       "are for forkmeter compare: no part of a "
			       "history",
			       dir);
	digest(a);
	a->run.points = a->lines;
	a->run.broken = 0;
	for (size_t i = 0; i < a->lines; i++)
		a->run.broken += !strcmp(a->line[i].verdict, "broken");
	if (!a->lines)
		return fm_fail(a->why, EINVAL,
			       "%.150s has no complete block: nothing for a "
			       "history; measure it again",
			       dir);
	return take_time(a, dir);
}

int fm_addition_read(struct fm_addition *a, const char *dir)
{
	struct fm_derived derived;
	int err = fm_fact_read(&a->facts, dir, a->why);

	if (err)
		return err;
	err = fm_derived_open(&derived, dir, a->why);
	if (!err)
		err = fm_table_load(&fm_summary_table, derived.dir,
				    (void **)&a->line, &a->lines, a->why);
	fm_derived_close(&derived);
	if (!err)
		err = describe(a, dir);
	return err ? err : set_path(a, dir);
}

void fm_addition_free(struct fm_addition *a)
{
	fm_fact_free(&a->facts);
	free(a->line);
}
