/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * forkmeter show --plot: the distributions of points that belong together, one
 * below the other on one axis of time, as wide as the terminal.
 */
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "say.h"
#include "show.h"
#include "units.h"

enum { QUANTITY = 10, GAP = 2, NARROW = 60 /* has no room for p99 */ };

struct line {
	const struct fm_summary_row *row;
	char label[160];
};

/* Points of one metric whose children do the same. */
struct section {
	struct line *line;
	size_t n;
	int label; /* columns of the labels */
	int drawn; /* lines that are */
	int quantities;
	struct fm_show_axis axis;
};

static int is_null(const struct fm_summary_row *row)
{
	return !strcmp(row->workload, "null");
}

static int belong_together(const struct fm_summary_row *a,
			   const struct fm_summary_row *b)
{
	return !strcmp(a->metric, b->metric) && !strcmp(a->child, b->child) &&
	       is_null(a) == is_null(b);
}

static void add_word(char *label, size_t size, const char *word)
{
	size_t n = strlen(label);

	if (*word)
		snprintf(label + n, size - n, "%s%s", n ? " " : "", word);
}

/* What tells the line from others of its section. */
static void fill_label(struct line *line)
{
	const struct fm_summary_row *r = line->row;
	char rss[32] = "";

	*line->label = '\0';
	if (strncmp(r->metric, r->workload, strlen(r->workload)))
		add_word(line->label, sizeof(line->label), r->workload);
	add_word(line->label, sizeof(line->label), r->strategy);
	if (r->rss_bytes && r->rss_bytes != FM_ABSENT) {
		add_word(line->label, sizeof(line->label), r->backing);
		fm_units_size_text(r->rss_bytes, rss, sizeof(rss));
	}
	add_word(line->label, sizeof(line->label), rss);
	add_word(line->label, sizeof(line->label), r->parameters);
}

static int can_be_drawn(const struct fm_summary_row *r)
{
	return strncmp(r->verdict, "broken", strlen("broken")) &&
	       *r->histogram && r->p99 > 0;
}

static void measure(struct section *s, int width)
{
	s->label = s->drawn = 0;
	s->quantities = width < NARROW ? 1 : 2;
	fm_show_axis_open(&s->axis);
	for (size_t i = 0; i < s->n; i++) {
		int n = (int)strlen(s->line[i].label);

		s->label = n > s->label ? n : s->label;
		if (!can_be_drawn(s->line[i].row))
			continue;
		fm_show_axis_hold(&s->axis, s->line[i].row);
		s->drawn++;
	}
	s->label = s->label > 2 * width / 5 ? 2 * width / 5 : s->label;
	fm_show_axis_close(&s->axis, width - s->label - GAP -
					     s->quantities * (QUANTITY + 1));
}

static void put_quantities(const struct section *s, const char *median,
			   const char *p99)
{
	printf(" %*s", QUANTITY, median);
	if (s->quantities > 1)
		printf(" %*s", QUANTITY, p99);
}

static void put_line(const struct section *s, const struct line *line)
{
	const struct fm_summary_row *r = line->row;
	const char *red = fm_print_colour("BROKEN");
	char median[32], p99[32];

	printf("%-*.*s  ", s->label, s->label, line->label);
	if (can_be_drawn(r)) {
		fm_show_axis_bar(&s->axis, r);
		fm_units_time_text(r->median, median, sizeof(median));
		fm_units_time_text(r->p99, p99, sizeof(p99));
		put_quantities(s, median, p99);
		putchar('\n');
		return;
	}
	printf("%s%s%s\n", red,
	       strncmp(r->verdict, "broken", strlen("broken")) ? "no samples" :
								 "BROKEN",
	       *red ? "\033[0m" : "");
}

/* What the metric is, in a few words; "" for one that says it by itself. */
static void meaning_of(const struct fm_summary_row *r, char *buf, size_t size)
{
	const struct fm_column *c =
		fm_table_column(&fm_sample_table, r->metric);

	if (is_null(r))
		snprintf(buf, size, ": an empty sample, the harness itself");
	else if (!strcmp(r->metric, "op_ns"))
		snprintf(buf, size,
			 ": by the fault, or where none is by the "
			 "page");
	else if (c) /* what stands in parentheses is for the manual */
		snprintf(buf, size, ": %.*s",
			 (int)(strstr(c->meaning, " (") ?
				       strstr(c->meaning, " (") - c->meaning :
				       (ptrdiff_t)strlen(c->meaning)),
			 c->meaning);
	else
		*buf = '\0';
}

static void put_title(const struct section *s)
{
	const struct fm_summary_row *r = s->line[0].row;
	const char *bold = fm_print_heading();
	char title[512], meaning[FM_WHY_MAX];
	int n = s->label + GAP + s->axis.columns;

	meaning_of(r, meaning, sizeof(meaning));
	snprintf(title, sizeof(title), "%s%s%s%s", r->metric,
		 *r->child ? ", child " : "", r->child, meaning);
	printf("%s%-*.*s", bold, n, n, title);
	put_quantities(s, "median", "p99");
	puts(*bold ? "\033[0m" : "");
}

static void put_section(struct section *s, int width)
{
	measure(s, width);
	put_title(s);
	for (size_t i = 0; i < s->n; i++)
		put_line(s, &s->line[i]);
	if (!s->drawn)
		return;
	printf("%*s", s->label + GAP, "");
	fm_show_axis_put(&s->axis);
}

/* Moves what belongs to the first wanted row into s. */
static void gather(struct section *s, const struct fm_summary_row **wanted,
		   size_t *n)
{
	const struct fm_summary_row *first = wanted[0];
	size_t left = 0;

	s->n = 0;
	for (size_t i = 0; i < *n; i++) {
		if (!belong_together(wanted[i], first)) {
			wanted[left++] = wanted[i];
			continue;
		}
		s->line[s->n].row = wanted[i];
		fill_label(&s->line[s->n++]);
	}
	*n = left;
}

int fm_show_plot(const struct fm_options *o, const struct fm_show_run *run)
{
	const struct fm_summary_row **wanted;
	struct section s = { 0 };
	size_t n = 0, counts = 0;
	int err = fm_show_check(o, run->row, run->n);

	if (err)
		return err;
	wanted = calloc(run->n, sizeof(const struct fm_summary_row *));
	s.line = calloc(run->n, sizeof(*s.line));
	for (size_t i = 0; wanted && s.line && i < run->n; i++) {
		const struct fm_summary_row *r = &run->row[i];

		if (!fm_show_is_wanted(o, r))
			continue;
		if (strcmp(r->unit, "ns"))
			counts++;
		else
			wanted[n++] = r;
	}
	err = wanted && s.line ? 0 : -ENOMEM;
	for (int k = 0; n; k++) {
		if (k)
			putchar('\n');
		gather(&s, wanted, &n);
		put_section(&s, fm_print_width());
	}
	if (counts)
		fm_say_note("%zu lines are no times and not drawn; show "
			    "without --plot has them",
			    counts);
	free(wanted);
	free(s.line);
	return !err && (fflush(stdout) || ferror(stdout)) ? -EIO : err;
}
