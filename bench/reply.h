/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a worker writes to its standard output: this head, then head.samples
 * of struct fm_sample, then for each sample head.values counts, then, where the
 * driver asked for intervals, FM_TIMED_MAX of struct fm_timed for each. Both
 * ends are built from one tree; size tells if not.
 */
#ifndef FM_REPLY_H
#define FM_REPLY_H

#include <stdint.h>

#include "record.h"
#include "singles.h"

/* An interval that a sample timed, on lib/clock.h's clock; 0 and 0: none. */
struct fm_timed {
	uint64_t from_ns, to_ns;
};

enum { FM_TIMED_MAX = 2 };

struct fm_reply {
	uint64_t size; /* of this struct and of a sample, see FM_REPLY_SIZE */
	uint64_t samples;
	uint64_t values; /* of events, a sample */
	uint64_t pid;	 /* of the worker */
	struct fm_block_row block;
	struct fm_singles singles;
};

#define FM_REPLY_SIZE                                                          \
	((uint64_t)sizeof(struct fm_reply) << 32 | sizeof(struct fm_sample))

#endif
