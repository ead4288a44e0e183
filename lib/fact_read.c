/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facts that a run recorded, and in what two runs' facts differ. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "fact.h"
#include "file.h"
#include "json.h"

enum { TEXT_MAX = 1 << 18 };

/* The fact that KEY_why is about, or NULL. */
static struct fm_fact *reason_of(struct fm_facts *facts, const char *key)
{
	size_t n = strlen(key);

	for (size_t i = 0; i < facts->n && n > 4; i++)
		if (!strcmp(key + n - 4, "_why") &&
		    strlen(facts->fact[i].key) == n - 4 &&
		    !strncmp(facts->fact[i].key, key, n - 4))
			return &facts->fact[i];
	return NULL;
}

/* KEY and its value; KEY_why of a null; and sources' KEY. */
static void take(const char *parent, const char *key, const char *value,
		 void *ctx)
{
	struct fm_facts *facts = ctx;
	struct fm_fact *about = reason_of(facts, key);

	if (*parent) {
		about = (struct fm_fact *)fm_fact_find(facts, key);
		if (about && !strcmp(parent, "sources"))
			about->source = value;
	} else if (about) {
		free(about->value);
		about->value = NULL;
		about->why = strdup(value);
	} else if (facts->n < FM_FACTS_MAX - 1) {
		fm_fact_text(facts, FM_FACT_NOTE, key, value, NULL);
	}
}

/* Gives the facts that KEYS names, separated by blanks, their role. */
static void set_role(struct fm_facts *facts, const char *name,
		     enum fm_fact_role role)
{
	const struct fm_fact *keys = fm_fact_find(facts, name);
	const char *at = keys && keys->value ? keys->value : "";

	while (*at) {
		size_t n = strcspn(at, " ");

		for (size_t i = 0; i < facts->n; i++)
			if (!strncmp(facts->fact[i].key, at, n) &&
			    !facts->fact[i].key[n])
				facts->fact[i].role = role;
		at += n + (at[n] == ' ');
	}
}

int fm_fact_read(struct fm_facts *facts, const char *dir, struct fm_why *why)
{
	char path[PATH_MAX];
	ssize_t n;

	*facts = (struct fm_facts){ .text = malloc(TEXT_MAX) };
	if (!facts->text)
		return fm_fail(why, ENOMEM, "%s", strerror(ENOMEM));
	snprintf(path, sizeof(path), "%s/machine.json", dir);
	n = fm_file_read(path, facts->text, TEXT_MAX);
	if (n < 0)
		return fm_fail(why, (int)-n, "%.200s: %s", path,
			       strerror((int)-n));
	if (fm_json_read(facts->text, take, facts))
		return fm_fail(why, EBADMSG,
			       "%.200s: damaged; measure the run again", path);
	set_role(facts, "host_keys", FM_FACT_HOST);
	set_role(facts, "state_keys", FM_FACT_STATE);
	return 0;
}

int fm_fact_read_one(const char *dir, const char *key, char *value, size_t size,
		     struct fm_why *why)
{
	struct fm_facts facts;
	int err = fm_fact_read(&facts, dir, why);
	const struct fm_fact *fact = err ? NULL : fm_fact_find(&facts, key);
	/* A null that others wrote has no KEY_why, and is read as a text. */
	int is_known = fact && fact->value && strcmp(fact->value, "null");

	snprintf(value, size, "%s", is_known ? fact->value : "");
	fm_fact_free(&facts);
	return err == -ENOENT ? 0 : err;
}

const char *fm_fact_say(const struct fm_fact *f, char *buf, size_t size)
{
	if (!f)
		snprintf(buf, size, "not recorded");
	else if (!f->value)
		snprintf(buf, size, "none (%s)", f->why ? f->why : "not known");
	else
		snprintf(buf, size, "%s", f->value);
	for (char *c = buf; *c; c++)
		if (*c == '\n')
			*c = ' ';
	return buf;
}

