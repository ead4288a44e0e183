/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why something could not be done, in words a person can act on. */
#ifndef FM_ERR_H
#define FM_ERR_H

#define FM_WHY_MAX 256

struct fm_why {
	char text[FM_WHY_MAX];
};

/*
 * Puts the formatted reason into why (which may be NULL) and returns -err, so
 * that a failing function ends with one statement. A text that does not fit
 * is cut.
 */
__attribute__((format(printf, 3, 4))) int fm_fail(struct fm_why *why, int err,
						  const char *fmt, ...);

/*
 * True for an error that says "this machine cannot" rather than "this is
 * broken": such a point is skipped with its reason.
 */
int fm_err_is_skip(int err);

#endif
