/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order in which a comparison's lines are told. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "compare.h"

static int rank(const struct fm_comparison_row *row)
{
	static const enum fm_verdict order[] = { FM_SLOWER, FM_FASTER,
						 FM_UNSURE, FM_SAME };
	int i = 0;

	while (i < 3 && strcmp(row->verdict, fm_verdict_names[order[i]]))
		i++;
	return i;
}

/* What grows towards the end of its verdict's lines; INFINITY is last. */
static double weight(const struct fm_comparison_row *row)
{
	double x = rank(row) < 2 ? -fabs(log(row->ratio)) :
				   log(row->ratio_shi / row->ratio_slo);

	return isnan(x) ? INFINITY : x;
}

static int compare_rows(const void *a, const void *b)
{
	const struct fm_comparison_row *x = a, *y = b;
	double wx = weight(x), wy = weight(y);

	if (rank(x) != rank(y))
		return rank(x) - rank(y);
	if (wx < wy || wx > wy)
		return wx < wy ? -1 : 1;
	if (x->point != y->point)
		return x->point < y->point ? -1 : 1;
	return strcmp(x->metric, y->metric);
}

void fm_compare_sort(struct fm_comparison_row *rows, size_t n)
{
	qsort(rows, n, sizeof(*rows), compare_rows);
}
