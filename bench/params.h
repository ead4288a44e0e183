/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parameters of a point: their values, defaults and how they are told. */
#ifndef FM_PARAMS_H
#define FM_PARAMS_H

#include "bench.h"
#include "names.h"

/* The parameters that a row's workload and backing have, one after the other.
 */
struct fm_params {
	const struct fm_param *of[2]; /* each ended by a NULL name; or NULL */
};
struct fm_params fm_params_of(const struct fm_plan_row *row);

/* The i-th of them, or NULL. */
const struct fm_param *fm_params_at(const struct fm_params *params, size_t i);

/* The one of that name ("name" or "name=..."), or NULL. */
const struct fm_param *fm_params_find(const struct fm_params *params,
				      const char *name);

/*
 * The values of a comma list, or of NULL the default, "all" for all where they
 * are names. Returns 0, or -EINVAL with what the parameter can be in why.
 */
int fm_param_values(struct fm_names *values, const struct fm_param *param,
		    const char *list, struct fm_why *why);

/*
 * What a person may type, "one, all" or "a number from 1 to 64", into buf;
 * returns buf.
 */
const char *fm_param_range(const struct fm_param *param, char *buf,
			   size_t size);

/* Fills row->parameters: those whose value is not the default. */
void fm_params_tell(struct fm_plan_row *row);

/* NULL, or why this machine does not have one of the row's values (in why). */
const char *fm_params_refusal(const struct fm_plan_row *row,
			      struct fm_why *why);

#endif
