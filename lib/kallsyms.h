/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which function of the kernel an address lies in: /proc/kallsyms. */
#ifndef FM_KALLSYMS_H
#define FM_KALLSYMS_H

#include <stddef.h>
#include <stdint.h>

#include "err.h"

struct fm_kallsym {
	uint64_t address;
	const char *name;
	const char *module; /* "" for the kernel itself */
	int is_text;	    /* else it only ends what lies before it */
};

struct fm_kallsyms {
	struct fm_kallsym *symbol; /* by address, one each */
	size_t n;
	char *text; /* all names */
};

/*
 * Reads such a file. Of several names of one address the one is kept that a
 * person would look for: a global before a local or weak one, then the one with
 * fewer leading underscores, the shorter, the first by alphabet. The __pfx_
 * marks of the padding before a function (Linux 6.2) are no functions. Returns
 * 0; -EPERM where all addresses are hidden, with the setting that shows them in
 * why; -ENOENT where the kernel has no such file; or -errno. To be freed, also
 * after an error.
 */
int fm_kallsyms_read(struct fm_kallsyms *k, const char *path,
		     struct fm_why *why);
void fm_kallsyms_free(struct fm_kallsyms *k);

/*
 * The function that address lies in: the last one that begins at or before it.
 * NULL where there is none, or where data begins before the address. A function
 * that the compiler has put into another one has no address of its own, and
 * counts as that other one.
 */
const struct fm_kallsym *fm_kallsyms_find(const struct fm_kallsyms *k,
					  uint64_t address);

#endif
