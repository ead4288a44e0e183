/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is being measured and how long it will take, on standard error. */
#ifndef FM_PROGRESS_H
#define FM_PROGRESS_H

#include <stdint.h>

#include "record.h"

struct fm_progress {
	int terminal;
	uint64_t start_ns, expected_ns; /* the whole run */
	uint64_t said_ns;
	uint64_t rounds; /* 0: as many as fit */
};

void fm_progress_begin(struct fm_progress *progress, uint64_t expected_ns,
		       uint64_t rounds);
/* On a terminal one line that is overwritten; else nothing. */
void fm_progress_block(struct fm_progress *progress, uint64_t round,
		       const struct fm_plan_row *point);
/* In a log a line a round, at most one every five seconds. */
void fm_progress_round(struct fm_progress *progress, uint64_t round,
		       uint64_t samples);
/* Leaves the terminal's line empty. */
void fm_progress_end(struct fm_progress *progress);

/* "cow anon 32M writer=parent" into buf; returns buf. */
const char *fm_point_text(const struct fm_plan_row *point, char *buf,
			  size_t size);

#endif
