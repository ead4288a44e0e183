/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Change points of series that others published, and where others found them:
 * tests/data/published. Prints the table of doc/statistics.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "shift.h"
#include "test.h"

enum {
	VALUES = 400,
	PLACES = 15,
	LOOKED = 200, /* values that are looked at one by one */
};
#define EFFECT log1p(FM_VERDICT_EFFECT)

struct places {
	size_t n, at[PLACES]; /* first values after a change */
};

static const struct published {
	const char *name;
	int in_log;	  /* else as they are: counts, or values around 0 */
	struct places at; /* published */
	size_t within;	  /* how far off those who publish are of each other */
	struct places besides; /* places of other settings, or that are ours */
	size_t told;	       /* looked at one by one */
} all[] = {
	{ "nile", 1, { 1, { 28 } }, 4, { 0 }, 1 },
	{ "coal", 0, { 1, { 41 } }, 4, { 0 }, 1 },
	{ "quality_control_2", 0, { 1, { 97 } }, 2, { 0 }, 1 },
	/* A season follows the change, which is told as one more. */
	{ "quality_control_3", 0, { 1, { 179 } }, 1, { 0 }, 2 },
	{ "quality_control_5", 0, { 0 }, 0, { 0 }, 0 },
	/* 25 is as plain to see. From 64 to 71 it slopes. */
	{ "mongodb", 1, { 1, { 115 } }, 1, { 3, { 25, 64, 68 } }, 5 },
	/* What Otava finds of any size at p = 0.01. */
	{ "tigerbeetle",
	  1,
	  { 2, { 15, 71 } },
	  0,
	  { 12, { 26, 61, 95, 117, 131, 142, 148, 165, 169, 192, 212, 260 } },
	  8 },
};

static double x[VALUES];
static struct fm_shift shift[VALUES];
static struct fm_shift_told told[VALUES];
static size_t after[VALUES]; /* values that told[i] took */

static size_t take(char *text, int in_log, size_t n)
{
	char *at = text, *end;
	double value = strtod(at, &end);

	for (; end != at && n < VALUES; value = strtod(at, &end)) {
		x[n++] = in_log ? log(value) : value;
		at = end;
	}
	return n;
}

static size_t load(const struct published *p)
{
	const char *top = getenv("top_srcdir");
	char path[4096], line[4096];
	size_t n = 0;
	FILE *in;

	snprintf(path, sizeof(path), "%s/tests/data/published/%s.txt",
		 top ? top : ".", p->name);
	in = fopen(path, "r");
	while (in && fgets(line, sizeof(line), in))
		n = take(line, p->in_log, n);
	if (in)
		fclose(in);
	return n;
}

static int is_within(size_t at, const struct places *places, size_t within)
{
	for (size_t i = 0; i < places->n; i++)
		if (labs((long)at - (long)places->at[i]) <= (long)within)
			return 1;
	return 0;
}

/* The shifts of the first n values; those that are told, where told is set. */
static size_t find(size_t n, int only_told)
{
	long found = fm_shifts_find(x, n, &fm_edivisive_usual, EFFECT, shift);
	size_t kept = 0;

	CHECK(found >= 0);
	for (long i = 0; i < found; i++)
		if (!only_told || shift[i].verdict > FM_SAME)
			shift[kept++] = shift[i];
	return kept;
}

/* As forkmeter trend does, with one value more each night. */
static size_t look_one_by_one(size_t n)
{
	size_t tolds = 0, is[VALUES];

	for (size_t looked = 1; looked <= n && looked <= LOOKED; looked++) {
		size_t found = find(looked, 1);

		fm_shifts_match(shift, found, told, tolds, EFFECT, is);
		for (size_t i = 0; i < found; i++) {
			if (is[i] != SIZE_MAX)
				continue;
			after[tolds] = looked - shift[i].at;
			told[tolds++] = (struct fm_shift_told){
				shift[i].at,
				fm_mean_interval(shift[i].ratio, FM_SHIFT_LEVEL)
			};
		}
	}
	return tolds;
}

static void print_places(const struct places *p)
{
	printf(" published:");
	for (size_t i = 0; i < p->n; i++)
		printf(" %zu", p->at[i]);
	printf("%s\n", p->n ? "" : " none");
}

static const char *next_line(size_t i)
{
	return i && i % 4 == 0 ? "\n               " : "";
}

/* With all values at hand, each where others have it, and none elsewhere. */
static void look_back(const struct published *p, size_t n)
{
	size_t found = find(n, 0);

	printf("    all values:");
	for (size_t i = 0; i < found; i++) {
		printf("%s %zu (%zu..%zu%s)", next_line(i), shift[i].at,
		       shift[i].lo, shift[i].hi,
		       shift[i].verdict > FM_SAME ? "" : ", untold");
		CHECK(is_within(shift[i].at, &p->at, p->within) ||
		      is_within(shift[i].at, &p->besides, 0));
	}
	printf("%s\n", found ? "" : " none");
	for (size_t k = 0; k < p->at.n; k++) {
		size_t hits = 0;

		for (size_t i = 0; i < found; i++)
			hits += labs((long)shift[i].at - (long)p->at.at[k]) <=
				(long)p->within;
		CHECK(hits == 1);
	}
}

static void look_ahead(const struct published *p, size_t n)
{
	size_t tolds = look_one_by_one(n);

	printf("    one by one:");
	for (size_t i = 0; i < tolds; i++)
		printf("%s %zu (+%zu)", next_line(i), told[i].at, after[i]);
	printf("%s\n", tolds ? "" : " none");
	CHECK(tolds == p->told);
	for (size_t k = 0; k < p->at.n; k++) {
		size_t hits = 0;

		for (size_t i = 0; i < tolds; i++)
			hits += labs((long)told[i].at - (long)p->at.at[k]) <=
				FM_SHIFT_NEAR;
		CHECK(hits == 1 || p->at.at[k] >= LOOKED);
	}
}

int main(void)
{
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		size_t n = load(&all[i]);

		printf("  %s, %zu values;", all[i].name, n);
		CHECK(n >= 100 && n < VALUES);
		print_places(&all[i].at);
		look_back(&all[i], n);
		look_ahead(&all[i], n);
	}
	return test_end();
}
