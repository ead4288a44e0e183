/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what the worker's probes found to the model's policy. */
#ifndef FM_POLICY_H
#define FM_POLICY_H

#include "model.h"
#include "offers.h"

/*
 * fm_model_linux with what the offers say of this kernel; what no probe could
 * find out stays as it is there.
 */
struct fm_model_policy fm_policy_of(const struct fm_offers *offers);

#endif
