/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a kernel function works at, by a table of names. */
#ifndef FM_KERNEL_CLASS_H
#define FM_KERNEL_CLASS_H

#include <stddef.h>
#include <stdint.h>

struct fm_kernel_class {
	const char *name;
	const char *summary;
	/*
	 * A comma list of functions, where * stands for any letters. NULL: no
	 * function is in it by name.
	 */
	const char *functions;
	/* Only what is done in these themselves, for most calls run below. */
	int is_leaf;
};

/* In the order of figures; ended by a NULL name. In kernel_class_table.c. */
extern const struct fm_kernel_class fm_kernel_classes[];

/* Those that are known without a name. */
enum fm_kernel_class_fixed { FM_CLASS_OTHER, FM_CLASS_USER };
size_t fm_kernel_class_fixed(enum fm_kernel_class_fixed which);

/*
 * The index of the class whose list names the function, by its longest match;
 * what the compiler has appended (.isra.0, .constprop.0, .cold, .part.0) does
 * not count. SIZE_MAX where none does.
 */
size_t fm_kernel_class_find(const char *function);

/* How many there are. */
size_t fm_kernel_class_count(void);

#endif
