/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter show --machine: machine.json for people. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "json.h"
#include "say.h"
#include "show.h"

enum { MEMBERS_MAX = 256 };

struct member {
	char *key, *value, *why, *source;
};

struct members {
	struct member member[MEMBERS_MAX];
	size_t n;
};

static struct member *find(struct members *m, const char *key, size_t length)
{
	for (size_t i = 0; i < m->n; i++)
		if (!strncmp(m->member[i].key, key, length) &&
		    !m->member[i].key[length])
			return &m->member[i];
	return NULL;
}

/* KEY and its value; KEY_why of a null; and sources' KEY. */
static void take(const char *parent, const char *key, const char *value,
		 void *ctx)
{
	struct members *m = ctx;
	size_t n = strlen(key);
	struct member *known;

	if (!strcmp(parent, "sources")) {
		known = find(m, key, n);
		if (known)
			known->source = strdup(value);
		return;
	}
	known = n > 4 && !strcmp(key + n - 4, "_why") ? find(m, key, n - 4) :
							NULL;
	if (known)
		known->why = strdup(value);
	else if (!*parent && m->n < MEMBERS_MAX)
		m->member[m->n++] = (struct member){ .key = strdup(key),
						     .value = strdup(value) };
}

static void release(struct members *m)
{
	for (size_t i = 0; i < m->n; i++) {
		free(m->member[i].key);
		free(m->member[i].value);
		free(m->member[i].why);
		free(m->member[i].source);
	}
}

static int print(const struct members *m, enum fm_format format)
{
	static const char *const header[] = { "fact", "source", "value" };
	char unknown[512];
	struct fm_print table;

	fm_print_begin(&table, format, header, 3);
	for (size_t i = 0; i < m->n; i++) {
		const struct member *f = &m->member[i];
		const char *cells[] = { f->key, f->source,
					f->why ? unknown : f->value };

		snprintf(unknown, sizeof(unknown), "not known: %s",
			 f->why ? f->why : "");
		for (char *c = f->value; c && *c; c++)
			if (*c == '\n')
				*c = ' ';
		fm_print_row(&table, cells);
	}
	return fm_print_end(&table);
}

int fm_show_machine(const char *dir, enum fm_format format)
{
	static struct members members;
	static char text[65536];
	char path[PATH_MAX];
	ssize_t n;
	int err;

	snprintf(path, sizeof(path), "%s/machine.json", dir);
	n = fm_file_read(path, text, sizeof(text));
	if (n < 0) {
		fm_say("%s: %s", path, strerror((int)-n));
		return (int)n;
	}
	err = fm_json_read(text, take, &members);
	if (err)
		fm_say("%s: damaged; measure the run again", path);
	else
		err = print(&members, format);
	release(&members);
	return err;
}
