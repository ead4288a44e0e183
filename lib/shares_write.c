/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shares of a profile run on disk. */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "shares.h"

int fm_shares_write(const struct fm_shares *s, const char *dir,
		    struct fm_why *why)
{
	char part[PATH_MAX], path[PATH_MAX];
	FILE *out;
	int err = 0;

	snprintf(path, sizeof(path), "%s/shares.tsv", dir);
	snprintf(part, sizeof(part), "%s/shares.tsv.part", dir);
	out = fopen(part, "we");
	if (!out)
		return fm_fail(why, errno, "%.200s: %s", part, strerror(errno));
	err = fm_table_write_header(&fm_share_table, out);
	for (size_t i = 0; i < s->n && !err; i++)
		err = fm_table_write(&fm_share_table, out, &s->row[i]);
	if (fclose(out) && !err)
		err = -errno;
	if (!err && rename(part, path) < 0)
		err = -errno;
	if (!err)
		return 0;
	unlink(part);
	return fm_fail(why, -err, "%.200s: %s", path, strerror(-err));
}
