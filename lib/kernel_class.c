/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a kernel function works at: the table, asked. */
#include <stdint.h>
#include <string.h>

#include "kernel_class.h"

size_t fm_kernel_class_count(void)
{
	size_t n = 0;

	while (fm_kernel_classes[n].name)
		n++;
	return n;
}

size_t fm_kernel_class_fixed(enum fm_kernel_class_fixed which)
{
	return fm_kernel_class_count() - 2 + (size_t)which;
}

/*
 * One element of a list, with at most two stars; returns the number of its
 * letters where it matches, -1 where it does not.
 */
static int matches(const char *element, size_t n, const char *name,
		   size_t length)
{
	size_t i = 0;

	while (i < n && i < length && element[i] != '*' &&
	       element[i] == name[i])
		i++;
	if (i == n)
		return i == length ? (int)(n + 1) : -1;
	if (element[i] != '*')
		return -1;
	for (size_t skip = i; skip <= length; skip++) {
		int rest = i + 1 == n ? 0 :
					matches(element + i + 1, n - i - 1,
						name + skip, length - skip);

		if (rest >= 0)
			return (int)i + rest;
	}
	return -1;
}

size_t fm_kernel_class_find(const char *function)
{
	size_t length = strcspn(function, "."), found = SIZE_MAX, n;
	int best = -1;

	for (size_t c = 0; fm_kernel_classes[c].name; c++) {
		const char *at = fm_kernel_classes[c].functions;

		for (; at && *at; at += n + (at[n] == ',')) {
			int is;

			n = strcspn(at, ",");
			is = matches(at, n, function, length);
			if (is > best) {
				best = is;
				found = c;
			}
		}
	}
	return found;
}
