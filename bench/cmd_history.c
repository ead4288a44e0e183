/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter history: many runs in one index, so that they can be followed. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "history.h"
#include "options.h"
#include "print.h"
#include "rundir.h"
#include "say.h"

enum { TRIES = 9 }; /* with an index that is deleted again and again */

/* What became of the runs that were named. */
struct tally {
	struct fm_history *history;
	size_t added, again, refused, damaged;
	int rebuilds;
	int stopped; /* by what concerns the index, not a run */
};

/* An error of the index itself would come again with every other run. */
static int is_of_index(int err)
{
	return err == -EBUSY || err == -ENOSPC || err == -ENOMEM ||
	       err == -EROFS || err == -EIO || err == -ESTALE;
}

/* Somebody deleted the index, which is derived: there is another one then. */
static int add_to_another(struct tally *tally, const char *path,
			  enum fm_history_added *added, struct fm_why *why)
{
	int err;

	fm_say("%s; going on with a new one: forkmeter history rebuild adds "
	       "what the old one had",
	       why->text);
	fm_history_close(tally->history);
	err = fm_history_open(&tally->history, fm_rundir_results(),
			      FM_HISTORY_WRITE, why);
	tally->stopped |= err != 0;
	return err ? err : fm_history_add(tally->history, path, added, why);
}

static void say_future(const char *path, const struct tm *tm)
{
	char when[32];

	strftime(when, sizeof(when), "%Y-%m-%d %H:%M:%S", tm);
	fm_say("%s: began at %s UTC, which is yet to come: the machine's clock "
	       "was, or ours is, wrong",
	       path, when);
}

static void check_clock(const char *path)
{
	struct tm tm = { 0 };
	char started[48];
	struct fm_why why;

	if (!fm_fact_read_one(path, "started", started, sizeof(started),
			      &why) &&
	    strptime(started, "%Y-%m-%dT%H:%M:%SZ", &tm) &&
	    timegm(&tm) > time(NULL) + 60)
		say_future(path, &tm);
}

/* A run that cannot be added is told, and the others are added. */
static int add(const char *path, void *ctx, struct fm_why *why)
{
	struct tally *tally = ctx;
	enum fm_history_added added;
	int err = fm_history_add(tally->history, path, &added, why);

	for (int i = 0; i < TRIES && err == -ESTALE && !tally->rebuilds; i++)
		err = add_to_another(tally, path, &added, why);
	if (!err) {
		check_clock(path);
		tally->added += added == FM_HISTORY_NEW;
		tally->again += added == FM_HISTORY_AGAIN;
		return 0;
	}
	fm_say("%s", why->text);
	tally->refused += err == -EINVAL;
	tally->damaged += err != -EINVAL;
	tally->stopped |= is_of_index(err);
	return tally->stopped ? err : 0;
}

static int conclude(const struct tally *t)
{
	fm_say_note("runs added: %zu, there already: %zu, left out: %zu",
		    t->added, t->again, t->refused + t->damaged);
	return t->damaged || t->stopped ? FM_BROKEN :
	       t->refused		? FM_USAGE :
					  FM_DONE;
}

static int open_index(struct fm_history **history, enum fm_history_mode mode)
{
	struct fm_why why = { "" };
	int err = fm_history_open(history, fm_rundir_results(), mode, &why);

	if (err)
		fm_say("%s", why.text);
	return err == -ENOENT || err == -EOPNOTSUPP ? FM_USAGE :
	       err				    ? FM_BROKEN :
						      FM_DONE;
}

static int add_all(char **arg, int args, struct tally *tally)
{
	struct fm_why why = { "" };

	for (int i = 0; i < args && !tally->stopped; i++)
		if (fm_rundir_each(arg[i], add, tally, &why) == -ENOENT &&
		    !tally->stopped) {
			fm_say("%s", why.text);
			tally->refused++;
		}
	return conclude(tally);
}

static int history_add(const struct fm_options *o)
{
	struct tally tally = { 0 };
	int status;

	if (o->args < 2) {
		fm_say("history add: want runs, or folders of runs");
		return FM_USAGE;
	}
	status = open_index(&tally.history, FM_HISTORY_WRITE);
	if (!status)
		status = add_all(o->arg + 1, o->args - 1, &tally);
	fm_history_close(tally.history);
	return status;
}

/* All runs below the folder of all runs, and those that are named besides. */
static int history_rebuild(const struct fm_options *o)
{
	struct tally tally = { .rebuilds = 1 };
	struct fm_why why = { "" };
	int status = open_index(&tally.history, FM_HISTORY_REBUILD);

	if (status)
		return status;
	fm_rundir_all(add, &tally, &why);
	status = add_all(o->arg + 1, o->args - 1, &tally);
	if (!tally.stopped && fm_history_keep(tally.history, &why)) {
		fm_say("%s", why.text);
		status = FM_BROKEN;
	}
	if (tally.stopped)
		fm_say("the history is not made anew");
	fm_history_close(tally.history);
	return status;
}

static int print_runs(enum fm_format format, const struct fm_history_run *run,
		      size_t n)
{
	static const char *const header[] = { "started", "host",     "host_id",
					      "kernel",	 "state",    "points",
					      "broken",	 "settings", "run" };
	enum { COLUMNS = sizeof(header) / sizeof(*header) };
	struct fm_print print;

	if (format == FM_TSV || format == FM_CSV || format == FM_JSON)
		return fm_print_rows(format, &fm_history_run_table, run, n);
	fm_print_begin(&print, format, header, COLUMNS);
	print.drop = "state,host_id,broken,kernel";
	for (size_t i = 0; i < n; i++) {
		char points[32], broken[32] = "";
		const char *cell[COLUMNS] = { run[i].started, run[i].host,
					      run[i].host_id, run[i].kernel,
					      run[i].state,   points,
					      broken,	      run[i].settings,
					      run[i].path };

		snprintf(points, sizeof(points), "%llu",
			 (unsigned long long)run[i].points);
		if (run[i].broken)
			snprintf(broken, sizeof(broken), "%llu",
				 (unsigned long long)run[i].broken);
		fm_print_row(&print, cell);
	}
	return fm_print_end(&print);
}

static int history_list(const struct fm_options *o)
{
	struct fm_history *history;
	struct fm_history_run *run;
	enum fm_format format;
	struct fm_why why;
	int status, err;
	size_t n;

	if (fm_options_format(o, &format))
		return FM_USAGE;
	if (o->args > 1) {
		fm_say("history list %s: takes no more", o->arg[1]);
		return FM_USAGE;
	}
	status = open_index(&history, FM_HISTORY_READ);
	if (status)
		return status;
	err = fm_history_load(history, &fm_history_run_table,
			      "ORDER BY at, run", (void **)&run, &n, &why);
	if (err)
		fm_say("%s", why.text);
	else
		err = print_runs(format, run, n);
	free(run);
	fm_history_close(history);
	return err ? FM_BROKEN : FM_DONE;
}

int fm_cmd_history(const struct fm_options *o)
{
	const char *verb = o->args ? o->arg[0] : "list";

	if (!strcmp(verb, "add"))
		return history_add(o);
	if (!strcmp(verb, "list"))
		return history_list(o);
	if (!strcmp(verb, "rebuild"))
		return history_rebuild(o);
	fm_say("history %s: there is add, list and rebuild; see forkmeter "
	       "history --help",
	       verb);
	return FM_USAGE;
}
