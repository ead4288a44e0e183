/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reasons for failures, carried upwards instead of being printed below. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "err.h"

int fm_fail(struct fm_why *why, int err, const char *fmt, ...)
{
	va_list ap;

	if (!why)
		return -err;
	va_start(ap, fmt);
	vsnprintf(why->text, sizeof(why->text), fmt, ap);
	va_end(ap);
	return -err;
}

int fm_err_is_skip(int err)
{
	switch (err < 0 ? -err : err) {
	case ENODEV:
	case EOPNOTSUPP:
	case ENOSYS:
	case EPERM:
	case EACCES:
	case ENOMEM:
		return 1;
	}
	return 0;
}
