/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernel's switches of transparent huge pages, of one size or of all. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "bench.h"
#include "file.h"
#include "pages.h"

#define SWITCHES "/sys/kernel/mm/transparent_hugepage"

int fm_huge_want(struct fm_settings *settings, size_t bytes, const char *file,
		 const char *value, struct fm_why *why)
{
	char own[128], all[128], text[64], chosen[32];

	snprintf(own, sizeof(own), SWITCHES "/hugepages-%zukB/%s", bytes / 1024,
		 file);
	snprintf(all, sizeof(all), SWITCHES "/%s", file);
	snprintf(chosen, sizeof(chosen), "[%s]", value);
	if (fm_file_read(own, text, sizeof(text)) < 0) {
		if (!bytes || bytes != fm_pages_huge())
			return fm_fail(why, ENODEV,
				       "no huge pages of %zu KiB here; see "
				       "ls " SWITCHES,
				       bytes / 1024);
		strcpy(own, all); /* a kernel without a switch a size */
	}
	if (strstr(text, "[inherit]") || !strcmp(own, all))
		if (fm_file_read(all, text, sizeof(text)) < 0)
			return fm_fail(why, EOPNOTSUPP, "there is no %s here",
				       all);
	if (strstr(text, "[always]") || strstr(text, chosen))
		return 0;
	return fm_settings_want(settings, own, value, why);
}
