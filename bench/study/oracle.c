/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who looks for a change and knows everything but its night. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_statistics_double.h>

#include "oracle.h"

#define REACH 16.0 /* standard deviations on either side */
/* A little of a Cauchy distribution: what was never seen is not impossible. */
#define DOUBT 0.001

static double in_log(const struct fm_oracle *o, double z)
{
	double at = (z - o->lo) / o->step;

	if (!(at > 0))
		at = 0;
	if (at > FM_ORACLE_BINS - 1)
		at = FM_ORACLE_BINS - 1;
	return o->log_density[(size_t)at];
}

/* log(density after the change / density before it). */
static double evidence(const struct fm_oracle *o, double x)
{
	double z = x / o->sd;

	return in_log(o, z - o->size) - in_log(o, z);
}

/* A kernel density by Silverman's rule, of values that were counted in bins. */
void fm_oracle_learn(struct fm_oracle *o, const struct fm_nights *nights)
{
	static double count[FM_ORACLE_BINS];
	size_t n = FM_NIGHTS_SAMPLE;
	double width = 0.9 * pow((double)n, -0.2) *
		       fmin(1, nights->quartiles / nights->sd / 1.349);

	o->sd = nights->sd;
	o->lo = -REACH;
	o->step = 2 * REACH / FM_ORACLE_BINS;
	for (size_t i = 0; i < FM_ORACLE_BINS; i++)
		count[i] = 0;
	for (size_t i = 0; i < n; i++) {
		double at = (nights->sample[i] / o->sd - o->lo) / o->step;

		if (at >= 0 && at < FM_ORACLE_BINS)
			count[(size_t)at]++;
	}
	for (size_t i = 0; i < FM_ORACLE_BINS; i++) {
		double z = o->lo + ((double)i + 0.5) * o->step, sum = 0;
		long far = (long)(5 * width / o->step) + 1;

		for (long k = -far; k <= far; k++) {
			long j = (long)i + k;
			double u = (double)k * o->step / width;

			if (j >= 0 && j < FM_ORACLE_BINS)
				sum += count[j] * exp(-u * u / 2);
		}
		o->log_density[i] =
			log((1 - DOUBT) * sum /
				    ((double)n * width * sqrt(2 * M_PI)) +
			    DOUBT / (M_PI * (1 + z * z)));
	}
}

static size_t alarms(const double *evidence, size_t series, size_t n,
		     double threshold)
{
	size_t found = 0;

	for (size_t i = 0; i < series; i++) {
		double sum = 0;

		for (size_t k = 0; k < n; k++) {
			sum = fmax(0, sum + evidence[i * n + k]);
			if (sum > threshold) {
				found++;
				sum = 0;
			}
		}
	}
	return found;
}

int fm_oracle_tune(struct fm_oracle *o, struct fm_nights *nights, double rate,
		   size_t series, size_t n)
{
	double *x = calloc(series * n, sizeof(*x)), lo = 0, hi = 50;

	if (!x)
		return -ENOMEM;
	for (size_t i = 0; i < series; i++) {
		fm_nights_draw_point(nights);
		fm_oracle_learn(o, nights);
		fm_nights_draw(nights, x + i * n, n);
		for (size_t k = 0; k < n; k++)
			x[i * n + k] = evidence(o, x[i * n + k]);
	}
	while (hi - lo > 0.001) {
		double middle = (lo + hi) / 2;

		if ((double)alarms(x, series, n, middle) >
		    rate * (double)(series * n))
			lo = middle;
		else
			hi = middle;
	}
	o->threshold = hi;
	free(x);
	return 0;
}

size_t fm_oracle_finds(const struct fm_oracle *o, const double *x, size_t from,
		       size_t to)
{
	double sum = 0;

	for (size_t i = 0; i < to; i++) {
		sum = fmax(0, sum + evidence(o, x[i]));
		if (sum <= o->threshold)
			continue;
		if (i >= from)
			return i - from + 1;
		sum = 0; /* a false alarm */
	}
	return 0;
}
