/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sizes, times and percentages as people write them. */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "units.h"

struct unit {
	const char *suffix;
	double factor;
};

static const struct unit size_units[] = {
	{ "", 1 },	     { "K", 1024 },	     { "M", 1048576 },
	{ "G", 1073741824 }, { "T", 1099511627776 }, { 0 },
};

static const struct unit time_units[] = {
	{ "", 1e9 },  { "ns", 1 },   { "us", 1e3 },   { "ms", 1e6 },
	{ "s", 1e9 }, { "m", 60e9 }, { "h", 3600e9 }, { 0 },
};

static int parse(const char *text, const struct unit *units, uint64_t *value)
{
	char *end;
	double number;

	if (!isdigit((unsigned char)*text) || strspn(text, "0xX") > 1)
		return -EINVAL;
	number = strtod(text, &end);
	for (; units->suffix; units++) {
		if (strcmp(end, units->suffix))
			continue;
		number *= units->factor;
		if (number > 0x1p63)
			return -ERANGE;
		*value = (uint64_t)llround(number);
		return 0;
	}
	return -EINVAL;
}

int fm_units_size(const char *text, uint64_t *bytes)
{
	return parse(text, size_units, bytes);
}

int fm_units_time(const char *text, uint64_t *ns)
{
	return parse(text, time_units, ns);
}

int fm_units_percent(const char *text, double *fraction)
{
	size_t digits = strspn(text, "0123456789.");
	char *end;
	double number;

	if (!isdigit((unsigned char)*text))
		return -EINVAL;
	number = strtod(text, &end);
	if (end != text + digits || (*end && strcmp(end, "%")))
		return -EINVAL;
	if (number >= 100)
		return -ERANGE;
	*fraction = number / 100;
	return 0;
}

static int compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* One element of the list: a size, or a range. Returns how many it gave. */
static int element(char *text, uint64_t *bytes, size_t max)
{
	char *dots = strstr(text, "..");
	char *times = dots ? strchr(dots, 'x') : NULL;
	uint64_t lo, hi, factor = 4;
	size_t n = 0;
	int err;

	if (!dots) {
		if (!max)
			return -E2BIG;
		err = fm_units_size(text, bytes);
		return err ? err : 1;
	}
	*dots = '\0';
	if (times) {
		*times = '\0';
		err = fm_units_size(times + 1, &factor);
		if (err)
			return err;
	}
	err = fm_units_size(text, &lo);
	if (!err)
		err = fm_units_size(dots + 2, &hi);
	if (err)
		return err;
	if (!lo || lo > hi || factor < 2)
		return -EINVAL;
	for (uint64_t at = lo;; at = at > hi / factor ? hi : at * factor) {
		if (n == max)
			return -E2BIG;
		bytes[n++] = at;
		if (at == hi)
			return (int)n;
	}
}

int fm_units_sizes(const char *text, uint64_t *bytes, size_t max)
{
	char *copy = strdup(text), *save = NULL;
	size_t n = 0, unique = 0;
	int got = text[0] ? 0 : -EINVAL;

	if (!copy)
		return -ENOMEM;
	if (text[0] == ',' || strstr(text, ",,") ||
	    (text[0] && text[strlen(text) - 1] == ','))
		got = -EINVAL;
	for (char *t = strtok_r(copy, ",", &save); t && got >= 0;
	     t = strtok_r(NULL, ",", &save)) {
		got = element(t, bytes + n, max - n);
		if (got > 0)
			n += (size_t)got;
	}
	free(copy);
	if (got < 0)
		return got;
	qsort(bytes, n, sizeof(*bytes), compare);
	for (size_t i = 0; i < n; i++)
		if (!i || bytes[i] != bytes[i - 1])
			bytes[unique++] = bytes[i];
	return (int)unique;
}

const char *fm_units_size_text(uint64_t bytes, char *buf, size_t size)
{
	static const char suffix[] = "KMGT";
	uint64_t n = bytes;
	int i = -1;

	while (n && n % 1024 == 0 && i < 3) {
		n /= 1024;
		i++;
	}
	if (n % 512 == 0 && n > 512 && i < 3)
		snprintf(buf, size, "%" PRIu64 ".5%c", n / 1024, suffix[i + 1]);
	else if (i < 0)
		snprintf(buf, size, "%" PRIu64, n);
	else
		snprintf(buf, size, "%" PRIu64 "%c", n, suffix[i]);
	return buf;
}

const char *fm_units_time_text(double ns, char *buf, size_t size)
{
	static const struct {
		double least;
		const char *name;
	} units[] = { { 3600e9, "h" }, { 60e9, "min" }, { 1e9, "s" },
		      { 1e6, "ms" },   { 1e3, "us" },	{ 0, "ns" } };
	size_t i = 0;

	if (!(ns >= 0)) {
		snprintf(buf, size, "-");
		return buf;
	}
	while (ns < units[i].least)
		i++;
	snprintf(buf, size, "%.4g %s",
		 units[i].least ? ns / units[i].least : ns, units[i].name);
	return buf;
}

const char *fm_units_value_text(double x, const char *unit, char *buf,
				size_t size)
{
	if (!strcmp(unit, "ns"))
		return fm_units_time_text(x, buf, size);
	snprintf(buf, size, fabs(x) < 1e6 ? "%.6g" : "%.0f", x);
	return buf;
}

const char *fm_units_percent_text(double fraction, char *buf, size_t size)
{
	if (!isfinite(fraction))
		snprintf(buf, size, "-");
	else
		snprintf(buf, size, fabs(fraction) < 1 ? "%.3g %%" : "%.0f %%",
			 100 * fraction);
	return buf;
}

const char *fm_units_plural(uint64_t n)
{
	return n == 1 ? "" : "s";
}
