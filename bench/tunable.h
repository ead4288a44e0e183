/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Switches of the machine that a run has set for all its blocks. */
#ifndef FM_TUNABLE_H
#define FM_TUNABLE_H

#include "err.h"
#include "setting.h"

enum { FM_TUNABLES_MAX = 16 };

struct fm_tunable {
	const char *name, *path;
	char value[48];
};
struct fm_tunables {
	struct fm_tunable item[FM_TUNABLES_MAX];
	size_t n;
};

/*
 * Adds KEY=VALUE. Returns 0, or -EINVAL where there is no such key, it was
 * added before, or the switch has no such position; -EOPNOTSUPP where this
 * kernel has no such switch. why says what there is.
 */
int fm_tunables_add(struct fm_tunables *tunables, const char *text,
		    struct fm_why *why);

/* Wishes for all of them; returns as fm_settings_want. */
int fm_tunables_want(const struct fm_tunables *tunables,
		     struct fm_settings *settings, struct fm_why *why);

/*
 * Whether a plug-in wishes for one of the same switches, or for the one of a
 * single size of huge pages that stands below it: 0, or -EOPNOTSUPP with both
 * in why. The wishes must have been made while the tunables were set, so that
 * those which are fulfilled are none. tunables may be NULL.
 */
int fm_tunables_conflict(const struct fm_tunables *tunables,
			 const struct fm_settings *wishes, struct fm_why *why);

/*
 * Sets them, in our turn, until fm_tunables_end: for what must see the machine
 * as the blocks will. Returns 0 or -errno; after an error nothing is set.
 * Without any, neither does anything.
 */
int fm_tunables_begin(const struct fm_tunables *tunables, struct fm_why *why);
/* Returns 0, or -errno where something cannot be put back. */
int fm_tunables_end(const struct fm_tunables *tunables, struct fm_why *why);

#endif
