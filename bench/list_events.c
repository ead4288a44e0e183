/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter list events: those that there are, each opened and tried. */
#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "counted.h"
#include "list.h"
#include "nearest.h"
#include "print.h"
#include "say.h"

struct listing {
	char pattern[160];
	struct fm_event *event;
	struct fm_event_row *row; /* the same for fm_counted_say */
	size_t n, room;
	size_t longer;	   /* than -e takes: not shown */
	struct fm_why why; /* of the first of them */
};

/* Names are long and many: what has no wildcard is a part of one. */
static int is_wanted(const struct listing *l, const char *name)
{
	return !fnmatch(l->pattern, name, FNM_CASEFOLD);
}

static int grow(struct listing *l)
{
	size_t room = l->room ? 2 * l->room : 64;
	void *events = realloc(l->event, room * sizeof(*l->event));
	void *rows = events ? realloc(l->row, room * sizeof(*l->row)) : NULL;

	l->event = events ? events : l->event;
	l->row = rows ? rows : l->row;
	l->room = rows ? room : l->room;
	return rows ? 0 : -ENOMEM;
}

static int try_event(const char *name, void *ctx)
{
	struct listing *l = ctx;
	struct fm_event_row *row;
	struct fm_event *event;
	struct fm_why why;

	if (!is_wanted(l, name))
		return 0;
	if (l->n == l->room && grow(l))
		return -ENOMEM;
	event = &l->event[l->n];
	if (fm_event_find(name, event, &why)) {
		if (strlen(name) >= FM_EVENT_NAME && !l->longer++)
			l->why = why;
		return 0;
	}
	fm_event_try(event);
	row = &l->row[l->n++];
	fm_row_clear(&fm_event_table, row);
	snprintf(row->event, sizeof(row->event), "%s", event->name);
	strcpy(row->status, fm_event_status_name(event->status));
	snprintf(row->reason, sizeof(row->reason), "%s", event->why.text);
	return 0;
}

static int print(const struct listing *l, enum fm_format format)
{
	static const char *const header[] = { "event", "status", "in_a_test",
					      "encoding", "reason" };
	char encoding[96], tried[32];
	struct fm_print print;

	/* People are told each reason once, below. */
	fm_print_begin(&print, format, header, format == FM_TEXT ? 4 : 5);
	for (size_t i = 0; i < l->n; i++) {
		const struct fm_event *e = &l->event[i];
		const char *cells[] = { e->name, l->row[i].status, tried,
					encoding, e->why.text };

		fm_counting_write(&e->counter, encoding, sizeof(encoding));
		snprintf(tried, sizeof(tried), "%llu",
			 (unsigned long long)e->tried);
		if (e->status != FM_EVENT_COUNTS)
			*tried = '\0';
		fm_print_row(&print, cells);
	}
	return fm_print_end(&print);
}

/* Tracepoints are thousands: those of a system that PATTERN begins with. */
static int collect(struct listing *l, const char *pattern)
{
	const char *colon = strchr(pattern, ':');
	char system[64];
	int err = fm_event_names(try_event, l);

	if (err || !colon || colon[1] == ':')
		return err;
	snprintf(system, sizeof(system), "%.*s", (int)(colon - pattern),
		 pattern);
	return fm_event_tracepoints(system, try_event, l);
}

int fm_list_events(const char *pattern, enum fm_format format)
{
	struct listing l = { .n = 0 };
	int is_glob = pattern && strpbrk(pattern, "*?[");
	int err;

	snprintf(l.pattern, sizeof(l.pattern), "%s%.128s%s", is_glob ? "" : "*",
		 pattern ? pattern : "", is_glob ? "" : "*");
	err = collect(&l, pattern ? pattern : "");
	if (!err && !l.n) {
		struct fm_event event;
		struct fm_why why;

		/* Why a tracepoint's system cannot be looked into. */
		fm_event_find(pattern ? pattern : "", &event, &why);
		if (l.longer)
			why = l.why;
		err = fm_say_usage("list events %s: %s", pattern ? pattern : "",
				   *why.text ? why.text : "no such event");
	} else if (!err) {
		err = print(&l, format);
		if (format == FM_TEXT)
			fm_counted_say(l.row, l.n);
		if (l.longer)
			fm_say("not shown, for their length: %zu, as %s",
			       l.longer, l.why.text);
	}
	free(l.event);
	free(l.row);
	return err;
}
