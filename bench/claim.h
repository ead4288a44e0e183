/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One forkmeter at a time on a processor. */
#ifndef FM_CLAIM_H
#define FM_CLAIM_H

/*
 * Claims the processor until this process ends, for all users of the machine:
 * by the name of an abstract socket (unix(7)), which leaves no file behind.
 * Returns 0, -EADDRINUSE while another forkmeter has it, or -errno.
 */
int fm_claim_cpu(int cpu);

#endif
