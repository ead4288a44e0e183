/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of processors as the kernel writes them: "0-3,8". */
#ifndef FM_CPULIST_H
#define FM_CPULIST_H

/*
 * Steps from range to range: *at begins at the text's start and moves on.
 * Returns 1 and fills first and last, or 0 at the end, or at what is no number.
 */
int fm_cpulist_range(const char **at, int *first, int *last);

int fm_cpulist_has(const char *list, int cpu);

#endif
