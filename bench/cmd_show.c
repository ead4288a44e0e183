/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter show and summary: a run's table, on the terminal or for programs.
 */
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "options.h"
#include "print.h"
#include "record.h"
#include "rundir.h"
#include "say.h"
#include "summary.h"
#include "units.h"

/* Every KEY must be a column of summary.tsv. */
static int check_where(const struct fm_options *o)
{
	for (size_t i = 0; i < o->where.n; i++) {
		char key[64];

		snprintf(key, sizeof(key), "%.*s",
			 (int)strcspn(o->where.item[i], "="), o->where.item[i]);
		if (!fm_table_column(&fm_summary_table, key))
			return fm_say_usage("--where %s: %s is no column of "
					    "summary.tsv; see forkmeter list "
					    "columns",
					    o->where.item[i], key);
	}
	return 0;
}

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

static int wanted(const struct fm_options *o, const struct fm_summary_row *row)
{
	char have[FM_WHY_MAX];

	if (o->metric && strcmp(o->metric, row->metric))
		return 0;
	for (size_t i = 0; i < o->where.n; i++) {
		const char *value = strchr(o->where.item[i], '=') + 1;

		for (size_t k = 0; k < fm_summary_table.columns; k++) {
			const struct fm_column *c = &fm_summary_table.column[k];
			size_t n = strlen(c->name);

			if (!strncmp(o->where.item[i], c->name, n) &&
			    o->where.item[i][n] == '=' &&
			    !same_value(c, fm_row_text(c, row, have), value))
				return 0;
		}
	}
	return 1;
}

/* All columns, as they stand in the file. */
static int print_full(const struct fm_options *o, enum fm_format format,
		      const struct fm_summary_row *rows, size_t n)
{
	const size_t columns = fm_summary_table.columns;
	const char *header[columns], *cells[columns];
	char text[columns][FM_WHY_MAX];
	struct fm_print print;

	for (size_t c = 0; c < columns; c++) {
		header[c] = fm_summary_table.column[c].name;
		cells[c] = text[c];
	}
	fm_print_begin(&print, format, header, columns);
	for (size_t i = 0; i < n; i++) {
		if (!wanted(o, &rows[i]))
			continue;
		for (size_t c = 0; c < columns; c++)
			fm_row_text(&fm_summary_table.column[c], &rows[i],
				    text[c]);
		fm_print_row(&print, cells);
	}
	return fm_print_end(&print);
}

static void interval_text(const struct fm_summary_row *row, char *buf,
			  size_t size)
{
	char lo[32], hi[32];

	if (isnan(row->median_lo))
		snprintf(buf, size, "-");
	else
		snprintf(buf, size, "%s .. %s",
			 fm_units_time_text(row->median_lo, lo, sizeof(lo)),
			 fm_units_time_text(row->median_hi, hi, sizeof(hi)));
}

/* What a reader must know about the line, in a few words. */
static void note_text(const struct fm_summary_row *row, char *buf, size_t size)
{
	size_t n = 0;

	*buf = '\0';
	if (!strcmp(row->verdict, "broken"))
		n += (size_t)snprintf(buf + n, size - n, "BROKEN: %llu failed ",
				      (unsigned long long)row->failed);
	else if (row->failed)
		n += (size_t)snprintf(buf + n, size - n, "%llu failed ",
				      (unsigned long long)row->failed);
	if (row->minflt_expected != FM_ABSENT &&
	    row->minflt_expected == row->minflt)
		n += (size_t)snprintf(buf + n, size - n, "%llu faults",
				      (unsigned long long)row->minflt);
	else if (row->minflt_expected != FM_ABSENT)
		n += (size_t)snprintf(buf + n, size - n,
				      "%llu faults, not %llu",
				      (unsigned long long)row->minflt,
				      (unsigned long long)row->minflt_expected);
	if (row->extra)
		snprintf(buf + n, size - n, ", extra in %llu",
			 (unsigned long long)row->extra);
}

