/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks over pages: which page comes when. */
#include <stdlib.h>
#include <string.h>

#include "touch.h"

/* Pages between strided touches where the backing has no larger unit. */
enum { STRIDE = 16 };

void fm_touch_from_point(struct fm_touch *t, const struct fm_plan_row *point,
			 size_t pages, size_t unit, int write)
{
	size_t percent = *point->fraction ?
				 (size_t)strtoul(point->fraction, NULL, 10) :
				 100;

	*t = (struct fm_touch){
		.pages = pages,
		.count = pages * percent / 100,
		.unit = unit,
		.stride = unit > 1 ? unit : STRIDE,
		.access = write ? FM_WRITE_ONE : FM_READ_ONE,
		.singles = !strcmp(point->timing, "single"),
		.threads = *point->threads ? atoi(point->threads) : 1,
	};
	if (write && !strcmp(point->bytes, "whole"))
		t->access = FM_WRITE_ALL;
	if (!strcmp(point->order, "strided"))
		t->order = FM_STRIDED;
	if (!strcmp(point->order, "random"))
		t->order = FM_RANDOM;
}

/*
 * A bijection of the numbers below a power of two, as hash functions mix:
 * multiplying by an odd number and folding the upper half in are invertible.
 * Numbers from pages on are mapped again until one lies below (cycle walking).
 * So no table of a permutation is needed, which would have to be faulted in.
 */
static size_t permuted(size_t pages, size_t i)
{
	unsigned int bits = 1;
	size_t mask;

	while (((size_t)1 << bits) < pages)
		bits++;
	mask = ((size_t)1 << bits) - 1;
	do {
		for (int round = 0; round < 3; round++) {
			i = (i * 0x9e3779b1u + 0x7f4a7c15u) & mask;
			i ^= i >> (bits / 2 + 1);
		}
	} while (i >= pages);
	return i;
}

size_t fm_touch_page(const struct fm_touch *t, size_t i)
{
	size_t columns;

	if (t->order == FM_SEQUENTIAL)
		return i;
	if (t->order == FM_RANDOM)
		return permuted(t->pages, i);
	columns = t->pages / t->stride;
	return i < columns * t->stride ? i % columns * t->stride + i / columns :
					 i;
}
