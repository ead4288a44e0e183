/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the values of options that several commands have stand for. */
#include <errno.h>
#include <limits.h>

#include "options.h"
#include "say.h"

static int refuse_place(const struct fm_options *o, int err,
			const struct fm_why *why)
{
	if (err == -ENXIO)
		fm_say("--numa %s: %s", o->numa, why->text);
	else
		fm_say("%s%s", o->cpu_given && err == -EINVAL ? "--cpu: " : "",
		       why->text);
	return err;
}

int fm_options_place(const struct fm_options *o, struct fm_place **place)
{
	const struct fm_place_wish wish = {
		.cpu = !o->cpu_given	? -1 :
		       o->cpu < INT_MAX ? (int)o->cpu :
					  INT_MAX,
		.numa = o->numa,
	};
	struct fm_why why = { "" };
	int err = fm_place_open(place, &wish, &why);

	return err ? refuse_place(o, err, &why) : 0;
}

int fm_options_same_place(const struct fm_options *o,
			  const struct fm_place *place, struct fm_place **copy)
{
	struct fm_why why = { "" };
	int err = fm_place_copy(copy, place, o->numa, &why);

	return err ? refuse_place(o, err, &why) : 0;
}

int fm_options_format(const struct fm_options *o, enum fm_format *format)
{
	if (!fm_format_parse(o->format, format))
		return 0;
	return fm_say_usage("--format %s: there is %s", o->format,
			    fm_format_names);
}
