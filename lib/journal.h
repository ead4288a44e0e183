/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables that outlive a run, and that several processes append to. */
#ifndef FM_JOURNAL_H
#define FM_JOURNAL_H

#include "record.h"

/* DIR/NAME.tsv, locked: nobody else appends meanwhile. */
struct fm_journal {
	const struct fm_table *table;
	const char *dir;
	char path[4096];
	int fd;
};

/*
 * Opens it for appending, made where it is not there, and waits for others, at
 * most wait_ms. A last line that a killed writer left torn is cut off, and
 * where the columns were others when it was begun, it is written anew with
 * those of now. To be closed where 0 is returned. Returns 0, -EBUSY, or another
 * -errno, with the reason in why.
 */
int fm_journal_open(struct fm_journal *journal, const struct fm_table *table,
		    const char *dir, unsigned int wait_ms, struct fm_why *why);
void fm_journal_close(struct fm_journal *journal);

/*
 * Appends the rows, all or none of them, with a header where the table is
 * empty. Returns 0 or -errno with the reason in why.
 */
int fm_journal_append(struct fm_journal *journal, const void *rows, size_t n,
		      struct fm_why *why);

/*
 * All rows of DIR/NAME.tsv, none where it is not there; to be freed. Returns 0,
 * -EBADMSG for a damaged line, or another -errno, with what to do in why.
 */
int fm_journal_load(const struct fm_table *table, const char *dir, void **rows,
		    size_t *n, struct fm_why *why);

#endif
