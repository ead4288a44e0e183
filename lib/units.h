/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sizes, times and percentages as people write them. */
#ifndef FM_UNITS_H
#define FM_UNITS_H

#include <stddef.h>
#include <stdint.h>

/*
 * "0", "4096", "64K", "16M", "1.5G", "1T" (powers of 1024) to bytes.
 * Returns 0, -EINVAL for what is no size, -ERANGE for more than 2^63 - 1.
 */
int fm_units_size(const char *text, uint64_t *bytes);

/*
 * A comma list of sizes and of geometric ranges LO..HI or LO..HIxFACTOR, whose
 * default factor is 4: "0,64M", "16M..1G", "16M..4Gx2". HI is always part of
 * its range. Ascending, each size once. At most max sizes are put into bytes.
 * Returns their number, -EINVAL for what is no list, -ERANGE for a size that
 * is too large, -E2BIG for more than max.
 */
int fm_units_sizes(const char *text, uint64_t *bytes, size_t max);

/*
 * "250us", "40ms", "90s", "5m", "1h" or plain seconds ("1.5") to ns.
 * Returns 0, -EINVAL or -ERANGE.
 */
int fm_units_time(const char *text, uint64_t *ns);

/*
 * "2%", "2" or "0.5%" to the fraction: 0.02. Returns 0, or -EINVAL for what is
 * no percentage, -ERANGE for one of 100 or more.
 */
int fm_units_percent(const char *text, double *fraction);

/* Writes "0", "64M", "1.5G" into buf (the largest unit that is exact). */
const char *fm_units_size_text(uint64_t bytes, char *buf, size_t size);

/* Writes "93.1 us" and the like into buf, to about four digits. */
const char *fm_units_time_text(double ns, char *buf, size_t size);

/* The same of a value in ns; of another unit the number alone. */
const char *fm_units_value_text(double x, const char *unit, char *buf,
				size_t size);

/* Writes "2 %", "0.351 %", "120 %" into buf; "-" for what is not finite. */
const char *fm_units_percent_text(double fraction, char *buf, size_t size);

/* The ending of the noun that so many are of: "" for 1, else "s". */
const char *fm_units_plural(uint64_t n);

#endif
