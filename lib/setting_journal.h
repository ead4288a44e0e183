/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The journal of changed settings, and the guardian who puts back what it says
 * when we die. Private to lib/setting*.c and their test.
 */
#ifndef FM_SETTING_JOURNAL_H
#define FM_SETTING_JOURNAL_H

#include <limits.h>
#include <stddef.h>

#include "err.h"
#include "setting.h"

enum { FM_SETTING_VALUE = sizeof(((struct fm_setting *)NULL)->value) };

enum fm_undo_state {
	FM_UNDO_INTENDED, /* only a look can say whether it was changed yet */
	FM_UNDO_MADE,
	FM_UNDO_DONE,
};
struct fm_undo {
	struct fm_setting set;
	char old[FM_SETTING_VALUE];
	int state; /* enum fm_undo_state */
};

/*
 * A file that both processes map: a store is a journal entry, without a system
 * call, and the kernel keeps it whichever process is killed next. Each holds
 * the same flock(2) on it, so a lock that can be had says that both are gone.
 */
struct fm_journal {
	char format[24];
	char boot[40]; /* settings do not outlive a boot; a file may */
	size_t n;
	struct fm_undo undo[FM_SETTINGS_AT_ONCE];
};

/*
 * The folder of journals, which only we can write to; made, or -ENOENT where
 * there is none. Returns 0 or -errno.
 */
int fm_journal_folder(char path[PATH_MAX], int make, struct fm_why *why);

/* What holds our turn; -1 where it never came. */
int fm_turn_fd(void);

/*
 * This process's journal, made at the first call, with a living guardian.
 * Returns 0 or -errno.
 */
int fm_journal_guarded(struct fm_journal **journal, struct fm_why *why);

/*
 * Puts back what is not yet, last change first; all of it is tried. Returns 0
 * and leaves the journal empty; or the first error, with what remains on top,
 * and can be called again.
 */
int fm_journal_undo(struct fm_journal *journal, struct fm_why *why);

static inline int fm_setting_is_folder(const struct fm_setting *s)
{
	return !*s->value;
}

/*
 * 1 where nothing has to be done; 0, and what is there in old
 * (FM_SETTING_VALUE bytes); or -errno.
 */
int fm_setting_look(const struct fm_setting *s, char *old);

/* One change, and its inverse whatever the state. 0 or -errno. */
int fm_setting_make(struct fm_undo *u, struct fm_why *why);
int fm_setting_undo(struct fm_undo *u, struct fm_why *why);

#endif
