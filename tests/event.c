/* SPDX-License-Identifier: GPL-3.0-or-later */
/* As many events as a run may ask for, kept and read back. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "counted.h"
#include "test.h"

static struct fm_sample_columns columns;
static uint64_t last;

static int keep_last(const void *row, void *ctx)
{
	const struct fm_counted_sample *sample = row;

	(void)ctx;
	last = sample->count[FM_COUNTS_MAX - 1];
	return 0;
}

/* Each event is four columns: self, child, process, cpu. */
static void widest_table(void)
{
	static struct fm_counted_sample row;
	char dir[] = "/tmp/forkmeter-event-XXXXXX", path[64];
	struct fm_event_row event = { .status = "counts" };
	struct fm_why why = { "" };
	FILE *f;

	CHECK(FM_COUNTS_MAX >= 4 * FM_EVENTS_MAX);
	fm_sample_columns_begin(&columns);
	for (int i = 0; i < FM_COUNTS_MAX; i++) {
		snprintf(event.metric, sizeof(event.metric), "e%d", i);
		CHECK(!fm_sample_columns_add(&columns, &event));
		row.count[i] = (uint64_t)i;
	}
	CHECK(fm_sample_columns_add(&columns, &event));
	CHECK(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/%s.tsv", dir, columns.table.name);
	f = fopen(path, "w");
	fm_table_write_header(&columns.table, f);
	fm_table_write(&columns.table, f, &row);
	fclose(f);
	CHECK(!fm_table_read(&columns.table, dir, keep_last, NULL, &why));
	CHECK(last == FM_COUNTS_MAX - 1);
	unlink(path);
	rmdir(dir);
}

int main(void)
{
	widest_table();
	return test_end();
}
