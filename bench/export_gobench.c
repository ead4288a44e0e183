/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A run in the Go benchmark data format, which benchstat reads: a line a block
 * (https://go.dev/design/14313-benchmark-format). Units end in what is
 * measured, so that ns are rescaled by those who read them.
 */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "export.h"

/* As Go calls it. */
static const char *goarch(const char *machine)
{
	return !strcmp(machine, "x86_64")  ? "amd64" :
	       !strcmp(machine, "aarch64") ? "arm64" :
					     machine;
}

/* A value is one line. */
static void put_configuration(const char *key, const char *value)
{
	printf("%s: ", key);
	for (; *value; value++)
		putchar(*value == '\n' || *value == '\r' ? ' ' : *value);
	putchar('\n');
}

static void put_configurations(const struct fm_export *run)
{
	static const char *const facts[][2] = {
		{ "cpu", "cpu_model" },	  { "host", "host" },
		{ "kernel", "kernel" },	  { "forkmeter", "forkmeter" },
		{ "host-id", "host_id" }, { "state", "state" },
		{ "boot-id", "boot_id" }, { "started", "started" },
	};

	put_configuration("goos", "linux");
	put_configuration("goarch",
			  goarch(fm_export_fact(run, "architecture")));
	for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++)
		put_configuration(facts[i][0],
				  fm_export_fact(run, facts[i][1]));
	put_configuration("run", run->run);
	putchar('\n');
}

/* What is counted becomes "instructions:k/op"; blanks would end the unit. */
static void put_unit(const struct fm_summary_row *row)
{
	if (fm_export_is_time(row)) {
		fputs("ns/op", stdout);
		return;
	}
	for (const char *c = row->metric; *c; c++)
		putchar(isspace((unsigned char)*c) ? '_' : *c);
	fputs("/op", stdout);
}

static void put_value(const char *what, double value,
		      const struct fm_summary_row *row)
{
	if (isnan(value))
		return;
	printf(" %.10g %s", value, what);
	put_unit(row);
}

static void put_block(const struct fm_summary_row *row,
		      const struct fm_quantile_row *q)
{
	char name[1024];

	fm_export_name(row, '=', name, sizeof(name));
	*name = (char)toupper((unsigned char)*name);
	printf("Benchmark%s %" PRIu64, name, q->n);
	put_value("", q->median, row);
	put_value("p10-", q->p10, row);
	put_value("p90-", q->p90, row);
	put_value("p99-", q->p99, row);
	putchar('\n');
}

int fm_export_gobench(const struct fm_export *run)
{
	put_configurations(run);
	for (size_t i = 0; i < run->rows; i++) {
		struct fm_export_blocks b = fm_export_blocks(run, &run->row[i]);

		if (fm_export_is_broken(&run->row[i]))
			continue;
		for (size_t k = 0; k < b.n; k++)
			if (!isnan(b.first[k].median))
				put_block(&run->row[i], &b.first[k]);
	}
	return fflush(stdout) || ferror(stdout) ? -EIO : 0;
}
