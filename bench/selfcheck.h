/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An A/A run, looked at: what comparisons on this machine can find. */
#ifndef FM_SELFCHECK_H
#define FM_SELFCHECK_H

#include "floor.h"
#include "resample.h"

/* Rounds; fewer say little of how much rounds differ. */
enum { FM_SELFCHECK_LEAST = 12 };

struct fm_selfcheck {
	struct fm_pairs pairs;	  /* those with rounds enough for a verdict */
	size_t left_out;	  /* those without */
	struct fm_floor_row *row; /* one a pair */
	double round_ns;
};

/*
 * Looks at two runs of one sitting that measured the same. Returns 0; -ENODATA
 * where no point has FM_SELFCHECK_LEAST rounds; or -errno; with the
 * reason in why.
 */
int fm_selfcheck_make(struct fm_selfcheck *check, const char *base,
		      const char *new, struct fm_why *why);
void fm_selfcheck_free(struct fm_selfcheck *check);

/* What comparisons of these points would be that last so long. */
struct fm_selfcheck_span {
	size_t rounds;
	/* Relative, of the middle and of the noisiest point. */
	double delta, delta_worst, effect, effect_worst;
	/*
	 * Drawn: A/A, and with a planted effect: that of the middle point, on
	 * it. No experiments where rounds are more than
	 * FM_SELFCHECK_MORE times those that were measured, of which so many
	 * would say little.
	 */
	struct fm_resample_result same, planted;
};
enum { FM_SELFCHECK_MORE = 8 };

/* Returns 0, -ERANGE where that is too short for a verdict, or -ENOMEM. */
int fm_selfcheck_span(const struct fm_selfcheck *check, uint64_t time_ns,
		      size_t experiments, struct fm_selfcheck_span *span);

/*
 * How long a comparison of these points must last to find that effect
 * (relative) of the point in the middle of the noise in 95 %, with the minimum
 * effect that is named for that time. In ns; INFINITY beyond a million rounds.
 */
double fm_selfcheck_time_for(const struct fm_selfcheck *check, double effect);

#endif
