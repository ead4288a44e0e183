/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a machine: each fact with its source, or why it is not. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "fact.h"
#include "file.h"
#include "json.h"

/* The next one; the last one again where there is no more room. */
static struct fm_fact *add(struct fm_facts *facts, enum fm_fact_role role,
			   const char *key, const char *source)
{
	struct fm_fact *fact = &facts->fact[facts->n];

	facts->n += facts->n < FM_FACTS_MAX - 1;
	*fact = (struct fm_fact){ .role = role, .source = source };
	snprintf(fact->key, sizeof(fact->key), "%s", key);
	return fact;
}

void fm_fact_text(struct fm_facts *facts, enum fm_fact_role role,
		  const char *key, const char *value, const char *source)
{
	add(facts, role, key, source)->value = strdup(value);
}

static void add_number(struct fm_fact *fact, const char *text)
{
	fact->value = strdup(text);
	fact->number = 1;
}

void fm_fact_number(struct fm_facts *facts, enum fm_fact_role role,
		    const char *key, uint64_t value, const char *source)
{
	char text[32];

	snprintf(text, sizeof(text), "%" PRIu64, value);
	add_number(add(facts, role, key, source), text);
}

void fm_fact_real(struct fm_facts *facts, enum fm_fact_role role,
		  const char *key, double value, const char *source)
{
	char text[32];

	snprintf(text, sizeof(text), "%.10g", value);
	add_number(add(facts, role, key, source), text);
}

void fm_fact_unknown(struct fm_facts *facts, enum fm_fact_role role,
		     const char *key, const char *why, const char *source)
{
	add(facts, role, key, source)->why = strdup(why);
}

void fm_fact_file(struct fm_facts *facts, enum fm_fact_role role,
		  const char *key, const char *path)
{
	char text[4096];
	ssize_t n = fm_file_read(path, text, sizeof(text));

	if (n < 0)
		fm_fact_unknown(facts, role, key, strerror((int)-n), path);
	else
		fm_fact_text(facts, role, key, text, path);
}

const struct fm_fact *fm_fact_find(const struct fm_facts *facts,
				   const char *key)
{
	for (size_t i = 0; i < facts->n; i++)
		if (!strcmp(facts->fact[i].key, key))
			return &facts->fact[i];
	return NULL;
}

static uint64_t digest(uint64_t hash, const char *text)
{
	do {
		hash = (hash ^ (unsigned char)*text) * 0x100000001b3u;
	} while (*text++);
	return hash;
}

void fm_fact_digest(const struct fm_facts *facts, enum fm_fact_role role,
		    char digits[17])
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (size_t i = 0; i < facts->n; i++) {
		const struct fm_fact *f = &facts->fact[i];

		if (f->role != role)
			continue;
		hash = digest(hash, f->key);
		hash = digest(hash, f->value ? f->value : "");
	}
	snprintf(digits, 17, "%016" PRIx64, hash);
}

static void write_fact(struct fm_json *json, const struct fm_fact *f)
{
	if (!f->value)
		fm_json_unknown(json, f->key, f->why ? f->why : "no memory");
	else if (f->number)
		fm_json_number(json, f->key, f->value);
	else
		fm_json_text(json, f->key, f->value);
}

void fm_fact_write(const struct fm_facts *facts, FILE *out)
{
	struct fm_json json, sources;

	fm_json_open(&json, out);
	for (size_t i = 0; i < facts->n; i++)
		write_fact(&json, &facts->fact[i]);
	fm_json_object(&json, "sources", &sources);
	for (size_t i = 0; i < facts->n; i++)
		fm_json_text(&sources, facts->fact[i].key,
			     facts->fact[i].source);
	fm_json_close(&sources);
	fm_json_close(&json);
	fputc('\n', out);
}

void fm_fact_free(struct fm_facts *facts)
{
	for (size_t i = 0; i < facts->n; i++) {
		free(facts->fact[i].value);
		free(facts->fact[i].why);
	}
	facts->n = 0;
	free(facts->text);
	facts->text = NULL;
}
