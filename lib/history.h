/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The index of many runs: an SQLite database of their medians, so that a point
 * can be followed over months. Derived: it holds nothing that is not in the
 * runs' folders, and can be deleted and made again from them.
 */
#ifndef FM_HISTORY_H
#define FM_HISTORY_H

#include "err.h"
#include "fact.h"
#include "record.h"

#define FM_HISTORY_FILE "history.sqlite" /* in the folder of all runs */

#define FM_HISTORY_RUN_COLUMNS(X)                                              \
	X(num, run, "", "number of the run in the index")                      \
	X(str, host, "", "the machine's name")                                 \
	X(str, host_id, "", "its hardware, of machine.json")                   \
	X(str, started, "", "when the run began, UTC")                         \
	X(num, at, "s", "the same, since 1970")                                \
	X(str, kernel, "", "of machine.json")                                  \
	X(str, state, "", "of machine.json")                                   \
	X(str, boot_id, "", "of machine.json")                                 \
	X(text, settings, "", "switches that its blocks had, --setting")       \
	X(num, points, "", "lines of its summary.tsv")                         \
	X(num, broken, "", "of them, those that are broken")                   \
	X(num, machine, "", "what fm_history_facts is asked for")              \
	X(str, digest, "", "of what tells it from all other runs")             \
	X(text, path, "",                                                      \
	  "its folder; from the index' own folder on, where it lies below")

#define FM_HISTORY_SERIES_COLUMNS(X)                                           \
	X(num, series, "", "number of the series")                             \
	X(str, host, "", "the machine's name")                                 \
	X(str, host_id, "", "hardware that it is of")                          \
	X(text, settings, "", "of its runs")                                   \
	FM_POINT_COLUMNS(X)                                                    \
	X(str, metric, "", "as in summary.tsv")                                \
	X(str, unit, "", "of its values")

#define FM_HISTORY_VALUE_COLUMNS(X)                                            \
	X(num, series, "", "its series")                                       \
	X(num, at, "s", "when its run began, since 1970")                      \
	X(num, run, "", "its run")                                             \
	X(num, blocks, "", "as in summary.tsv")                                \
	X(real, median, "", "as in summary.tsv")                               \
	X(real, median_lo, "", "as in summary.tsv")                            \
	X(real, median_hi, "", "as in summary.tsv")                            \
	X(str, verdict, "", "as in summary.tsv")

struct fm_history_run {
	FM_HISTORY_RUN_COLUMNS(FM_FIELD)
};
struct fm_history_series {
	FM_HISTORY_SERIES_COLUMNS(FM_FIELD)
};
struct fm_history_value {
	FM_HISTORY_VALUE_COLUMNS(FM_FIELD)
};

extern const struct fm_table fm_history_run_table, fm_history_series_table,
	fm_history_value_table;

struct fm_history;

enum fm_history_mode {
	FM_HISTORY_READ,    /* it must be there */
	FM_HISTORY_WRITE,   /* made where it is not */
	FM_HISTORY_REBUILD, /* emptied; nothing is kept until fm_history_keep */
};

/*
 * Opens DIR's index. A writer waits for another for half a minute at most; no
 * write-ahead log, for such a one does not work on a shared file system. To be
 * closed where 0 is returned; what a rebuild did not keep is then as it was.
 * Returns 0 or -errno with what to do in why: -ENOENT, none is there;
 * -EBADMSG, it is damaged or of another version of forkmeter; -EBUSY, another
 * writes; -EOPNOTSUPP, built without SQLite.
 *
 * What is done with it later returns -ESTALE where the index was deleted
 * meanwhile, or another took its place: open it anew.
 */
int fm_history_open(struct fm_history **history, const char *dir,
		    enum fm_history_mode mode, struct fm_why *why);
int fm_history_keep(struct fm_history *history, struct fm_why *why);
void fm_history_close(struct fm_history *history);

enum fm_history_added { FM_HISTORY_NEW, FM_HISTORY_AGAIN };

/*
 * Adds the run in the folder run, all of it or nothing. One that is there
 * already, also by another path, is replaced. Runs may come in any order.
 * Returns 0 with what it was in *added; -EINVAL for what is no part of a
 * history (one side of two, a run without a complete block, one that does not
 * say of which machine or when), or another -errno, with the reason in why.
 */
int fm_history_add(struct fm_history *history, const char *run,
		   enum fm_history_added *added, struct fm_why *why);

/*
 * The rows of a table, after "WHERE ... ORDER BY ..." in rest, which is SQL and
 * may be "". rows is to be freed. Returns 0 or -errno with the reason in why.
 */
int fm_history_load(struct fm_history *history, const struct fm_table *table,
		    const char *rest, void **rows, size_t *n,
		    struct fm_why *why);

/*
 * The hardware and the state of a run: facts of those roles. To be freed by
 * fm_fact_free, also after a failure. Returns 0 or -errno.
 */
int fm_history_facts(struct fm_history *history, uint64_t machine,
		     struct fm_facts *facts, struct fm_why *why);

#endif
