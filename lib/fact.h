/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a machine: each fact with its source, or why it is not. */
#ifndef FM_FACT_H
#define FM_FACT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "err.h"

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
	char *text; /* of facts that were read: their sources point into it */
};

void fm_fact_text(struct fm_facts *facts, enum fm_fact_role role,
		  const char *key, const char *value, const char *source);
void fm_fact_number(struct fm_facts *facts, enum fm_fact_role role,
		    const char *key, uint64_t value, const char *source);
void fm_fact_real(struct fm_facts *facts, enum fm_fact_role role,
		  const char *key, double value, const char *source);
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

/*
 * Reads DIR/machine.json. The roles are those that its state_keys and host_keys
 * say; a fact that is not known has the reason in why, as when it was written.
 * To be freed by fm_fact_free, also after a failure. Returns 0, or -errno with
 * the reason in why; -EBADMSG: damaged.
 */
int fm_fact_read(struct fm_facts *facts, const char *dir, struct fm_why *why);

/*
 * One fact of DIR/machine.json: value is empty where it is not known or not
 * recorded, and where there is no such file, as in runs of long ago. Returns 0,
 * or -errno with the reason in why.
 */
int fm_fact_read_one(const char *dir, const char *key, char *value, size_t size,
		     struct fm_why *why);

/* Its value, or "none (WHY)" where it is not known or not so, or "not recorded"
 * for NULL. */
const char *fm_fact_say(const struct fm_fact *fact, char *buf, size_t size);

/* A fact of the hardware or the state in which two machines differ. */
struct fm_fact_difference {
	const char *key;
	enum fm_fact_role role;
	const struct fm_fact *a, *b; /* NULL: not recorded there */
};

/*
 * Fills d, which has room for 2 * FM_FACTS_MAX, with the differences, those of
 * the hardware first. Where the digests differ and no fact says in what (the
 * run is of an earlier forkmeter) the digest is the difference. Returns how
 * many. d points into a and b.
 */
size_t fm_fact_differ(const struct fm_facts *a, const struct fm_facts *b,
		      struct fm_fact_difference *d);

/*
 * Whether it says nothing but that the kernel is another one: its version, a
 * command line that names another file and is else the same, or a switch that
 * only one of them has.
 */
int fm_fact_is_of_kernel(const struct fm_fact_difference *difference);

/*
 * Whether it says nothing but that the machine is another one of the same kind:
 * the digest of its ID, or a command line that is the same but for what names
 * the machine's own disks, addresses or name (kernel-command-line(7),
 * dracut.cmdline(7)).
 */
int fm_fact_is_of_machine(const struct fm_fact_difference *difference);

void fm_fact_free(struct fm_facts *facts);

#endif
