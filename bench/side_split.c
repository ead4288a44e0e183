/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words with quotes, as in a shell, which expands nothing here. */
#include <errno.h>
#include <string.h>

#include "side.h"

/* One word from `from` on, written to *to. Returns its end, or NULL. */
static char *cut_word(char *from, char **to)
{
	char quote = '\0';

	for (; *from && (quote || !strchr(" \t\n", *from)); from++) {
		if (quote && *from == quote)
			quote = '\0';
		else if (!quote && strchr("'\"", *from))
			quote = *from;
		else if (*from == '\\' && quote != '\'' && from[1])
			*(*to)++ = *++from;
		else
			*(*to)++ = *from;
	}
	return quote ? NULL : from;
}

int fm_side_split(char *text, char **word, int max)
{
	char *to = text; /* never ahead of what is read */
	int n = 0;

	for (text += strspn(text, " \t\n"); *text; n++) {
		if (n == max)
			return -E2BIG;
		word[n] = to;
		text = cut_word(text, &to);
		if (!text)
			return -EINVAL;
		text += strspn(text, " \t\n");
		*to++ = '\0';
	}
	return n;
}
