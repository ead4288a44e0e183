/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A run as OpenMetrics text (1.0), in the part of it that is also the older
 * Prometheus text (0.0.4), for node_exporter reads only that from a file: types
 * are gauge and summary, and no sample has a time of its own.
 */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "export.h"
#include "json.h"

#define AT(field) offsetof(struct fm_summary_row, field)

static double field(const struct fm_summary_row *row, size_t offset)
{
	return *(const double *)(const void *)((const char *)row + offset);
}

/* A label's value; a reader refuses all where one is not UTF-8. */
static void put_text(const char *text)
{
	size_t n;

	for (; *text; text += n ? n : 1) {
		n = fm_json_utf8(text);
		if (!n)
			fputs("\xef\xbf\xbd", stdout); /* U+FFFD */
		else if (*text == '\\' || *text == '"')
			printf("\\%c", *text);
		else if (*text == '\n')
			fputs("\\n", stdout);
		else
			fwrite(text, 1, n, stdout);
	}
}

static void put_label(const char **gap, const char *name, const char *value)
{
	if (!*value) /* which is the same as none */
		return;
	printf("%s%s=\"", *gap, name);
	put_text(value);
	putchar('"');
	*gap = ",";
}

/* "wait_ns" is told as wait: the family has the unit, and it is seconds. */
static void put_metric(const char **gap, const struct fm_summary_row *row)
{
	char name[sizeof(row->metric)];
	size_t n = strlen(row->metric);

	strcpy(name, row->metric);
	if (fm_export_is_time(row) && n > 3 && !strcmp(name + n - 3, "_ns"))
		name[n - 3] = '\0';
	put_label(gap, "metric", name);
	if (!fm_export_is_time(row))
		put_label(gap, "unit", row->unit);
}

static void put_labels(const struct fm_summary_row *row, const char *quantile)
{
	const char *gap = "{";
	char rss[32] = "";

	put_label(&gap, "workload", row->workload);
	put_label(&gap, "strategy", row->strategy);
	put_label(&gap, "child", row->child);
	put_label(&gap, "backing", row->backing);
	if (row->rss_bytes != FM_ABSENT)
		snprintf(rss, sizeof(rss), "%" PRIu64, row->rss_bytes);
	put_label(&gap, "rss_bytes", rss);
	put_label(&gap, "parameters", row->parameters);
	put_metric(&gap, row);
	put_label(&gap, "quantile", quantile);
	fputs("} ", stdout);
}

static void open_family(const char *name, const char *type, const char *unit,
			const char *help)
{
	printf("# TYPE %s %s\n", name, type);
	if (*unit)
		printf("# UNIT %s %s\n", name, unit);
	printf("# HELP %s %s\n", name, help);
}

static void put_run(const struct fm_export *run)
{
	static const char *const facts[] = { "host",	  "kernel",
					     "cpu_model", "forkmeter",
					     "host_id",	  "state",
					     "boot_id",	  "inject" };
	struct tm tm = { 0 };
	const char *gap = "{";

	open_family("forkmeter_run_info", "gauge", "",
		    "The run that all others are of, always 1.");
	fputs("forkmeter_run_info", stdout);
	put_label(&gap, "run", run->run);
	for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++)
		put_label(&gap, facts[i], fm_export_fact(run, facts[i]));
	fputs("} 1\n", stdout);
	if (!strptime(fm_export_fact(run, "started"), "%Y-%m-%dT%H:%M:%SZ",
		      &tm))
		return;
	open_family("forkmeter_run_start_time_seconds", "gauge", "seconds",
		    "When the run began, since the epoch.");
	printf("forkmeter_run_start_time_seconds %lld\n",
	       (long long)timegm(&tm));
}

/* A figure of the lines that are times, or of those that are none. */
struct family {
	const char *name, *unit, *help;
	size_t offset;
	int of_times;
};

static void put_family(const struct fm_export *run, const struct family *f)
{
	int is_open = 0;

	for (size_t i = 0; i < run->rows; i++) {
		const struct fm_summary_row *row = &run->row[i];
		double value = field(row, f->offset);

		if (fm_export_is_broken(row) || isnan(value) ||
		    fm_export_is_time(row) != f->of_times)
			continue;
		if (!is_open++)
			open_family(f->name, "gauge", f->unit, f->help);
		fputs(f->name, stdout);
		put_labels(row, "");
		printf("%.10g\n", f->of_times ? value / 1e9 : value);
	}
}

