/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facts of a machine that are files, or lines of /proc/cpuinfo. */
#ifndef FM_MACHINE_FILES_H
#define FM_MACHINE_FILES_H

#include "fact.h"

/* Appends them; what cannot be read is there too, with the reason. */
void fm_machine_files(struct fm_facts *facts);

#endif
