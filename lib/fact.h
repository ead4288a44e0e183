/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a machine: each fact with its source, or why it is not. */
#ifndef FM_FACT_H
#define FM_FACT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* What a fact decides about comparing two runs. */
enum fm_fact_role {
	FM_FACT_NOTE,  /* nothing */
	FM_FACT_HOST,  /* part of host_id: the hardware, a history's series */
	FM_FACT_STATE, /* part of state: what must be equal to compare unasked
			*/
};

struct fm_fact {
	enum fm_fact_role role;
	int number;
	char key[64];
	char *value;	    /* NULL: not known */
	char *why;	    /* why it is not */
	const char *source; /* a file, a call, or what computed it */
};

enum { FM_FACTS_MAX = 160 };

/* What does not fit is left out; there are far fewer. */
struct fm_facts {
	struct fm_fact fact[FM_FACTS_MAX];
	size_t n;
};

void fm_fact_text(struct fm_facts *facts, enum fm_fact_role role,
		  const char *key, const char *value, const char *source);
void fm_fact_number(struct fm_facts *facts, enum fm_fact_role role,
		    const char *key, uint64_t value, const char *source);
void fm_fact_unknown(struct fm_facts *facts, enum fm_fact_role role,
		     const char *key, const char *why, const char *source);

/* The file's text, or why it cannot be read. The path must live on. */
void fm_fact_file(struct fm_facts *facts, enum fm_fact_role role,
		  const char *key, const char *path);

/* NULL where there is no such fact. */
const struct fm_fact *fm_fact_find(const struct fm_facts *facts,
				   const char *key);

/*
 * 16 hexadecimal digits over the facts of that role, in order: FNV-1a, 64 bits
 * (Fowler, Noll, Vo; RFC 9923). Equal facts, equal digits.
 */
void fm_fact_digest(const struct fm_facts *facts, enum fm_fact_role role,
		    char digits[17]);

/*
 * One JSON object, a fact a line: KEY, and where it is not known null and
 * KEY_why; then sources, an object of KEY and where it comes from.
 */
void fm_fact_write(const struct fm_facts *facts, FILE *out);

void fm_fact_free(struct fm_facts *facts);

#endif
