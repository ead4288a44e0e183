/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The noise floors that forkmeter selfcheck left for a machine. */
#include <errno.h>

#include "compare.h"

int fm_floor_find(const char *host_id, const char *state, double *paired,
		  double *apart, double *boots, struct fm_why *why)
{
	(void)host_id;
	(void)state;
	(void)paired;
	(void)apart;
	(void)boots;
	return fm_fail(why, ENOENT, "no selfcheck of this machine");
}
