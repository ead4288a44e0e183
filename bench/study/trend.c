/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What forkmeter trend finds in histories whose changes are known, and what it
 * takes for changes that are none: make bench-trend. Arguments: how many
 * histories, and the folder that holds base and new, two sides of an A/A run,
 * from whose blocks the noise is drawn.
 */
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "nights.h"
#include "oracle.h"
#include "shift.h"

enum {
	NIGHTS = 200,
	CHANGES = 3,   /* at most */
	APART = 15,    /* nights between them, and before the first */
	AHEAD = 8,     /* nights behind the last */
	WITHIN = 7,    /* nights in which a change is to be found */
	LOCATED = 2,   /* nights it may be off */
	PATIENCE = 28, /* nights that the curve waits */
};
#define SMALLEST 0.03 /* of changes */
#define LARGEST 0.20
#define CLEAR 2.5 /* standard deviations that must be found */
#define EFFECT log1p(FM_VERDICT_EFFECT)

struct history {
	double x[NIGHTS];
	size_t at[CHANGES], n;
	double by[CHANGES], sd;
	struct fm_shift_told told[NIGHTS];
	size_t tolds;
};

struct tally {
	size_t nights, false_alarms, twice;
	size_t clear, clear_found, clear_located;
	size_t all, all_found, alarms_located, held;
};

static int is_clear(const struct history *h, size_t i)
{
	return fabs(h->by[i]) >= CLEAR * h->sd;
}

static void plant(struct history *h, gsl_rng *rng)
{
	size_t n = gsl_rng_uniform_int(rng, CHANGES + 1);
	size_t room = NIGHTS - AHEAD - APART * (n + 1), at = 0;

	h->n = n;
	for (size_t i = 0; i < n; i++) {
		size_t skip = gsl_rng_uniform_int(rng, room / (n - i) + 1);
		double size = SMALLEST *
			      pow(LARGEST / SMALLEST, gsl_rng_uniform(rng));

		at += APART + skip;
		room -= skip;
		h->at[i] = at;
		h->by[i] =
			gsl_rng_uniform(rng) < 0.5 ? log1p(size) : -log1p(size);
		for (size_t k = at; k < NIGHTS; k++)
			h->x[k] += h->by[i];
	}
}

/* The planted change that the shift is taken for, or none. */
static size_t planted(const struct history *h, const struct fm_shift *s,
		      size_t night)
{
	for (size_t i = 0; i < h->n; i++)
		if (h->at[i] < night &&
		    labs((long)s->at - (long)h->at[i]) <= FM_SHIFT_NEAR &&
		    s->ratio.value * h->by[i] > 0)
			return i;
	return SIZE_MAX;
}

static void tell(struct history *h, const struct fm_shift *s, size_t night,
		 size_t *found_after, struct tally *t)
{
	size_t i = planted(h, s, night);

	h->told[h->tolds++] = (struct fm_shift_told){
		s->at, fm_mean_interval(s->ratio, FM_SHIFT_LEVEL)
	};
	if (i == SIZE_MAX) {
		t->false_alarms++;
	} else if (found_after[i]) {
		t->twice++;
	} else {
		size_t off = (size_t)labs((long)s->at - (long)h->at[i]);

		found_after[i] = night - h->at[i];
		t->all_found += found_after[i] <= WITHIN;
		t->alarms_located += found_after[i] <= WITHIN && off <= LOCATED;
		t->held += found_after[i] <= WITHIN && s->lo <= h->at[i] &&
			   h->at[i] <= s->hi;
		if (is_clear(h, i) && found_after[i] <= WITHIN) {
			t->clear_found++;
			t->clear_located += off <= LOCATED;
		}
	}
}

/* Looks at the series as it is after so many nights; tells what is new. */
static int look(struct history *h, size_t nights, size_t *found_after,
		struct tally *t)
{
	struct fm_shift shift[NIGHTS];
	size_t is[NIGHTS];
	long n = fm_shifts_find(h->x, nights, &fm_edivisive_usual, EFFECT,
				shift);

	if (n < 0)
		return -1;
	fm_shifts_match(shift, (size_t)n, h->told, h->tolds, EFFECT, is);
	for (long i = 0; i < n; i++)
		if (is[i] == SIZE_MAX && h->tolds < NIGHTS &&
		    (shift[i].verdict == FM_SLOWER ||
		     shift[i].verdict == FM_FASTER))
			tell(h, &shift[i], nights, found_after, t);
	return 0;
}

static int play(struct history *h, struct tally *t)
{
	size_t found_after[CHANGES] = { 0 };

	h->tolds = 0;
	for (size_t i = 0; i < h->n; i++) {
		t->all++;
		t->clear += is_clear(h, i);
	}
	for (size_t nights = 1; nights <= NIGHTS; nights++) {
		t->nights++;
		if (look(h, nights, found_after, t))
			return -1;
	}
	return 0;
}

static void share(const char *what, size_t hits, size_t n)
{
	struct fm_interval i = fm_binomial_interval(hits, n ? n : 1, 0.95);

	printf("  %-46s %4zu of %4zu", what, hits, n);
	if (n)
		printf(": %5.1f %% (95 %%: %.1f to %.1f)", 100 * i.middle,
		       100 * i.lo, 100 * i.hi);
	putchar('\n');
}

