/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the driver tells a person, on standard error. */
#ifndef FM_SAY_H
#define FM_SAY_H

/* Exit statuses of the driver. */
enum {
	FM_DONE = 0,
	FM_REGRESSION = 1,
	FM_USAGE = 2,
	FM_NOISY = 3,
	FM_BROKEN = 4
};

/* "forkmeter: ..." and a newline. */
__attribute__((format(printf, 1, 2))) void fm_say(const char *fmt, ...);

/* The same for what is no trouble; --quiet leaves it out. */
__attribute__((format(printf, 1, 2))) void fm_say_note(const char *fmt, ...);
void fm_say_quiet(int quiet);

/* The same as fm_say, returning -EINVAL: for what was typed wrongly. */
__attribute__((format(printf, 1, 2))) int fm_say_usage(const char *fmt, ...);

#endif
