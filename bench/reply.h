/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a worker writes to its standard output: this head, then head.samples
 * of struct fm_sample, then for each sample head.values counts. Both ends are
 * built from one tree; size tells if not.
 */
#ifndef FM_REPLY_H
#define FM_REPLY_H

#include <stdint.h>

#include "record.h"
#include "singles.h"

struct fm_reply {
	uint64_t size; /* of this struct and of a sample, see FM_REPLY_SIZE */
	uint64_t samples;
	uint64_t values; /* of events, a sample */
	struct fm_block_row block;
	struct fm_singles singles;
};

#define FM_REPLY_SIZE                                                          \
	((uint64_t)sizeof(struct fm_reply) << 32 | sizeof(struct fm_sample))

#endif
