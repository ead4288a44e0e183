/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Settings of the machine that a measurement needs changed: pushed before it,
 * and put back after it, whatever happens to us.
 */
#ifndef FM_SETTING_H
#define FM_SETTING_H

#include <stddef.h>
#include <stdint.h>

#include "err.h"

enum { FM_SETTINGS_AT_ONCE = 32 };

/* What one point needs. */
struct fm_setting {
	char path[160]; /* a file under /sys or /proc, or a folder to make */
	char value[48]; /* what is written; empty: path is a folder to make */
	int add;	/* value is a number to add to what is there */
};
struct fm_settings {
	struct fm_setting item[FM_SETTINGS_AT_ONCE];
	size_t n;
};

/*
 * Adds a wish; one whose file has the value already (or whose folder is there)
 * is not added. In files with choices ("always [madvise] never") the one in
 * brackets is the value. Returns 0; -EACCES where it would have to be changed
 * and we may not, with the command that a person with the right could type in
 * why; -EOPNOTSUPP where there is no such file; -E2BIG.
 */
int fm_settings_want(struct fm_settings *settings, const char *path,
		     const char *value, struct fm_why *why);
/* The same for a number that is to grow by value. */
int fm_settings_want_more(struct fm_settings *settings, const char *path,
			  uint64_t value, struct fm_why *why);
/* And for a folder (a cgroup) that is to exist. */
int fm_settings_want_folder(struct fm_settings *settings, const char *path,
			    struct fm_why *why);

/*
 * Waits, for a minute at most, until no other forkmeter has settings changed,
 * and keeps others waiting until fm_settings_pass. To be called before wishes
 * are made, since those look at what is there. The guardian keeps our turn
 * until it has put everything back. Returns 0, or -errno with the reason.
 */
int fm_settings_turn(struct fm_why *why);
void fm_settings_pass(void);

/*
 * Makes all changes, after having written down what was there. A guardian
 * process, which outlives us, puts it back when we die, however that happens;
 * it is forked at the first push, so push before anything big is mapped. What
 * cannot be changed (also: a number that does not grow as asked, -ENOMEM)
 * undoes the others and is -errno with its reason. Settings do not nest: while
 * something is still to be put back it is -EBUSY.
 *
 * What was there stands in a file, one for each process that pushes, in
 * $FORKMETER_JOURNALS (for tests), else in /run/forkmeter for root, else in
 * $XDG_RUNTIME_DIR/forkmeter or /tmp/forkmeter-UID; the folder must be ours
 * alone. The guardian removes it after our end.
 */
int fm_settings_push(const struct fm_settings *settings, struct fm_why *why);

/*
 * Puts everything back, last change first, whatever it is by now; of a number
 * what we added is subtracted. A folder that is not empty is tried for a
 * second. Returns 0, or the first error; what failed is tried by the next pop.
 */
int fm_settings_pop(struct fm_why *why);

/*
 * Puts back what a forkmeter left behind that was killed together with its
 * guardian; the journal of a living one is left alone. Returns how many
 * settings that were, or the first -errno: of one that cannot be put back (its
 * journal stays), or of a file there that is no journal of ours (it is left
 * alone).
 */
int fm_settings_recover(struct fm_why *why);

#endif
