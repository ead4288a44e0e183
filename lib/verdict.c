/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be said of a ratio: faster, slower, the same, or nothing. */
#include <math.h>

#include "verdict.h"

const char *const fm_verdict_names[] = {
	[FM_UNSURE] = "unsure",
	[FM_SAME] = "same",
	[FM_FASTER] = "faster",
	[FM_SLOWER] = "slower",
};

double fm_verdict_level(double family, size_t m)
{
	return 1 - (1 - family) / (double)(m ? m : 1);
}

enum fm_verdict fm_verdict_of(struct fm_mean contrast, size_t least,
			      double level, double delta)
{
	struct fm_interval i = fm_mean_interval(contrast, level);

	if (contrast.n < least || isnan(i.lo))
		return FM_UNSURE;
	if (i.hi < -delta)
		return FM_FASTER;
	if (i.lo > delta)
		return FM_SLOWER;
	return i.lo > -delta && i.hi < delta ? FM_SAME : FM_UNSURE;
}
