/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must be known about a line of a summary, in a few words. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "show.h"

#define HARNESS_SHARE 0.01 /* from which on it is mentioned */

/* Adds a remark to the comma list. What does not fit is left out. */
__attribute__((format(printf, 3, 4))) static void add(char *buf, size_t size,
						      const char *format, ...)
{
	size_t n = strlen(buf);
	va_list args;

	if (n && n + 2 < size) {
		strcpy(buf + n, ", ");
		n += 2;
	}
	va_start(args, format);
	if (vsnprintf(buf + n, size - n, format, args) >= (int)(size - n))
		buf[n < 2 ? 0 : n - 2] = '\0';
	va_end(args);
}

static void add_faults(const struct fm_summary_row *row, char *buf, size_t size)
{
	unsigned long long have = row->minflt, model = row->minflt_expected;

	if (row->minflt_expected == FM_ABSENT)
		;
	else if (have == model)
		add(buf, size, "%llu faults", have);
	else
		add(buf, size, "DISAGREES: %llu faults, the model's %llu", have,
		    model);
	if (row->extra)
		add(buf, size, "extra in %llu", (unsigned long long)row->extra);
}

static void add_stability(const struct fm_stability_row *s, char *buf,
			  size_t size)
{
	if (!strcmp(s->drift_verdict, "drifts"))
		add(buf, size, "drifts %+.2g %%", 100 * (s->drift - 1));
	if (strcmp(s->warmup_verdict, "steady") &&
	    strcmp(s->warmup_verdict, "few blocks") && *s->warmup_verdict)
		add(buf, size, "%s %+.2g %%", s->warmup_verdict,
		    100 * (s->warmup - 1));
	if (!strcmp(s->order_verdict, "correlated"))
		add(buf, size, "blocks correlated: interval x%.2g",
		    s->widening);
}

void fm_show_note(const struct fm_show_run *run,
		  const struct fm_summary_row *row, char *buf, size_t size)
{
	unsigned long long failed = row->failed;

	*buf = '\0';
	if (!strcmp(row->verdict, "broken"))
		add(buf, size, "BROKEN: %llu failed", failed);
	else if (row->failed)
		add(buf, size, "%llu failed", failed);
	add_faults(row, buf, size);
	/* So many that the rate matters, and no figure is without them. */
	if (row->disturbed * 5 > row->n)
		add(buf, size, "preempted %llu/%llu",
		    (unsigned long long)row->disturbed,
		    (unsigned long long)row->n);
	for (size_t i = 0; i < run->stabilities; i++)
		if (run->stability[i].point == row->point &&
		    !strcmp(run->stability[i].metric, row->metric))
			add_stability(&run->stability[i], buf, size);
	if (row->floor_share > HARNESS_SHARE && row->floor_share < 1)
		add(buf, size, "harness %.2g %%", 100 * row->floor_share);
}
