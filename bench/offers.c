/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this machine offers, as the worker found it. */
#include "config.h"

#include <errno.h>
#include <inttypes.h>
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

/* Driver and worker pass structs, so they must be of one version. */
static int check_build(const struct fm_offers *offers,
		       const struct fm_programs *programs, struct fm_why *why)
{
	const char *version = fm_offers_value(offers, "build", "forkmeter");
	const char *reply = fm_offers_value(offers, "build", "reply_size");
	char ours[32];

	snprintf(ours, sizeof(ours), "%" PRIu64, FM_REPLY_SIZE);
	if (version && reply && !strcmp(version, PACKAGE_VERSION) &&
	    !strcmp(reply, ours))
		return 0;
	return fm_fail(why, EPROTO,
		       "%.100s is of %s, and does not answer as version "
		       "%s expects here; build both from one version, or "
		       "let each measure a run of its own",
		       programs->worker,
		       version && strcmp(version, PACKAGE_VERSION) ?
			       version :
			       "another build",
		       PACKAGE_VERSION);
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
	return check_build(offers, programs, why);
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
