/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this machine offers, as the worker found it. */
#ifndef FM_OFFERS_H
#define FM_OFFERS_H

#include "clock.h"
#include "launch.h"

#define FM_OFFERS_MAX 256

struct fm_offer {
	char kind[16], name[48], available[8], reason[FM_WHY_MAX];
};

struct fm_offers {
	struct fm_offer offer[FM_OFFERS_MAX];
	size_t n;
	struct fm_clock_facts clock;
};

/*
 * Asks a worker on place (or NULL). Returns 0 or -errno; -EPROTO for one whose
 * answers we would not understand, as it is another version's.
 */
int fm_offers_ask(struct fm_offers *offers, const struct fm_programs *programs,
		  const struct fm_place *place, struct fm_why *why);

/* NULL when available (or unknown to the worker), else the reason. */
const char *fm_offers_refusal(const struct fm_offers *offers, const char *kind,
			      const char *name);

/* What the worker found of that name ("policy", "huge_cow"); NULL: nothing. */
const char *fm_offers_value(const struct fm_offers *offers, const char *kind,
			    const char *name);

#endif
