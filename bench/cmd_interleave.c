/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter interleave: two runs in one sitting, for developers. */
#include <stdio.h>

#include "interleave.h"
#include "say.h"

int fm_cmd_interleave(const struct fm_options *options)
{
	static struct fm_interleaved result;
	int status;

	if (!options->sides) {
		fm_say("interleave BASE NEW [WORKLOAD...] [OPTIONS]: each side "
		       "is one string of words, such as '--strategy fork'");
		return FM_USAGE;
	}
	status = fm_interleave(options, options->sides[0], options->sides[1],
			       &result);
	if (*result.base)
		printf("%s\n%s\n", result.base, result.fresh);
	return status;
}
