/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all exports ask of a run. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "export.h"
#include "units.h"

static int before(const struct fm_quantile_row *q,
		  const struct fm_summary_row *row)
{
	return q->point < row->point ||
	       (q->point == row->point && strcmp(q->metric, row->metric) < 0);
}

struct fm_export_blocks fm_export_blocks(const struct fm_export *run,
					 const struct fm_summary_row *row)
{
	size_t lo = 0, hi = run->blocks;
	struct fm_export_blocks found;

	while (lo < hi) {
		size_t middle = lo + (hi - lo) / 2;

		if (before(&run->block[middle], row))
			lo = middle + 1;
		else
			hi = middle;
	}
	while (hi < run->blocks && run->block[hi].point == row->point &&
	       !strcmp(run->block[hi].metric, row->metric))
		hi++;
	found.first = run->block + lo;
	found.n = hi - lo;
	return found;
}

const char *fm_export_fact(const struct fm_export *run, const char *key)
{
	const struct fm_fact *fact = fm_fact_find(&run->facts, key);

	return fact && fact->value ? fact->value : "";
}

int fm_export_is_time(const struct fm_summary_row *row)
{
	return !strcmp(row->unit, "ns");
}

int fm_export_is_broken(const struct fm_summary_row *row)
{
	return !strncmp(row->verdict, "broken", strlen("broken"));
}

struct word {
	char *buf;
	size_t size, n;
};

static void put(struct word *w, char c)
{
	if (w->n + 1 < w->size)
		w->buf[w->n++] = c;
	w->buf[w->n] = '\0';
}

static void put_safe(struct word *w, const char *text)
{
	static const char hex[] = "0123456789ABCDEF";

	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c < 0x80 && (isalnum(c) || strchr("_.:,+", c))) {
			put(w, *text);
		} else if (w->n + 3 < w->size) {
			put(w, '%');
			put(w, hex[c >> 4]);
			put(w, hex[c & 15]);
		}
	}
}

static void put_pair(struct word *w, const char *key, char is,
		     const char *value)
{
	if (!*value)
		return;
	put(w, '/');
	put_safe(w, key);
	put(w, is);
	put_safe(w, value);
}

/* "writer=parent,order=random": a pair each. */
static void put_parameters(struct word *w, char is, const char *text)
{
	char one[FM_WHY_MAX];

	while (*text) {
		size_t n = strcspn(text, ",");
		char *value;

		snprintf(one, sizeof(one), "%.*s", (int)n, text);
		value = strchr(one, '=');
		if (value)
			*value++ = '\0';
		put_pair(w, one, is, value ? value : "yes");
		text += n + (text[n] == ',');
	}
}

/* One that a workload has beside its own interval. */
static int is_another(const struct fm_summary_row *row)
{
	size_t n = strlen(row->workload);

	return strcmp(row->metric, "op_ns") &&
	       (strncmp(row->metric, row->workload, n) ||
		strcmp(row->metric + n, "_ns"));
}

const char *fm_export_name(const struct fm_summary_row *row, char is, char *buf,
			   size_t size)
{
	struct word w = { .buf = buf, .size = size };
	char rss[32];

	*buf = '\0';
	put_safe(&w, row->workload);
	put_pair(&w, "strategy", is, row->strategy);
	put_pair(&w, "child", is, row->child);
	put_pair(&w, "backing", is, row->backing);
	if (row->rss_bytes != FM_ABSENT && row->rss_bytes)
		put_pair(&w, "rss", is,
			 fm_units_size_text(row->rss_bytes, rss, sizeof(rss)));
	put_parameters(&w, is, row->parameters);
	if (is_another(row))
		put_pair(&w, "metric", is, row->metric);
	return buf;
}
