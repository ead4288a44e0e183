/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing small JSON objects, a member a line (RFC 8259). */
#include <inttypes.h>
#include <string.h>

#include "json.h"

size_t fm_json_utf8(const char *text)
{
	const unsigned char *s = (const unsigned char *)text;
	size_t n = s[0] < 0x80		       ? 1 :
		   s[0] >= 0xc2 && s[0] < 0xe0 ? 2 :
		   s[0] >= 0xe0 && s[0] < 0xf0 ? 3 :
		   s[0] >= 0xf0 && s[0] < 0xf5 ? 4 :
						 0;

	for (size_t i = 1; i < n; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] >= 0xa0) ||
	    (s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] >= 0x90))
		return 0;
	return n;
}

void fm_json_string(FILE *out, const char *value)
{
	const unsigned char *s = (const unsigned char *)value;

	fputc('"', out);
	while (*s) {
		size_t n = fm_json_utf8((const char *)s);

		if (!n)
			fputs("\\ufffd", out);
		else if (*s == '"' || *s == '\\')
			fprintf(out, "\\%c", *s);
		else if (*s < 0x20)
			fprintf(out, "\\u%04x", *s);
		else
			fwrite(s, 1, n, out);
		s += n ? n : 1;
	}
	fputc('"', out);
}

static void member(struct fm_json *json, const char *key)
{
	fprintf(json->out, "%s\n%*s", json->members++ ? "," : "",
		2 * json->depth, "");
	fm_json_string(json->out, key);
	fputs(": ", json->out);
}

void fm_json_open(struct fm_json *json, FILE *out)
{
	json->out = out;
	json->members = 0;
	json->depth = 1;
	fputc('{', out);
}

void fm_json_close(struct fm_json *json)
{
	fprintf(json->out, "\n%*s}", 2 * (json->depth - 1), "");
}

void fm_json_object(struct fm_json *json, const char *key,
		    struct fm_json *member_object)
{
	member(json, key);
	fm_json_open(member_object, json->out);
	member_object->depth = json->depth + 1;
}

void fm_json_text(struct fm_json *json, const char *key, const char *value)
{
	member(json, key);
	fm_json_string(json->out, value);
}

void fm_json_number(struct fm_json *json, const char *key, const char *value)
{
	member(json, key);
	fputs(value, json->out);
}

void fm_json_unknown(struct fm_json *json, const char *key, const char *why)
{
	char name[128];

	member(json, key);
	fputs("null", json->out);
	snprintf(name, sizeof(name), "%s_why", key);
	fm_json_text(json, name, why);
}
