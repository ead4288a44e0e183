/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the driver tells a person, on standard error. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "say.h"

static void say(const char *fmt, va_list ap)
{
	fflush(stdout);
	fputs("forkmeter: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
}

void fm_say(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
}

int fm_say_usage(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
	return -EINVAL;
}

static int is_quiet;

void fm_say_quiet(int quiet)
{
	is_quiet = quiet;
}

void fm_say_note(const char *fmt, ...)
{
	va_list ap;

	if (is_quiet)
		return;
	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
}
