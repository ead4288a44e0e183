/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How soon forkmeter trend tells a shift of a series that has just begun, and
 * how often one that is none: part of make bench-trend. Arguments as trend's.
 */
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "nights.h"
#include "shift.h"

enum { YOUNG = 20, LEAST = 6, AFTER = 7 };
#define EFFECT log1p(FM_VERDICT_EFFECT)

struct series {
	double x[YOUNG];
	struct fm_shift_told told[4 * YOUNG];
	size_t tolds;
};

/* How many shifts are told of the first n values, and not before; or -1. */
static int look(struct series *s, size_t n)
{
	struct fm_shift shift[YOUNG];
	size_t is[YOUNG], shifts = 0;
	long found =
		fm_shifts_find(s->x, n, &fm_edivisive_usual, EFFECT, shift);
	int told = 0;

	for (long i = 0; i < found; i++)
		if (shift[i].verdict == FM_SLOWER ||
		    shift[i].verdict == FM_FASTER)
			shift[shifts++] = shift[i];
	fm_shifts_match(shift, shifts, s->told, s->tolds, EFFECT, is);
	for (size_t i = 0; i < shifts; i++) {
		if (is[i] != SIZE_MAX)
			continue;
		s->told[s->tolds++] = (struct fm_shift_told){
			shift[i].at,
			fm_mean_interval(shift[i].ratio, FM_SHIFT_LEVEL)
		};
		told++;
	}
	return found < 0 ? -1 : told;
}

static void draw(struct fm_nights *nights, struct series *s)
{
	s->tolds = 0;
	fm_nights_draw_point(nights);
	fm_nights_draw(nights, s->x, YOUNG);
}

static int false_alarms(struct fm_nights *nights, size_t n)
{
	size_t told = 0, looks = 0;
	struct series s;

	for (size_t i = 0; i < n; i++) {
		draw(nights, &s);
		for (size_t k = LEAST; k <= YOUNG; k++, looks++) {
			int more = look(&s, k);

			if (more < 0)
				return -1;
			told += (size_t)more;
		}
	}
	printf("  nights correlated by %.1f: false alarms per 1,000 nights "
	       "%.2f (%zu in %zu)\n",
	       nights->correlation, 1e3 * (double)told / (double)looks, told,
	       looks);
	return 0;
}

/* Looked at from the third night after the change on. */
static int found(struct fm_nights *nights, size_t before, double size, size_t n)
{
	size_t soon = 0, later = 0;
	struct series s;

	for (size_t i = 0; i < n; i++) {
		int told = 0;

		draw(nights, &s);
		for (size_t k = before; k < YOUNG; k++)
			s.x[k] += size * nights->sd;
		for (size_t k = 3; k <= AFTER && !told; k++) {
			told = look(&s, before + k);
			if (told < 0)
				return -1;
			soon += k == 3 && told;
			later += told > 0;
		}
	}
	printf(" %5.0f %% %5.0f %%", 100 * (double)soon / (double)n,
	       100 * (double)later / (double)n);
	return 0;
}

static int table(struct fm_nights *nights, size_t n)
{
	static const double size[] = { 2.5, 5, 10, 30 };
	int err = 0;

	printf("  A change after so many nights, found within 3 and within %d "
	       "nights, by its size in sd:\n  nights",
	       AFTER);
	for (size_t i = 0; i < sizeof(size) / sizeof(*size); i++)
		printf(" %15.1f", size[i]);
	putchar('\n');
	for (size_t before = 3; before <= 12 && !err; before += 3) {
		printf("  %6zu", before);
		for (size_t i = 0; i < sizeof(size) / sizeof(*size) && !err;
		     i++)
			err = found(nights, before, size[i], n);
		putchar('\n');
	}
	return err;
}

int main(int argc, char **argv)
{
	size_t n = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 100;
	static struct fm_nights nights;
	struct fm_why why = { "" };
	int err =
		n ? fm_nights_open(&nights, argc > 2 ? argv[2] : "tests/data",
				   1, &why) :
		    fm_fail(&why, EINVAL, "%s: want how many series", argv[1]);

	if (!err) {
		printf("\nSeries of %d to %d nights, %zu of them:\n", LEAST,
		       YOUNG, 10 * n);
		err = false_alarms(&nights, 10 * n);
	}
	nights.correlation = 0.5;
	if (!err)
		err = false_alarms(&nights, 10 * n);
	nights.correlation = 0;
	if (!err)
		err = table(&nights, 4 * n);
	if (err)
		fprintf(stderr, "young: %s\n",
			*why.text ? why.text : "no memory");
	fm_nights_free(&nights);
	return err ? 4 : 0;
}
