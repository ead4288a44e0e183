/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A block with the machine set as its point needs it. */
#ifndef FM_PUSHED_H
#define FM_PUSHED_H

#include "launch.h"

/*
 * fm_launch_block between pushing the run's switches and the settings that the
 * point's strategy and backing need, and putting them back; the block's line
 * tells which. What cannot be set, or contradicts each other, makes a block
 * that is skipped, with the reason.
 */
int fm_pushed_block(const struct fm_block_request *request,
		    struct fm_reply *reply, struct fm_sample *samples);

/* Has plug-ins' offers look at the node that memory there is bound to. */
void fm_pushed_expect_node(const struct fm_place *place);

#endif
