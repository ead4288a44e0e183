/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this machine offers, as the worker found it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "offers.h"

static void take(struct fm_offers *offers, char *line)
{
	char *field[4] = { line, "", "", "" };
	uint64_t value;
	struct fm_offer *o;

	for (int i = 1; i < 4 && field[i - 1]; i++) {
		field[i] = strchr(field[i - 1], '\t');
		if (!field[i])
			return;
		*field[i]++ = '\0';
	}
	if (!strcmp(field[0], "clock")) {
		value = strtoull(field[3], NULL, 10);
		if (!strcmp(field[1], "resolution_ns"))
			offers->clock.resolution_ns = value;
		else if (!strcmp(field[1], "step_ns"))
			offers->clock.step_ns = value;
		else if (!strcmp(field[1], "cost_ns"))
			offers->clock.cost_ns = value;
		return;
	}
	if (offers->n == FM_OFFERS_MAX)
		return;
	o = &offers->offer[offers->n++];
	snprintf(o->kind, sizeof(o->kind), "%s", field[0]);
	snprintf(o->name, sizeof(o->name), "%s", field[1]);
	snprintf(o->available, sizeof(o->available), "%s", field[2]);
	snprintf(o->reason, sizeof(o->reason), "%s", field[3]);
}

int fm_offers_ask(struct fm_offers *offers, const struct fm_programs *programs,
		  const struct fm_place *place, struct fm_why *why)
{
	char *argv[] = { "forkmeter-worker", "offers",
			 (char *)programs->libexec, NULL };
	char text[32768], *save = NULL;
	int64_t n = fm_launch(programs->worker, argv, place, 20000, text,
			      sizeof(text) - 1, why);

	if (n < 0)
		return (int)n;
	memset(offers, 0, sizeof(*offers));
	text[n] = '\0';
	for (char *line = strtok_r(text, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save))
		take(offers, line);
	return offers->n ? 0 :
			   fm_fail(why, EPROTO, "the worker offers nothing");
}

static const struct fm_offer *find(const struct fm_offers *offers,
				   const char *kind, const char *name)
{
	for (size_t i = 0; i < offers->n; i++)
		if (!strcmp(offers->offer[i].kind, kind) &&
		    !strcmp(offers->offer[i].name, name))
			return &offers->offer[i];
	return NULL;
}

const char *fm_offers_refusal(const struct fm_offers *offers, const char *kind,
			      const char *name)
{
	const struct fm_offer *o = find(offers, kind, name);

	return o && strcmp(o->available, "yes") ? o->reason : NULL;
}

const char *fm_offers_value(const struct fm_offers *offers, const char *kind,
			    const char *name)
{
	const struct fm_offer *o = find(offers, kind, name);

	return o ? o->reason : NULL;
}
