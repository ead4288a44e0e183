/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The points and metrics of one side, with the blocks of all its runs. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "compare.h"

static int is_equal(const struct fm_column *c, const void *a, const void *b)
{
	const char *x = (const char *)a + c->offset;
	const char *y = (const char *)b + c->offset;

	return c->kind == fm_num ? !memcmp(x, y, c->size) : !strcmp(x, y);
}

int fm_line_is_same(const struct fm_summary_row *a,
		    const struct fm_summary_row *b,
		    const struct fm_across *across)
{
	if (strcmp(a->metric, b->metric))
		return 0;
	for (size_t i = 0; i < fm_summary_table.columns; i++) {
		const struct fm_column *c = &fm_summary_table.column[i];

		if (fm_is_axis(c->name) && !fm_across_has(across, c->name) &&
		    !is_equal(c, a, b))
			return 0;
	}
	return 1;
}

/* The line's index among those that are there; a new one at their end. */
static size_t find_line(struct fm_lines *lines,
			const struct fm_summary_row *row)
{
	static const struct fm_across nothing;
	size_t i = 0;

	while (i < lines->n &&
	       !fm_line_is_same(lines->line[i].row, row, &nothing))
		i++;
	if (i == lines->n)
		lines->line[lines->n++] = (struct fm_line){ .row = row };
	lines->line[i].broken |= !strcmp(row->verdict, "broken");
	lines->line[i].disagrees |= !strcmp(row->verdict, "disagrees");
	return i;
}

#define NO_LINE SIZE_MAX

/* A block on its way to its place. */
struct piece {
	const struct fm_quantile_row *row;
	size_t line, unit;
};

static int compare_pieces(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->unit != y->unit)
		return x->unit < y->unit ? -1 : 1;
	if (x->row->round != y->row->round)
		return x->row->round < y->row->round ? -1 : 1;
	return 0;
}

/* The line of summary.tsv that a block's line belongs to. */
static size_t row_of(const struct fm_rundata *run,
		     const struct fm_quantile_row *b)
{
	size_t i = 0;

	while (i < run->lines && (run->line[i].point != b->point ||
				  strcmp(run->line[i].metric, b->metric)))
		i++;
	return i;
}

/* line_of: the line of each row of the run's summary. Returns how many. */
static size_t take_run(const struct fm_rundata *run, const size_t *line_of,
		       struct piece *piece)
{
	size_t n = 0;

	for (size_t i = 0; i < run->blocks; i++) {
		size_t row = row_of(run, &run->block[i]);

		if (row < run->lines && line_of[row] != NO_LINE)
			piece[n++] = (struct piece){ &run->block[i],
						     line_of[row], run->unit };
	}
	return n;
}

/* Lays the n sorted pieces out, and says which are whose. */
static void lay_out(struct fm_lines *lines, const struct piece *piece, size_t n,
		    size_t units)
{
	for (size_t i = 0; i < lines->n; i++) {
		struct fm_units_of *of = &lines->line[i].units;

		*of = (struct fm_units_of){ &lines->unit[i * units], units };
	}
	for (size_t i = 0; i < n; i++) {
		struct fm_unit *unit =
			&lines->unit[piece[i].line * units + piece[i].unit];

		lines->block[i] = *piece[i].row;
		if (!unit->k++)
			unit->block = &lines->block[i];
	}
}

int fm_lines_make(struct fm_lines *lines, const struct fm_side *side,
		  const struct fm_choice *choice)
{
	size_t rows = 0, blocks = 0, n = 0;
	struct piece *piece;
	size_t *line_of;
	int err = -ENOMEM;

	for (size_t i = 0; i < side->n; i++) {
		rows += side->run[i].lines;
		blocks += side->run[i].blocks;
	}
	*lines = (struct fm_lines){ 0 };
	lines->line = calloc(rows + 1, sizeof(*lines->line));
	lines->unit = calloc(rows * side->units + 1, sizeof(*lines->unit));
	lines->block = calloc(blocks + 1, sizeof(*lines->block));
	piece = calloc(blocks + 1, sizeof(*piece));
	line_of = calloc(rows + 1, sizeof(*line_of));
	if (!lines->line || !lines->unit || !lines->block || !piece || !line_of)
		goto out;
	for (size_t i = 0; i < side->n; i++) {
		const struct fm_rundata *run = &side->run[i];

		for (size_t k = 0; k < run->lines; k++)
			line_of[k] = fm_choice_has(choice, &run->line[k]) ?
					     find_line(lines, &run->line[k]) :
					     NO_LINE;
		n += take_run(run, line_of, piece + n);
	}
	qsort(piece, n, sizeof(*piece), compare_pieces);
	lay_out(lines, piece, n, side->units);
	err = 0;
out:
	free(piece);
	free(line_of);
	return err;
}

void fm_lines_free(struct fm_lines *lines)
{
	free(lines->line);
	free(lines->unit);
	free(lines->block);
}

static int has_common(const struct fm_column *c, const struct fm_lines *base,
		      const struct fm_lines *new)
{
	for (size_t i = 0; i < base->n; i++)
		for (size_t k = 0; k < new->n; k++)
			if (is_equal(c, base->line[i].row, new->line[k].row))
				return 1;
	return 0;
}

void fm_across_add_axes(struct fm_across *across, const struct fm_lines *base,
			const struct fm_lines *new)
{
	const size_t max = sizeof(across->key) / sizeof(*across->key);

	for (size_t i = 0; i < fm_summary_table.columns; i++) {
		const struct fm_column *c = &fm_summary_table.column[i];

		if (fm_is_axis(c->name) && across->n < max &&
		    !has_common(c, base, new))
			across->key[across->n++] = c->name;
	}
}
