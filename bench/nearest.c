/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What somebody probably meant. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "nearest.h"

enum { WORD_MAX = 48 };

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static int same(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/* Optimal string alignment distance of a and the first n bytes of b. */
static size_t distance(const char *a, const char *b, size_t n)
{
	size_t d[WORD_MAX + 1][WORD_MAX + 1], m = strlen(a);

	if (m > WORD_MAX || n > WORD_MAX)
		return WORD_MAX;
	for (size_t i = 0; i <= m; i++)
		for (size_t k = 0; k <= n; k++) {
			if (!i || !k) {
				d[i][k] = i + k;
				continue;
			}
			d[i][k] = least(least(d[i - 1][k], d[i][k - 1]) + 1,
					d[i - 1][k - 1] +
						!same(a[i - 1], b[k - 1]));
			if (i > 1 && k > 1 && same(a[i - 1], b[k - 2]) &&
			    same(a[i - 2], b[k - 1]))
				d[i][k] = least(d[i][k], d[i - 2][k - 2] + 1);
		}
	return d[m][n];
}

const char *fm_nearest(const char *word, const char *list, char *buf,
		       size_t size)
{
	/* Near enough: less than half of the word is wrong. */
	size_t best = strlen(word) / 2 + 1;
	const char *found = NULL;

	for (const char *at = list; *at; at += *at == ',') {
		size_t n = strcspn(at, ","), d = distance(word, at, n);

		/* A word that was not typed to its end. */
		if (strlen(word) > 2 && n > strlen(word) &&
		    !strncmp(at, word, strlen(word)))
			d = 1;

		if (n && d < best) {
			best = d;
			found = at;
		}
		at += n;
	}
	if (!found)
		return NULL;
	snprintf(buf, size, "%.*s", (int)strcspn(found, ","), found);
	return buf;
}
