/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this machine allows, what is missing, and what closes the gap. */
#ifndef FM_DOCTOR_H
#define FM_DOCTOR_H

#include "clock.h"
#include "fact.h"
#include "offers.h"
#include "place.h"

enum fm_level {
	FM_LEVEL_OK,
	FM_LEVEL_LIMIT, /* something cannot be measured; the rest is sound */
	FM_LEVEL_NOISE, /* intervals are wider than they could be */
	FM_LEVEL_BAD,	/* numbers of now are not to be trusted */
};

struct fm_finding {
	enum fm_level level;
	char is[FM_WHY_MAX];	  /* what was found */
	const char *costs;	  /* what that costs a measurement */
	char command[FM_WHY_MAX]; /* closes the gap; "" where nothing does */
};

/* What the checks look at, gathered once. */
struct fm_patient {
	const struct fm_facts *facts;
	const struct fm_offers *offers;
	uint64_t memory_available;
	const struct fm_place *place;
	int worker_cpu, driver_cpu; /* of place */
	/* What went on without us, for whole_ns: lib/disturbance.h. */
	struct fm_block_row watched;
};

struct fm_check {
	const char *name;
	/* Fills finding; what it leaves alone is ok and empty. */
	void (*run)(const struct fm_patient *patient,
		    struct fm_finding *finding);
};

/* Ended by a NULL name. */
extern const struct fm_check fm_checks_allowed[]; /* what can be measured */
extern const struct fm_check fm_checks_place[];	  /* where */
extern const struct fm_check fm_checks_noise[];	  /* how well */
extern const struct fm_check
	fm_checks_actors[]; /* who works on memory meanwhile */

/* A share of the time watched; 0 where the machine does not show it. */
double fm_patient_share(const struct fm_patient *patient, uint64_t ns);

/* The fact's value, or NULL where it is not known. */
const char *fm_patient_fact(const struct fm_patient *patient, const char *key);

#endif
