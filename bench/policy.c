/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what the worker's probes found to the model's policy. */
#include <stdlib.h>
#include <string.h>

#include "policy.h"

static int found(const struct fm_offers *offers, const char *name,
		 const char *value)
{
	const char *is = fm_offers_value(offers, "policy", name);

	return is && !strcmp(is, value);
}

struct fm_model_policy fm_policy_of(const struct fm_offers *offers)
{
	struct fm_model_policy policy = fm_model_linux;
	const char *around = fm_offers_value(offers, "policy", "fault_around");

	policy.no_reuse = found(offers, "last_owner", "copies");
	policy.huge_cow = found(offers, "huge_cow", "whole");
	policy.no_zero_page = found(offers, "zero_page", "allocates");
	policy.huge_zero_splits = found(offers, "huge_zero", "split");
	policy.fork_shared = found(offers, "fork_shared", "copies");
	if (around)
		policy.fault_around = strtoul(around, NULL, 10);
	return policy;
}
