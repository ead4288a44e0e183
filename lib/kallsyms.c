/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which function of the kernel an address lies in. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kallsyms.h"

/* The whole file, ended by a zero byte; its size is not known before. */
static int read_whole(const char *path, char **text, size_t *n)
{
	FILE *in = fopen(path, "re");
	size_t room = 1 << 20, got;
	int err;

	if (!in)
		return -errno;
	*n = 0;
	do {
		char *more = realloc(*text, room + 1);

		if (!more) {
			fclose(in);
			return -ENOMEM;
		}
		*text = more;
		got = fread(*text + *n, 1, room - *n, in);
		*n += got;
		room += *n == room ? room : 0;
	} while (got);
	(*text)[*n] = '\0';
	err = ferror(in) ? -EIO : 0;
	fclose(in);
	return err;
}

/* "ADDRESS TYPE NAME" and, of a module, "\t[MODULE]"; cuts line in pieces. */
static int parse(char *line, struct fm_kallsym *s, char *type)
{
	char *at, *end;

	s->address = strtoull(line, &at, 16);
	if (at == line || at[0] != ' ' || !at[1] || at[2] != ' ' || !at[3])
		return -EINVAL;
	*type = at[1];
	s->name = at + 3;
	s->module = "";
	s->is_text = strchr("tTwW", *type) != NULL;
	end = strchr(s->name, '\t');
	if (end && end[1] == '[') {
		*end = '\0';
		s->module = end + 2;
		end[strcspn(end + 2, "]") + 2] = '\0';
	}
	return 0;
}

static size_t underscores(const char *name)
{
	return strspn(name, "_");
}

/*
 * By address; of one address the best name first. The type is kept in is_text,
 * 2 for a global function, until the list is made.
 */
static int compare(const void *left, const void *right)
{
	const struct fm_kallsym *a = left, *b = right;
	size_t la = strlen(a->name), lb = strlen(b->name);

	if (a->address != b->address)
		return a->address < b->address ? -1 : 1;
	if (a->is_text != b->is_text)
		return b->is_text - a->is_text;
	if (underscores(a->name) != underscores(b->name))
		return underscores(a->name) < underscores(b->name) ? -1 : 1;
	if (la != lb)
		return la < lb ? -1 : 1;
	return strcmp(a->name, b->name);
}

static void keep_one_each(struct fm_kallsyms *k)
{
	size_t n = 0;

	qsort(k->symbol, k->n, sizeof(*k->symbol), compare);
	for (size_t i = 0; i < k->n; i++) {
		if (n && k->symbol[n - 1].address == k->symbol[i].address)
			continue;
		k->symbol[n] = k->symbol[i];
		k->symbol[n++].is_text = k->symbol[i].is_text != 0;
	}
	k->n = n;
}

static int hidden(struct fm_why *why)
{
	return fm_fail(why, EPERM,
		       "/proc/kallsyms hides the kernel's addresses: as root, "
		       "sysctl -w kernel.kptr_restrict=0 "
		       "kernel.perf_event_paranoid=1; or run as root or with "
		       "CAP_SYSLOG, which kptr_restrict=2 makes useless");
}

static int take_lines(struct fm_kallsyms *k, size_t *shown)
{
	size_t lines = 1;
	char *next;

	for (const char *at = k->text; *at; at++)
		lines += *at == '\n';
	k->symbol = malloc(lines * sizeof(*k->symbol));
	if (!k->symbol)
		return -ENOMEM;
	for (char *line = k->text; line && *line; line = next) {
		struct fm_kallsym *s = &k->symbol[k->n];
		char type;

		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		if (parse(line, s, &type))
			return -EBADMSG;
		if (!strncmp(s->name, "__pfx_", 6))
			continue;
		s->is_text += s->is_text && type == 'T';
		*shown += s->address != 0;
		k->n++;
	}
	return 0;
}

int fm_kallsyms_read(struct fm_kallsyms *k, const char *path,
		     struct fm_why *why)
{
	size_t bytes, shown = 0;
	int err;

	memset(k, 0, sizeof(*k));
	err = read_whole(path, &k->text, &bytes);
	if (err)
		return fm_fail(why, -err, "%.120s: %s%s", path, strerror(-err),
			       err == -ENOENT ? "; it takes a kernel with "
						"CONFIG_KALLSYMS" :
						"");
	err = take_lines(k, &shown);
	if (err)
		return fm_fail(why, -err, "%.120s, line %zu: %s", path,
			       k->n + 1, strerror(-err));
	if (!shown)
		return hidden(why);
	keep_one_each(k);
	return 0;
}

void fm_kallsyms_free(struct fm_kallsyms *k)
{
	free(k->symbol);
	free(k->text);
	memset(k, 0, sizeof(*k));
}

const struct fm_kallsym *fm_kallsyms_find(const struct fm_kallsyms *k,
					  uint64_t address)
{
	size_t lo = 0, hi = k->n;

	while (lo < hi) {
		size_t middle = lo + (hi - lo) / 2;

		if (k->symbol[middle].address <= address)
			lo = middle + 1;
		else
			hi = middle;
	}
	return lo && k->symbol[lo - 1].is_text ? &k->symbol[lo - 1] : NULL;
}
