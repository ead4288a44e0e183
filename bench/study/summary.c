/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The statistics of scripts/study, by the same code as forkmeter's own. Reads
 * lines KEY tab VALUE, any order; prints for each key, in the order that keys
 * first came, KEY, how many, the back-transformed mean of the logarithms and
 * its 95 % interval (fm_mean_log; empty where there is none).
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "contrast.h"

enum { KEYS_MAX = 128, VALUES_MAX = 1000 };

static struct series {
	char key[64];
	double value[VALUES_MAX];
	size_t n;
} series[KEYS_MAX];

static struct series *find(const char *key)
{
	for (size_t i = 0; i < KEYS_MAX; i++) {
		if (!*series[i].key)
			strcpy(series[i].key, key);
		if (!strcmp(series[i].key, key))
			return &series[i];
	}
	return NULL;
}

int main(void)
{
	char key[64];
	double value;

	while (scanf("%63[^\t]\t%lf\n", key, &value) == 2) {
		struct series *s = find(key);

		if (!s || s->n == VALUES_MAX) {
			fprintf(stderr, "summary: too many values\n");
			return 4;
		}
		s->value[s->n++] = value;
	}
	if (!feof(stdin)) {
		fprintf(stderr, "summary: a line is not KEY tab VALUE\n");
		return 4;
	}
	for (size_t i = 0; i < KEYS_MAX && *series[i].key; i++) {
		const struct series *s = &series[i];
		struct fm_interval is =
			fm_mean_interval_exp(fm_mean_log(s->value, s->n), 0.95);

		printf("%s\t%zu\t%.6g", s->key, s->n, is.middle);
		if (isnan(is.lo))
			printf("\t\t\n");
		else
			printf("\t%.6g\t%.6g\n", is.lo, is.hi);
	}
	return fflush(stdout) ? 4 : 0;
}
