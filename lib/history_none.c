/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index of many runs, where there is no SQLite to make it with. */
#include <errno.h>

#include "history.h"

static int refuse(struct fm_why *why)
{
	return fm_fail(why, EOPNOTSUPP,
		       "this forkmeter was built without SQLite, which "
		       "histories need: install it (Debian, Ubuntu: "
		       "libsqlite3-dev), then ./configure and make again");
}

int fm_history_open(struct fm_history **history, const char *dir,
		    enum fm_history_mode mode, struct fm_why *why)
{
	(void)dir;
	(void)mode;
	*history = NULL;
	return refuse(why);
}

int fm_history_keep(struct fm_history *history, struct fm_why *why)
{
	(void)history;
	return refuse(why);
}

void fm_history_close(struct fm_history *history)
{
	(void)history;
}

int fm_history_add(struct fm_history *history, const char *run,
		   enum fm_history_added *added, struct fm_why *why)
{
	(void)history;
	(void)run;
	*added = FM_HISTORY_NEW;
	return refuse(why);
}

int fm_history_load(struct fm_history *history, const struct fm_table *table,
		    const char *rest, void **rows, size_t *n,
		    struct fm_why *why)
{
	(void)history;
	(void)table;
	(void)rest;
	*rows = NULL;
	*n = 0;
	return refuse(why);
}

int fm_history_facts(struct fm_history *history, uint64_t machine,
		     struct fm_facts *facts, struct fm_why *why)
{
	(void)history;
	(void)machine;
	*facts = (struct fm_facts){ 0 };
	return refuse(why);
}
