/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Named sets of points. */
#ifndef FM_PROFILE_H
#define FM_PROFILE_H

#include <stdint.h>

#include "plan.h"

struct fm_profile {
	const char *name;
	const char *summary;
	uint64_t time_ns;	    /* where --time does not say */
	uint64_t samples_large;	    /* samples of large blocks; 0: the most */
	const struct fm_axes *axes; /* ended by a NULL workload */
};

extern const struct fm_profile fm_profiles[]; /* ended by a NULL name */

/* NULL: no such profile. */
const struct fm_profile *fm_profile_find(const char *name);

#endif