static int print_short(const struct fm_options *o, enum fm_format format,
		       const struct fm_summary_row *rows, size_t n)
{
	static const char *const header[] = {
		"workload", "strategy", "child",  "writer",	   "backing",
		"rss",	    "metric",	"median", "95 % interval", "p99",
		"n",	    "blocks",	"note",
	};
	enum { COLUMNS = sizeof(header) / sizeof(*header) };
	char rss[32], median[32], interval[80], p99[32], count[32], blocks[32];
	char note[128];
	struct fm_print print;

	fm_print_begin(&print, format, header, COLUMNS);
	for (size_t i = 0; i < n; i++) {
		const struct fm_summary_row *r = &rows[i];
		const char *cells[COLUMNS] = {
			r->workload, r->strategy, r->child,  r->writer,
			r->backing,  rss,	  r->metric, median,
			interval,    p99,	  count,     blocks,
			note,
		};

		if (!wanted(o, r))
			continue;
		fm_units_size_text(r->rss_bytes, rss, sizeof(rss));
		fm_units_time_text(r->median, median, sizeof(median));
		interval_text(r, interval, sizeof(interval));
		fm_units_time_text(r->p99, p99, sizeof(p99));
		snprintf(count, sizeof(count), "%llu",
			 (unsigned long long)r->n);
		snprintf(blocks, sizeof(blocks), "%llu",
			 (unsigned long long)r->blocks);
		note_text(r, note, sizeof(note));
		fm_print_row(&print, cells);
	}
	return fm_print_end(&print);
}

static int is_newer(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec != b->tv_sec ? a->tv_sec > b->tv_sec :
					a->tv_nsec > b->tv_nsec;
}

/* summary.tsv is derived: made when it is missing or older than its source. */
static int refresh(const char *dir)
{
	char summary[PATH_MAX + 16], blocks[PATH_MAX + 16];
	struct fm_summary_facts facts;
	struct stat made, source;
	struct fm_why why;
	int err;

	snprintf(summary, sizeof(summary), "%s/summary.tsv", dir);
	snprintf(blocks, sizeof(blocks), "%s/blocks.tsv", dir);
	if (stat(summary, &made) == 0 && stat(blocks, &source) == 0 &&
	    !is_newer(&source.st_mtim, &made.st_mtim))
		return 0;
	err = fm_summary_make(dir, &facts, &why);
	if (err)
		fm_say("%s", why.text);
	return err;
}

static int find(const struct fm_options *o, char *dir, size_t size)
{
	struct fm_why why;

	if (o->args > 1) {
		fm_say("%s: only one run at a time", o->arg[1]);
		return FM_USAGE;
	}
	if (fm_rundir_find(o->args ? o->arg[0] : NULL, dir, size, &why)) {
		fm_say("%s", why.text);
		return FM_USAGE;
	}
	return FM_DONE;
}

int fm_cmd_show(const struct fm_options *o)
{
	struct fm_summary_row *rows = NULL;
	enum fm_format format;
	char dir[PATH_MAX];
	struct fm_why why;
	size_t n = 0;
	int err;

	if (fm_format_parse(o->format, &format)) {
		fm_say("--format %s: there is %s", o->format, fm_format_names);
		return FM_USAGE;
	}
	if (check_where(o) || find(o, dir, sizeof(dir)))
		return FM_USAGE;
	if (refresh(dir))
		return FM_BROKEN;
	err = fm_table_load(&fm_summary_table, dir, (void **)&rows, &n, &why);
	if (err) {
		fm_say("%s", why.text);
		return FM_BROKEN;
	}
	if (format == FM_TEXT)
		fm_say("run %s; medians with a 95 %% interval (t over blocks)",
		       dir);
	if (format == FM_TSV || format == FM_CSV || format == FM_JSON)
		err = print_full(o, format, rows, n);
	else
		err = print_short(o, format, rows, n);
	free(rows);
	return err ? FM_BROKEN : FM_DONE;
}

int fm_cmd_summary(const struct fm_options *o)
{
	struct fm_summary_facts facts;
	char dir[PATH_MAX];
	struct fm_why why;
	int err = find(o, dir, sizeof(dir));

	if (err)
		return err;
	if (fm_summary_make(dir, &facts, &why)) {
		fm_say("%s", why.text);
		return FM_BROKEN;
	}
	if (facts.torn)
		fm_say("%zu samples of blocks that were not completed are left "
		       "out",
		       facts.torn);
	fm_say("%zu samples, %zu lines, %zu broken", facts.samples,
	       facts.points, facts.broken);
	printf("%s/summary.tsv\n", dir);
	return facts.broken || facts.blocks_broken ? FM_BROKEN : FM_DONE;
}
