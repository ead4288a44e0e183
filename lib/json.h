/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small JSON objects, a member a line (RFC 8259). */
#ifndef FM_JSON_H
#define FM_JSON_H

#include <stdint.h>
#include <stdio.h>

struct fm_json {
	FILE *out;
	int members, depth;
};

void fm_json_open(struct fm_json *json, FILE *out);
void fm_json_close(struct fm_json *json);
/* Opens an object in json; to be closed before json goes on. */
void fm_json_object(struct fm_json *json, const char *key,
		    struct fm_json *member);
/* A string member; bytes that are not UTF-8 become U+FFFD. */
void fm_json_text(struct fm_json *json, const char *key, const char *value);
/* A number, as it is to stand there. */
void fm_json_number(struct fm_json *json, const char *key, const char *value);
/* null, and a member KEY_why with the reason. */
void fm_json_unknown(struct fm_json *json, const char *key, const char *why);
/* Bytes of the character that text begins with; 0: no UTF-8 (RFC 3629). */
size_t fm_json_utf8(const char *text);
/* The string with its quotes, escaped. */
void fm_json_string(FILE *out, const char *value);

/* parent is "" or the key of the object that the member stands in. */
typedef void fm_json_fn(const char *parent, const char *key, const char *value,
			void *ctx);

/*
 * Calls fn for each member of the JSON object in text, and for those of objects
 * in it; numbers, true, false and null as they are written. Arrays are not
 * read. Writes to text. Returns 0, or -EBADMSG for what is no such object.
 */
int fm_json_read(char *text, fm_json_fn *fn, void *ctx);

#endif
