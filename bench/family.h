/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Children that share the parent's memory while somebody writes to it: they
 * park until they are let go. So they have siblings, or children of their own.
 */
#ifndef FM_FAMILY_H
#define FM_FAMILY_H

#include "bench.h"

enum { FM_FAMILY_MAX = 64, FM_GENERATIONS_MAX = 4 };

/* Once a block, before any child. Returns 0 or -errno. */
int fm_family_setup(struct fm_block *b, struct fm_why *why);

/*
 * Makes a child; where the point asks for generations, the child makes the next
 * one, and so on: the last of them runs act, and then parks if it is told to;
 * all others park. Returns the child's pid, or -errno.
 */
pid_t fm_family_spawn(struct fm_block *b, void (*act)(const struct fm_job *job),
		      int park);

/*
 * Waits until as many processes sleep in their parking place as were told to
 * park by now (bounded). Until then, their own faults could fall into ours.
 * Returns 0 or -errno.
 */
int fm_family_await(struct fm_block *b);

/* Lets all go and reaps our own children into the sample. 0 or -errno. */
int fm_family_end(struct fm_block *b, struct fm_sample *s, struct fm_why *why);

#endif
