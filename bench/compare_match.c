/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which line of one side is which of the other. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "compare.h"
#include "names.h"
#include "units.h"

const char *fm_line_name(const struct fm_summary_row *row, char *buf,
			 size_t size)
{
	char rss[32];
	const char *part[] = { row->workload,
			       row->strategy,
			       row->child,
			       row->backing,
			       fm_units_size_text(row->rss_bytes, rss,
						  sizeof(rss)),
			       row->parameters };
	size_t n = (size_t)snprintf(buf, size, "%s of", row->metric);

	for (size_t i = 0; i < sizeof(part) / sizeof(*part) && n < size; i++)
		if (*part[i])
			n += (size_t)snprintf(buf + n, size - n, " %s",
					      part[i]);
	return buf;
}

/* The partner of a line; NULL for none, or with *many set for several. */
static const struct fm_line *partner(const struct fm_line *line,
				     const struct fm_lines *others,
				     const struct fm_across *across,
				     const struct fm_line **many)
{
	const struct fm_line *found = NULL;

	for (size_t i = 0; i < others->n; i++) {
		const struct fm_line *other = &others->line[i];

		if (!fm_line_is_same(line->row, other->row, across))
			continue;
		if (found)
			*many = other;
		else
			found = other;
	}
	return found;
}

static int refuse_many(const struct fm_line *line, const struct fm_line *a,
		       const struct fm_line *b, struct fm_why *why)
{
	char one[72], x[72], y[72];

	return fm_fail(why, EEXIST,
		       "%s has two partners, %s and %s: measure each side with "
		       "one value of what --across names",
		       fm_line_name(line->row, one, sizeof(one)),
		       fm_line_name(a->row, x, sizeof(x)),
		       fm_line_name(b->row, y, sizeof(y)));
}

/* The different values of an axis on one side, a comma list. */
static void values_of(const struct fm_column *c, const struct fm_lines *lines,
		      char *list, size_t size)
{
	char value[FM_WHY_MAX];

	*list = '\0';
	for (size_t i = 0; i < lines->n; i++) {
		const void *row = lines->line[i].row;

		if (!strstr(list, fm_row_text(c, row, value)) &&
		    strlen(list) + strlen(value) + 2 < size)
			fm_names_append(list, size, value);
	}
}

static int has_value(const struct fm_column *c, const struct fm_lines *lines,
		     const char *want)
{
	char value[FM_WHY_MAX];

	for (size_t i = 0; i < lines->n; i++)
		if (!strcmp(fm_row_text(c, lines->line[i].row, value), want))
			return 1;
	return 0;
}

static int have_one_in_common(const struct fm_column *c,
			      const struct fm_lines *a,
			      const struct fm_lines *b)
{
	char value[FM_WHY_MAX];

	for (size_t i = 0; i < a->n; i++)
		if (has_value(c, b, fm_row_text(c, a->line[i].row, value)))
			return 1;
	return 0;
}

/* Which axis tells all lines of one side from all of the other. */
static int refuse_none(const struct fm_lines *base, const struct fm_lines *new,
		       const struct fm_across *across, struct fm_why *why)
{
	char x[64], y[64];

	for (size_t i = 0; i < fm_summary_table.columns; i++) {
		const struct fm_column *c = &fm_summary_table.column[i];

		if ((!fm_is_axis(c->name) && strcmp(c->name, "metric")) ||
		    fm_across_has(across, c->name) ||
		    have_one_in_common(c, base, new))
			continue;
		values_of(c, base, x, sizeof(x));
		values_of(c, new, y, sizeof(y));
		return fm_fail(why, ENOENT,
			       "BASE and NEW have no point in common: %s is %s "
			       "in BASE, %s in NEW; measure the same, or "
			       "compare --across %s",
			       c->name, *x ? x : "nothing", *y ? y : "nothing",
			       c->name);
	}
	return fm_fail(why, ENOENT,
		       "BASE and NEW have no point in common: each value of an "
		       "axis is in both, but no combination; measure the same");
}

int fm_match_make(const struct fm_lines *base, const struct fm_lines *new,
		  const struct fm_across *across, struct fm_match **match,
		  size_t *n, struct fm_why *why)
{
	const struct fm_line *many = NULL, *found;
	struct fm_match *m = calloc(base->n + new->n + 1, sizeof(*m));
	size_t paired = 0, alone = base->n;

	*match = m;
	*n = 0;
	if (!m)
		return fm_fail(why, ENOMEM, "%s", strerror(ENOMEM));
	for (size_t i = 0; i < new->n; i++) {
		found = partner(&new->line[i], base, across, &many);
		if (many)
			return refuse_many(&new->line[i], found, many, why);
		if (!found)
			m[alone++].new = &new->line[i];
	}
	for (size_t i = 0; i < base->n; i++) {
		found = partner(&base->line[i], new, across, &many);
		if (many)
			return refuse_many(&base->line[i], found, many, why);
		m[i] = (struct fm_match){ &base->line[i], found };
		paired += found != NULL;
	}
	*n = alone;
	return paired ? 0 : refuse_none(base, new, across, why);
}
