/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A change that somebody knows, and why it may stay. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "rundir.h"
#include "say.h"
#include "trend.h"

void fm_trend_now(char *buf, size_t size)
{
	time_t now = time(NULL);
	struct tm tm;

	gmtime_r(&now, &tm);
	strftime(buf, size, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

/*
 * The number that the text is, and why it was accepted before, or "". -ENOENT
 * where no such change was told.
 */
static int told_change(const char *text, uint64_t *change,
		       struct fm_change_row *before, struct fm_why *why)
{
	struct fm_change_row *told = NULL;
	size_t n = 0;
	char *end;
	int err = fm_journal_load(&fm_change_table, fm_rundir_results(),
				  (void **)&told, &n, why);

	if (err)
		return err;
	err = -ENOENT;
	*change = strtoull(text, &end, 10);
	for (size_t i = 0; i < n && *text && !*end; i++)
		if (told[i].change == *change) {
			err = 0;
			if (!strcmp(told[i].status, "accepted"))
				*before = told[i];
		}
	free(told);
	return err ? fm_fail(why, ENOENT,
			     "trend accept %.40s: no change of that number was "
			     "told; forkmeter trend shows what there is",
			     text) :
		     0;
}

static void say_accepted(const struct fm_change_row *row,
			 const struct fm_change_row *before)
{
	fm_say_note("change %llu is accepted", (unsigned long long)row->change);
	if (*before->status)
		fm_say("it was accepted before, at %s: \"%s\"; from now on the "
		       "new reason stands: \"%s\"",
		       before->told, before->reason, row->reason);
}

static int read_reason(const struct fm_options *o, struct fm_change_row *row)
{
	size_t n = 0;

	for (int i = 2; i < o->args && n < sizeof(row->reason); i++)
		n += (size_t)snprintf(row->reason + n, sizeof(row->reason) - n,
				      "%s%s", n ? " " : "", o->arg[i]);
	if (n < sizeof(row->reason))
		return 0;
	return fm_say_usage("trend accept: the reason is longer than %zu bytes",
			    sizeof(row->reason) - 1);
}

int fm_trend_accept(const struct fm_options *o)
{
	struct fm_journal journal;
	struct fm_change_row row, before;
	struct fm_why why = { "" };
	int err;

	if (o->args < 3) {
		fm_say("trend accept: want the number of a change, and why it "
		       "is accepted");
		return FM_USAGE;
	}
	fm_row_clear(&fm_change_table, &before);
	fm_row_clear(&fm_change_table, &row);
	strcpy(row.status, "accepted");
	fm_trend_now(row.told, sizeof(row.told));
	if (read_reason(o, &row))
		return FM_USAGE;
	err = told_change(o->arg[1], &row.change, &before, &why);
	if (err) {
		fm_say("%s", why.text);
		return err == -ENOENT ? FM_USAGE : FM_BROKEN;
	}
	err = fm_journal_open(&journal, &fm_change_table, fm_rundir_results(),
			      FM_TREND_WAIT_MS, &why);
	if (!err) {
		err = fm_journal_append(&journal, &row, 1, &why);
		fm_journal_close(&journal);
	}
	if (err)
		fm_say("%s", why.text);
	else
		say_accepted(&row, &before);
	return err ? FM_BROKEN : FM_DONE;
}