static int is_equal(const struct fm_fact *a, const struct fm_fact *b)
{
	if (!a || !b)
		return a == b;
	if (!a->value || !b->value)
		return a->value == b->value; /* for whatever reason */
	return !strcmp(a->value, b->value);
}

static size_t add(struct fm_fact_difference *d, size_t n, const char *key,
		  const struct fm_facts *a, const struct fm_facts *b,
		  enum fm_fact_role role)
{
	d[n] = (struct fm_fact_difference){ .key = key,
					    .role = role,
					    .a = fm_fact_find(a, key),
					    .b = fm_fact_find(b, key) };
	return n + !is_equal(d[n].a, d[n].b);
}

static size_t differ_in(enum fm_fact_role role, const char *digest,
			const struct fm_facts *a, const struct fm_facts *b,
			struct fm_fact_difference *d)
{
	size_t n = 0;

	for (size_t i = 0; i < a->n; i++)
		if (a->fact[i].role == role)
			n = add(d, n, a->fact[i].key, a, b, role);
	for (size_t i = 0; i < b->n; i++) {
		const struct fm_fact *f = fm_fact_find(a, b->fact[i].key);

		if (b->fact[i].role == role && !(f && f->role == role))
			n = add(d, n, b->fact[i].key, a, b, role);
	}
	return n ? n : add(d, 0, digest, a, b, role);
}

size_t fm_fact_differ(const struct fm_facts *a, const struct fm_facts *b,
		      struct fm_fact_difference *d)
{
	size_t n = differ_in(FM_FACT_HOST, "host_id", a, b, d);

	return n + differ_in(FM_FACT_STATE, "state", a, b, d + n);
}

/* Words of a command line that name a file or this machine's own parts. */
static const char *const image[] = { "BOOT_IMAGE=", NULL };
static const char *const own[] = {
	"BOOT_IMAGE=",
	"root=",
	"resume=",
	"resume_offset=",
	"cryptdevice=",
	"luks.",
	"rd.luks.",
	"rd.lvm.",
	"rd.md.",
	"nfsroot=",
	"ip=",
	"BOOTIF=",
	"hostname=",
	"systemd.hostname=",
	"systemd.machine_id=",
	NULL,
};

static int begins_with(const char *word, const char *const *prefix)
{
	while (*prefix && strncmp(word, *prefix, strlen(*prefix)))
		prefix++;
	return *prefix != NULL;
}

/* The next word that is none of these. */
static const char *next_word(const char *at, size_t *n,
			     const char *const *without)
{
	do {
		at += strspn(at, " ");
		*n = strcspn(at, " ");
		if (!begins_with(at, without))
			return at;
		at += *n;
	} while (1);
}

static int is_same_but_for(const char *const *without,
			   const struct fm_fact_difference *d)
{
	const char *x = d->a && d->a->value ? d->a->value : "";
	const char *y = d->b && d->b->value ? d->b->value : "";
	size_t n, m;

	do {
		x = next_word(x, &n, without);
		y = next_word(y, &m, without);
		if (n != m || strncmp(x, y, n))
			return 0;
		x += n;
		y += m;
	} while (n);
	return 1;
}

/* A switch that one of two kernels has no file for is part of that kernel. */
static int is_of_one_kernel(const struct fm_fact_difference *d)
{
	const struct fm_fact *is = d->a && d->a->value ? d->a : d->b;
	const struct fm_fact *other = is == d->a ? d->b : d->a;

	return is && is->value && !(other && other->value) &&
	       (!strncmp(is->source, "/sys/", 5) ||
		!strncmp(is->source, "/proc/sys/", 10));
}

int fm_fact_is_of_kernel(const struct fm_fact_difference *d)
{
	return !strcmp(d->key, "kernel_version") || is_of_one_kernel(d) ||
	       (!strcmp(d->key, "kernel_command_line") &&
		is_same_but_for(image, d));
}

int fm_fact_is_of_machine(const struct fm_fact_difference *d)
{
	return !strcmp(d->key, "machine_id_digest") ||
	       (!strcmp(d->key, "kernel_command_line") &&
		is_same_but_for(own, d));
}
