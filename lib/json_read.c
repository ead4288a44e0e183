/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading small JSON objects (RFC 8259), in place. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"

static char *blanks(char *at)
{
	return at + strspn(at, " \t\r\n");
}

static size_t put_utf8(char *to, unsigned int c)
{
	if (c < 0x80) {
		to[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		to[0] = (char)(0xc0 | c >> 6);
		to[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	to[0] = (char)(0xe0 | c >> 12);
	to[1] = (char)(0x80 | (c >> 6 & 0x3f));
	to[2] = (char)(0x80 | (c & 0x3f));
	return 3;
}

/* One escape behind its backslash. Returns the end, or NULL. */
static char *escape(char *at, char **to)
{
	static const char from[] = "\"\\/bfnrt", is[] = "\"\\/\b\f\n\r\t";
	const char *found = *at ? strchr(from, *at) : NULL;
	char digits[5] = "";

	if (found) {
		*(*to)++ = is[found - from];
		return at + 1;
	}
	if (*at != 'u' || strspn(at + 1, "0123456789abcdefABCDEF") < 4)
		return NULL;
	memcpy(digits, at + 1, 4);
	*to += put_utf8(*to, (unsigned int)strtoul(digits, NULL, 16));
	return at + 5;
}

/* A string at its opening quote, unescaped in place. The end, or NULL. */
static char *string(char *at, char **value)
{
	char *to = at + 1;

	*value = to;
	if (*at++ != '"')
		return NULL;
	while (at && *at && *at != '"') {
		if (*at == '\\')
			at = escape(at + 1, &to);
		else
			*to++ = *at++;
	}
	if (!at || !*at)
		return NULL;
	*to = '\0';
	return at + 1;
}

static char *object(char *at, const char *parent, fm_json_fn *fn, void *ctx);

/* A member's value. Returns its end, or NULL. */
static char *member_value(char *at, const char *parent, const char *key,
			  fm_json_fn *fn, void *ctx)
{
	char *value, *end, saved;

	if (*at == '{')
		return *parent ? NULL : object(at, key, fn, ctx);
	if (*at == '"') {
		end = string(at, &value);
		if (end)
			fn(parent, key, value, ctx);
		return end;
	}
	end = at + strspn(at, "+-.0123456789abcdefghijklmnopqrstuvwxyzE");
	if (end == at)
		return NULL;
	saved = *end;
	*end = '\0';
	fn(parent, key, at, ctx);
	*end = saved;
	return end;
}

static char *object(char *at, const char *parent, fm_json_fn *fn, void *ctx)
{
	char *key;

	if (*at != '{')
		return NULL;
	at = blanks(at + 1);
	if (*at == '}')
		return at + 1;
	for (;;) {
		at = string(at, &key);
		at = at ? blanks(at) : at;
		if (!at || *at != ':')
			return NULL;
		at = member_value(blanks(at + 1), parent, key, fn, ctx);
		at = at ? blanks(at) : at;
		if (!at || (*at != ',' && *at != '}'))
			return NULL;
		if (*at == '}')
			return at + 1;
		at = blanks(at + 1);
	}
}

int fm_json_read(char *text, fm_json_fn *fn, void *ctx)
{
	char *end = object(blanks(text), "", fn, ctx);

	return end && !*blanks(end) ? 0 : -EBADMSG;
}
