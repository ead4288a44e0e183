/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the exec target, which has no C library, and its callers agree on. */
#ifndef FM_TARGET_H
#define FM_TARGET_H

/* Every child ends with this status, so that its own exit proves it ran. */
#define FM_CHILD_STATUS 42

/* The descriptor on which the exec target leaves its stamp (dup2'ed). */
#define FM_STAMP_FD 9

#endif