static void put_summary(const struct fm_summary_row *row)
{
	static const struct {
		const char *quantile;
		size_t offset;
	} quantiles[] = {
		{ "0", AT(min) },    { "0.01", AT(p1) },  { "0.05", AT(p5) },
		{ "0.25", AT(p25) }, { "0.75", AT(p75) }, { "0.9", AT(p90) },
		{ "0.95", AT(p95) }, { "0.99", AT(p99) }, { "0.999", AT(p999) },
		{ "1", AT(max) },
	};

	for (size_t i = 0; i < sizeof(quantiles) / sizeof(*quantiles); i++) {
		double value = field(row, quantiles[i].offset);

		if (isnan(value))
			continue;
		fputs("forkmeter_sample_seconds", stdout);
		put_labels(row, quantiles[i].quantile);
		printf("%.10g\n", value / 1e9);
	}
	fputs("forkmeter_sample_seconds_sum", stdout);
	put_labels(row, "");
	printf("%.10g\n", row->mean * (double)row->n / 1e9);
	fputs("forkmeter_sample_seconds_count", stdout);
	put_labels(row, "");
	printf("%" PRIu64 "\n", row->n);
}

static void put_summaries(const struct fm_export *run)
{
	int is_open = 0;

	for (size_t i = 0; i < run->rows; i++) {
		const struct fm_summary_row *row = &run->row[i];

		if (fm_export_is_broken(row) || !fm_export_is_time(row) ||
		    isnan(row->mean) || row->n == FM_ABSENT)
			continue;
		if (!is_open++)
			open_family("forkmeter_sample_seconds", "summary",
				    "seconds",
				    "All samples of the run together.");
		put_summary(row);
	}
}

/* What must be known before the figures are believed, of all lines. */
static void put_counts(const struct fm_export *run)
{
	open_family("forkmeter_blocks", "gauge", "",
		    "Fresh processes behind the median.");
	for (size_t i = 0; i < run->rows; i++) {
		fputs("forkmeter_blocks", stdout);
		put_labels(&run->row[i], "");
		printf("%" PRIu64 "\n", run->row[i].blocks == FM_ABSENT ?
						0 :
						run->row[i].blocks);
	}
	open_family("forkmeter_failed_samples", "gauge", "",
		    "Samples that failed their proof and are left out.");
	for (size_t i = 0; i < run->rows; i++) {
		fputs("forkmeter_failed_samples", stdout);
		put_labels(&run->row[i], "");
		printf("%" PRIu64 "\n", run->row[i].failed == FM_ABSENT ?
						0 :
						run->row[i].failed);
	}
	open_family("forkmeter_broken", "gauge", "",
		    "1 where too many failed, and the figures are left out.");
	for (size_t i = 0; i < run->rows; i++) {
		fputs("forkmeter_broken", stdout);
		put_labels(&run->row[i], "");
		printf("%d\n", fm_export_is_broken(&run->row[i]));
	}
}

int fm_export_openmetrics(const struct fm_export *run)
{
	static const struct family families[] = {
		{ "forkmeter_median_seconds", "seconds",
		  "Mean over fresh processes of their medians, in logarithms.",
		  AT(median), 1 },
		{ "forkmeter_median_lower_seconds", "seconds",
		  "Lower end of the 95 % interval of the median.",
		  AT(median_lo), 1 },
		{ "forkmeter_median_upper_seconds", "seconds",
		  "Upper end of the 95 % interval of the median.",
		  AT(median_hi), 1 },
		{ "forkmeter_event_median", "", "The same of what is counted.",
		  AT(median), 0 },
		{ "forkmeter_event_median_lower", "",
		  "Lower end of its 95 % interval.", AT(median_lo), 0 },
		{ "forkmeter_event_median_upper", "",
		  "Upper end of its 95 % interval.", AT(median_hi), 0 },
	};

	put_run(run);
	for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++)
		put_family(run, &families[i]);
	put_summaries(run);
	if (run->rows)
		put_counts(run);
	fputs("# EOF\n", stdout);
	return fflush(stdout) || ferror(stdout) ? -EIO : 0;
}
