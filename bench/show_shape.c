/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A distribution in a dozen characters. */
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>

#include "show.h"

const char *fm_show_glyph(double share)
{
	static const char *const blocks[] = { " ", "▁", "▂", "▃", "▄",
					      "▅", "▆", "▇", "█" };
	static const char *const ascii[] = { " ", ".", ":", "-", "=",
					     "+", "*", "#", "@" };
	const char *const *glyph =
		strcmp(nl_langinfo(CODESET), "UTF-8") ? ascii : blocks;

	/* What holds anything is never blank. */
	return glyph[share > 0 ? 1 + (int)(7 * share) : 0];
}

const char *fm_show_shape(const char *counts, char *buf, size_t size)
{
	double most = 0;
	size_t n = 0;

	for (const char *c = counts; *c; c += *c == ',') {
		if (strtod(c, NULL) > most)
			most = strtod(c, NULL);
		c += strcspn(c, ",");
	}
	for (const char *c = counts; *c; c += *c == ',') {
		char *end;
		double count = strtod(c, &end);
		const char *g = fm_show_glyph(most > 0 ? count / most : 0);

		if (end == c || n + strlen(g) >= size)
			break;
		strcpy(buf + n, g);
		n += strlen(g);
		c = end;
	}
	buf[n] = '\0';
	return buf;
}
