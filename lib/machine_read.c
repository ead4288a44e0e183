/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One fact of a run's machine.json. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "json.h"
#include "machine.h"

enum { TEXT_MAX = 1 << 18 };

struct wanted {
	const char *key;
	char *value;
	size_t size;
};

static void take(const char *parent, const char *key, const char *value,
		 void *ctx)
{
	const struct wanted *w = ctx;

	if (!*parent && !strcmp(key, w->key))
		snprintf(w->value, w->size, "%s",
			 strcmp(value, "null") ? value : "");
}

int fm_machine_read(const char *dir, const char *key, char *value, size_t size,
		    struct fm_why *why)
{
	struct wanted wanted = { key, value, size };
	char path[PATH_MAX], *text = malloc(TEXT_MAX);
	ssize_t n;
	int err = 0;

	*value = '\0';
	if (!text)
		return -ENOMEM;
	snprintf(path, sizeof(path), "%s/machine.json", dir);
	n = fm_file_read(path, text, TEXT_MAX);
	if (n < 0 && n != -ENOENT)
		err = fm_fail(why, (int)-n, "%s: %s", path, strerror((int)-n));
	if (n >= 0 && fm_json_read(text, take, &wanted))
		err = fm_fail(why, EBADMSG,
			      "%s: damaged; delete it to have what it says "
			      "ignored, or measure the run again",
			      path);
	free(text);
	return err;
}
