/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marks that samples get by the others of their block. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "marks.h"
#include "series.h"

/* The commonest value of the column that stands at offset. */
static uint64_t mode_of(const struct fm_sample *s, size_t n, size_t offset)
{
	uint64_t *column = malloc((n + 1) * sizeof(*column)), mode;

	if (!column)
		return FM_ABSENT;
	for (size_t i = 0; i < n; i++)
		memcpy(&column[i], (const char *)&s[i] + offset,
		       sizeof(*column));
	mode = fm_series_mode(column, n);
	free(column);
	return mode;
}

void fm_marks_off_mode(struct fm_sample *samples, size_t n)
{
	uint64_t own = mode_of(samples, n, offsetof(struct fm_sample, minflt));
	uint64_t child =
		mode_of(samples, n, offsetof(struct fm_sample, child_minflt));

	for (size_t i = 0; i < n; i++) {
		struct fm_sample *s = &samples[i];

		if (s->minflt == own || s->minflt == FM_ABSENT)
			;
		else if (s->minflt_expected != own)
			fm_sample_mark(s, "minflt:%+" PRId64,
				       (int64_t)(s->minflt - own));
		else if (s->minflt < own)
			fm_sample_mark(s,
				       "failed:%" PRIu64 " faults of %" PRIu64,
				       s->minflt, own);
		else
			fm_sample_mark(s, "extra:%" PRIu64, s->minflt - own);
		if (s->minflt_expected == FM_ABSENT && s->child_minflt != child)
			fm_sample_mark(s, "child_minflt:%+" PRId64,
				       (int64_t)(s->child_minflt - child));
	}
}
