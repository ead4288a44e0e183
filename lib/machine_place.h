/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facts of a machine that are where on it was measured. */
#ifndef FM_MACHINE_PLACE_H
#define FM_MACHINE_PLACE_H

#include "fact.h"
#include "place.h"

/* Appends them. */
void fm_machine_place(struct fm_facts *facts, const struct fm_place *place);

#endif
