/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Precision as the stopping rule: whether a set of numbers is known well
 * enough.
 */
#include <math.h>
#include <stdio.h>

#include "precision.h"
#include "progress.h"
#include "stopping.h"
#include "units.h"

enum fm_known_state fm_precision_state(const struct fm_precision *p,
				       const struct fm_known *known)
{
	const struct fm_mean *m = &known->mean;

	if (fm_stopping_reached(*m, FM_PRECISION_LEVEL, p->wanted))
		return FM_KNOWN_WELL;
	if ((m->n && isnan(m->value)) ||
	    (p->rounds >= FM_STOPPING_LEAST_BLOCKS && 2 * m->n < p->rounds))
		return FM_KNOWN_WITHOUT;
	return FM_KNOWN_WIDE;
}

/* In rounds: some of the point's blocks may have given nothing. */
static double rounds_needed(const struct fm_precision *p,
			    const struct fm_known *known)
{
	double blocks =
		fm_stopping_blocks(known->mean, FM_PRECISION_LEVEL, p->wanted);

	return isinf(blocks) ?
		       0 :
		       ceil(blocks * (double)p->rounds / (double)known->mean.n);
}

void fm_precision_look(struct fm_precision *p, const struct fm_known *known,
		       size_t n, uint64_t rounds)
{
	*p = (struct fm_precision){
		.wanted = p->wanted,
		.rounds = rounds,
		.n = n,
	};
	for (size_t i = 0; i < n; i++) {
		enum fm_known_state state = fm_precision_state(p, &known[i]);
		double width;

		p->without += state == FM_KNOWN_WITHOUT;
		if (state != FM_KNOWN_WIDE)
			continue;
		width = fm_stopping_width(known[i].mean, FM_PRECISION_LEVEL);
		if (p->wide++ && width <= p->width)
			continue;
		p->width = width;
		p->needed = rounds_needed(p, &known[i]);
		fm_known_name(&known[i], p->widest, sizeof(p->widest));
	}
}

int fm_precision_is_over(const struct fm_precision *p)
{
	return p->rounds >= FM_STOPPING_LEAST_BLOCKS && !p->wide;
}

const char *fm_known_name(const struct fm_known *known, char *buf, size_t size)
{
	char point[128];

	fm_point_text(known->point, point, sizeof(point));
	snprintf(buf, size, *known->metric ? "%s %s" : "%s", point,
		 known->metric);
	return buf;
}

/* How many rounds more, and how long they will take. */
static void put_needed(const struct fm_precision *p,
		       const struct fm_known *known, double round_ns, char *buf,
		       size_t size)
{
	double more = rounds_needed(p, known) - (double)p->rounds;
	char time[32];

	if (more > 1e6)
		snprintf(buf, size, "over a million more rounds would do");
	else
		snprintf(buf, size, "about %.0f more round%s (%s) would do",
			 more, more > 1 ? "s" : "",
			 fm_units_time_text(more * round_ns, time,
					    sizeof(time)));
}

const char *fm_known_text(const struct fm_known *known,
			  const struct fm_precision *p, double round_ns,
			  char *buf, size_t size)
{
	double width = fm_stopping_width(known->mean, FM_PRECISION_LEVEL);
	char is[32], wanted[32], needed[96];

	if (isfinite(width)) {
		put_needed(p, known, round_ns, needed, sizeof(needed));
		snprintf(buf, size, "+-%s of +-%s, %s",
			 fm_units_percent_text(width, is, sizeof(is)),
			 fm_units_percent_text(p->wanted, wanted,
					       sizeof(wanted)),
			 needed);
	} else if (known->mean.n && isnan(known->mean.value))
		snprintf(buf, size, "no interval: the median of a block is 0");
	else if (*known->reason)
		snprintf(buf, size, "no interval: %s", known->reason);
	else
		snprintf(buf, size, "no interval from %zu block%s",
			 known->mean.n, fm_units_plural(known->mean.n));
	return buf;
}