static void report(const char *name, size_t histories, const struct tally *t)
{
	double nights = (double)t->nights;

	printf("%s, %zu histories of %d nights:\n", name, histories, NIGHTS);
	printf("  %-46s %.2f (%zu in %zu)\n",
	       "false alarms per 1,000 nights of a point",
	       1000 * (double)t->false_alarms / nights, t->false_alarms,
	       t->nights);
	if (t->all) {
		share("2.5 sd or more: found within 7 nights", t->clear_found,
		      t->clear);
		share("  of these located within +-2 nights", t->clear_located,
		      t->clear_found);
		share("all changes: found within 7 nights", t->all_found,
		      t->all);
		share("  of these located within +-2 nights", t->alarms_located,
		      t->all_found);
		share("  in the interval that is told", t->held, t->all_found);
		share("told twice", t->twice, t->all);
	}
	putchar('\n');
}

static int histories(const char *name, struct fm_nights *nights, size_t n,
		     int change, struct tally *t)
{
	static struct history h;

	*t = (struct tally){ 0 };

	for (size_t i = 0; i < n; i++) {
		fm_nights_draw_point(nights);
		h.sd = nights->sd;
		h.n = 0;
		fm_nights_draw(nights, h.x, NIGHTS);
		if (change)
			plant(&h, nights->rng);
		if (play(&h, t))
			return -1;
	}
	report(name, n, t);
	return 0;
}

/* A series with one change of that size, at a random night. */
static void plant_one(struct history *h, struct fm_nights *nights, double size)
{
	fm_nights_draw_point(nights);
	fm_nights_draw(nights, h->x, NIGHTS);
	h->n = 1;
	h->tolds = 0;
	h->sd = nights->sd;
	h->at[0] = APART +
		   gsl_rng_uniform_int(nights->rng, NIGHTS - PATIENCE - APART);
	h->by[0] = size * h->sd;
	for (size_t i = h->at[0]; i < NIGHTS; i++)
		h->x[i] += h->by[0];
}

/* How often n such changes are found, and how often by the oracle. */
static int curve_point(struct fm_nights *nights, double size, double rate,
		       size_t n)
{
	static struct fm_oracle oracle;
	size_t ours[2] = { 0 }, its[2] = { 0 };
	static struct history h;

	oracle.size = size;
	if (fm_oracle_tune(&oracle, nights, rate, 10 * n, NIGHTS))
		return -1;
	for (size_t i = 0; i < n; i++) {
		size_t found_after[CHANGES] = { 0 }, its_after;
		struct tally t = { 0 };

		plant_one(&h, nights, size);
		fm_oracle_learn(&oracle, nights);
		for (size_t k = 1; k <= PATIENCE && !found_after[0]; k++)
			if (look(&h, h.at[0] + k, found_after, &t))
				return -1;
		its_after = fm_oracle_finds(&oracle, h.x, h.at[0],
					    h.at[0] + PATIENCE);
		ours[0] += found_after[0] && found_after[0] <= WITHIN;
		ours[1] += found_after[0] > 0;
		its[0] += its_after && its_after <= WITHIN;
		its[1] += its_after > 0;
	}
	printf("  %6.1f", size);
	for (int i = 0; i < 2; i++)
		printf(" %11.1f %% %9.1f %%", 100 * (double)ours[i] / (double)n,
		       100 * (double)its[i] / (double)n);
	putchar('\n');
	return 0;
}

static int curve(struct fm_nights *nights, double rate, size_t n)
{
	static const double size[] = { 0.5, 1, 1.5, 2, 2.5, 3, 4, 6 };

	printf("One change in each of %zu series, and an oracle that knows the "
	       "level, the noise and the\nsize, with as many false alarms:\n"
	       "  in sd    within %d nights   oracle    within %d nights   "
	       "oracle\n",
	       n, WITHIN, PATIENCE);
	for (size_t i = 0; i < sizeof(size) / sizeof(*size); i++)
		if (curve_point(nights, size[i], rate, n))
			return -1;
	return 0;
}

int main(int argc, char **argv)
{
	size_t n = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 100;
	const char *dir = argc > 2 ? argv[2] : "tests/data";
	static struct fm_nights nights;
	struct tally none = { 0 }, tally = { 0 };
	struct fm_why why = { "" };
	int err = n ? fm_nights_open(&nights, dir, 1, &why) :
		      fm_fail(&why, EINVAL, "%s: want how many histories",
			      argv[1]);

	if (!err)
		err = histories("Changes of 3 to 20 %", &nights, n, 1, &tally);
	if (!err)
		err = histories("No change", &nights, n, 0, &none);
	if (!err)
		err = curve(&nights,
			    (double)(none.false_alarms + 1) /
				    (double)none.nights,
			    n);
	nights.correlation = 0.5;
	if (!err)
		err = histories("\nNo change, nights correlated by 0.5",
				&nights, n, 0, &tally);
	if (!err)
		err = histories(
			"Changes of 3 to 20 %, nights correlated by 0.5",
			&nights, n, 1, &tally);
	if (err)
		fprintf(stderr, "trend: %s\n",
			*why.text ? why.text : "no memory");
	fm_nights_free(&nights);
	return err ? 4 : 0;
}
