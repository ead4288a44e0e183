/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A run as the JSON that Google Benchmark writes, which its compare.py reads: a
 * point is a benchmark, a block one of its repetitions.
 */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "export.h"
#include "json.h"

static void put_context(const struct fm_export *run)
{
	static const char *const facts[][2] = {
		{ "date", "started" },	      { "host_name", "host" },
		{ "kernel", "kernel" },	      { "cpu_model", "cpu_model" },
		{ "forkmeter", "forkmeter" }, { "host_id", "host_id" },
		{ "state", "state" },	      { "boot_id", "boot_id" },
	};
	const char *cpus = fm_export_fact(run, "cpus");
	struct fm_json json, context;

	fm_json_open(&json, stdout);
	fm_json_object(&json, "context", &context);
	for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++)
		fm_json_text(&context, facts[i][0],
			     fm_export_fact(run, facts[i][1]));
	if (*cpus)
		fm_json_number(&context, "num_cpus", cpus);
	fm_json_text(&context, "executable", "forkmeter");
	fm_json_text(&context, "run", run->run);
	fm_json_text(&context, "real_time", "median of a block's samples");
	fm_json_text(&context, "cpu_time",
		     "real_time again: not measured, but compare.py wants it");
	fm_json_close(&context);
}

static void put_benchmark(const struct fm_summary_row *row, size_t family,
			  const struct fm_export_blocks *b, size_t k)
{
	const struct fm_quantile_row *q = &b->first[k];
	char name[1024];

	fm_export_name(row, ':', name, sizeof(name));
	fputs("\n  {\"name\": ", stdout);
	fm_json_string(stdout, name);
	printf(", \"family_index\": %zu, \"per_family_instance_index\": 0, "
	       "\"run_name\": ",
	       family);
	fm_json_string(stdout, name);
	printf(", \"run_type\": \"iteration\", \"repetitions\": %zu, "
	       "\"repetition_index\": %zu, \"threads\": 1, "
	       "\"iterations\": %" PRIu64 ", \"real_time\": %.10g, "
	       "\"cpu_time\": %.10g, \"time_unit\": \"ns\"}",
	       b->n, k, q->n, q->median, q->median);
}

int fm_export_googlebench(const struct fm_export *run)
{
	const char *gap = "";

	put_context(run);
	fputs(",\n  \"benchmarks\": [", stdout);
	for (size_t i = 0; i < run->rows; i++) {
		const struct fm_summary_row *row = &run->row[i];
		struct fm_export_blocks b = fm_export_blocks(run, row);

		if (fm_export_is_broken(row) || !fm_export_is_time(row))
			continue;
		for (size_t k = 0; k < b.n; k++) {
			if (isnan(b.first[k].median))
				continue;
			fputs(gap, stdout);
			gap = ",";
			put_benchmark(row, i, &b, k);
		}
	}
	fputs("\n  ]\n}\n", stdout);
	return fflush(stdout) || ferror(stdout) ? -EIO : 0;
}
