/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a flat JSON object, a member a line (RFC 8259). */
#ifndef FM_JSON_H
#define FM_JSON_H

#include <stdint.h>
#include <stdio.h>

struct fm_json {
	FILE *out;
	int members;
};

void fm_json_open(struct fm_json *json, FILE *out);
void fm_json_close(struct fm_json *json);
/* A string member; bytes that are not UTF-8 become U+FFFD. */
void fm_json_text(struct fm_json *json, const char *key, const char *value);
void fm_json_number(struct fm_json *json, const char *key, uint64_t value);
/* null, and a member KEY_why with the reason. */
void fm_json_unknown(struct fm_json *json, const char *key, const char *why);
/* The string with its quotes, escaped. */
void fm_json_string(FILE *out, const char *value);

#endif
