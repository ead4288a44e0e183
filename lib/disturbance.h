/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What else went on around the measured processor while a block was measured:
 * the columns of blocks.tsv of FM_DISTURBANCE_COLUMNS but for vmstat's. What
 * the machine does not show stays absent.
 */
#ifndef FM_DISTURBANCE_H
#define FM_DISTURBANCE_H

#include "record.h"

enum {
	FM_DISTURBANCE_SIBLINGS = 7, /* SMT8 has as many */
	FM_DISTURBANCE_THREADS = 32, /* of the kernel, that are watched */
};

struct fm_disturbance {
	const char *root;
	int cpu;
	int sibling[FM_DISTURBANCE_SIBLINGS]; /* ended by -1 where fewer */
	struct fm_disturbance_thread {
		const struct fm_column *column;
		int pid;
	} thread[FM_DISTURBANCE_THREADS];
	size_t threads;
	uint64_t from_ns, own_ns;
	struct fm_block_row before; /* what counts up, at the beginning */
};

/*
 * Finds the processor's siblings and the kernel's threads once a run: those
 * whose name begins like a column whose meaning begins with "thread:". root is
 * "", or a folder that holds a proc and a sys in the place of the machine's.
 */
void fm_disturbance_open(struct fm_disturbance *d, const char *root, int cpu);

/*
 * Around a block, whose processes are reaped by fm_disturbance_end, which puts
 * the differences into the row. Each takes some 0.1 ms on a small machine.
 */
void fm_disturbance_begin(struct fm_disturbance *d);
void fm_disturbance_end(const struct fm_disturbance *d,
			struct fm_block_row *row);

#endif
