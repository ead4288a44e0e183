/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of lib/history.h share. */
#ifndef FM_HISTORY_PARTS_H
#define FM_HISTORY_PARTS_H

#include <limits.h>

#include "history.h"
#include "sql.h"

struct fm_history {
	sqlite3 *db;
	char dir[PATH_MAX]; /* of the index, absolute */
	char path[PATH_MAX];
};

/* A run on its way into the index. */
struct fm_addition {
	struct fm_history *history;
	struct fm_why *why;
	struct fm_facts facts;
	struct fm_summary_row *line;
	size_t lines;
	struct fm_history_run run;
	int is_known; /* it was there */
};

/*
 * Reads the folder: fills facts, lines and run, but for run.run and machine.
 * Returns as fm_history_add. To be freed in any case.
 */
int fm_addition_read(struct fm_addition *addition, const char *dir);
void fm_addition_free(struct fm_addition *addition);

/* fm_sql_error with the index' path before it. */
int fm_history_error(struct fm_history *history, int code, struct fm_why *why);

#endif
