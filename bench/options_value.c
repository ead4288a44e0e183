/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the values of options that several commands have stand for. */
#include <limits.h>

#include "options.h"
#include "say.h"

int fm_options_cpu(const struct fm_options *o)
{
	if (!o->cpu_given)
		return -1;
	return o->cpu < INT_MAX ? (int)o->cpu : INT_MAX;
}

int fm_options_format(const struct fm_options *o, enum fm_format *format)
{
	if (!fm_format_parse(o->format, format))
		return 0;
	return fm_say_usage("--format %s: there is %s", o->format,
			    fm_format_names);
}
