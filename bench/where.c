/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of a table that --where KEY=VALUE asks for. */
#include <string.h>

#include "units.h"
#include "where.h"

/* The value as it stands, or as the size that it is in another spelling. */
static int same_value(const struct fm_column *c, const char *have,
		      const char *want)
{
	uint64_t bytes;
	char text[32];

	if (!strcmp(have, want))
		return 1;
	if (strcmp(c->unit, "bytes") || fm_units_size(want, &bytes))
		return 0;
	snprintf(text, sizeof(text), "%llu", (unsigned long long)bytes);
	return !strcmp(have, text);
}

const struct fm_column *fm_where_column(const struct fm_table *table,
					const char *where)
{
	char key[64];

	snprintf(key, sizeof(key), "%.*s", (int)strcspn(where, "="), where);
	return fm_table_column(table, strcmp(key, "rss") ? key : "rss_bytes");
}

int fm_where_wants(const struct fm_table *table, const char *where,
		   const void *row)
{
	const struct fm_column *c = fm_where_column(table, where);
	char have[FM_WHY_MAX];

	return same_value(c, fm_row_text(c, row, have), strchr(where, '=') + 1);
}
