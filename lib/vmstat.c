/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the whole machine did meanwhile: /proc/vmstat and stolen time. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "vmstat.h"

/* The eighth number of the "cpu" line (proc(5)), in clock ticks. */
static uint64_t steal_ms(void)
{
	char text[512], *at = text;
	uint64_t ticks = 0;

	if (fm_file_read("/proc/stat", text, sizeof(text)) < 0 ||
	    strncmp(text, "cpu ", 4))
		return FM_ABSENT;
	at += 4;
	for (int i = 0; i < 8; i++)
		ticks = strtoull(at, &at, 10);
	return ticks * 1000 / (uint64_t)sysconf(_SC_CLK_TCK);
}

void fm_vmstat_read(struct fm_vmstat *now)
{
	if (fm_file_read("/proc/vmstat", now->text, sizeof(now->text)) < 0)
		now->text[0] = '\0';
	now->steal_ms = steal_ms();
}

void fm_vmstat_difference(const struct fm_vmstat *before,
			  const struct fm_vmstat *after,
			  struct fm_block_row *row)
{
	for (size_t i = 0; i < fm_block_table.columns; i++) {
		const struct fm_column *c = &fm_block_table.column[i];
		uint64_t from, to;
		char key[64];

		if (strncmp(c->meaning, "vmstat:", 7))
			continue;
		snprintf(key, sizeof(key), "%s ", c->name);
		if (!fm_file_number_after(before->text, key, &from) &&
		    !fm_file_number_after(after->text, key, &to))
			*(uint64_t *)(void *)((char *)row + c->offset) =
				to - from;
	}
	if (before->steal_ms != FM_ABSENT && after->steal_ms != FM_ABSENT)
		row->steal_ms = after->steal_ms - before->steal_ms;
}
