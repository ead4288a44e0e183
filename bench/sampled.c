/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks that are sampled while they are measured, and what is kept of them. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kernel_class.h"
#include "reply.h"
#include "sampled.h"
#include "say.h"
#include "series.h"
#include "stats.h"

static int begin(struct fm_watch *watch, struct fm_block_request *request,
		 struct fm_why *why)
{
	struct fm_sampled *s = (struct fm_sampled *)watch;

	memset(s->timed, 0,
	       request->samples_max * FM_TIMED_MAX * sizeof(*s->timed));
	request->timed = s->timed;
	return fm_sampler_begin(&s->sampler, why);
}

static int by_time(const void *left, const void *right)
{
	const struct fm_tally_interval *a = left, *b = right;

	return a->from_ns < b->from_ns ? -1 : a->from_ns > b->from_ns;
}

/* Those of the samples that stand for what they claim. */
static size_t gather(struct fm_sampled *s, const struct fm_reply *reply,
		     const struct fm_sample *samples)
{
	size_t n = 0;

	s->row.timed_ns = 0;
	for (uint64_t i = 0; i < reply->samples; i++)
		for (int k = 0; k < FM_TIMED_MAX; k++) {
			const struct fm_timed *t =
				&s->timed[i * FM_TIMED_MAX + (uint64_t)k];

			if (!t->from_ns || strstr(samples[i].marks, "failed:"))
				continue;
			s->interval[n++] =
				(struct fm_tally_interval){ t->from_ns,
							    t->to_ns };
			s->row.timed_ns += t->to_ns - t->from_ns;
		}
	qsort(s->interval, n, sizeof(*s->interval), by_time);
	return n;
}

/* The block's median in the metric that its samples have. */
static int fill_median(struct fm_sampling_row *row, const struct fm_sample *s,
		       uint64_t n)
{
	const struct fm_metrics *times = fm_metrics_times();
	double *x = malloc((n + 1) * sizeof(*x));

	if (!x)
		return -ENOMEM;
	for (size_t m = 0; m < times->n && n; m++) {
		size_t k = 0;

		for (uint64_t i = 0; i < n; i++) {
			x[k] = fm_metric_value(&times->metric[m], &s[i], NAN);
			k += !isnan(x[k]) && !strstr(s[i].marks, "failed:");
		}
		if (!k)
			continue;
		strcpy(row->metric, times->metric[m].name);
		row->median = fm_stats_median(x, k);
		row->operations = k;
	}
	free(x);
	return 0;
}

static void write_count(struct fm_sampled *s, const char *kind,
			const char *name, const char *class, const char *module,
			const struct fm_tally_count *count)
{
	struct fm_profile_row row;

	if (!count->inclusive)
		return;
	fm_row_clear(&fm_profile_table, &row);
	row.point = s->row.point;
	row.round = s->row.round;
	row.block = s->row.block;
	snprintf(row.kind, sizeof(row.kind), "%s", kind);
	snprintf(row.name, sizeof(row.name), "%s", name);
	snprintf(row.class, sizeof(row.class), "%s", class);
	snprintf(row.module, sizeof(row.module), "%s", module);
	row.self = count->self;
	row.inclusive = count->inclusive;
	fm_table_write(&fm_profile_table, s->profile, &row);
}

static void write_counts(struct fm_sampled *s)
{
	const struct fm_tally *t = &s->tally;

	for (size_t i = 0; fm_kernel_classes[i].name; i++)
		write_count(s, "class", fm_kernel_classes[i].name, "", "",
			    &t->class[i]);
	for (size_t i = 0; i < s->kernel.n; i++)
		write_count(s, "function", s->kernel.symbol[i].name,
			    t->class_of[i] == SIZE_MAX ?
				    "" :
				    fm_kernel_classes[t->class_of[i]].name,
			    s->kernel.symbol[i].module, &t->function[i]);
}

static int tally(struct fm_sampled *s, const struct fm_reply *reply,
		 const struct fm_sample *samples)
{
	struct fm_sampling_row *row = &s->row;
	size_t n = gather(s, reply, samples);
	int err = fm_tally_block(&s->tally, s->sampler.record, s->sampler.bytes,
				 reply->pid, s->interval, n);

	if (!err)
		err = fill_median(row, samples, reply->samples);
	row->inside = s->tally.inside;
	row->worker = s->tally.worker;
	row->children = s->tally.children;
	row->idle = s->tally.idle;
	row->others = s->tally.others;
	row->unknown = s->tally.unknown;
	row->outside = s->tally.outside;
	row->lost = s->tally.lost;
	row->throttled = s->tally.throttled;
	fm_tally_others(&s->tally, row->who, sizeof(row->who));
	return err;
}

/* The counts first; the block's line commits them. */
static int commit(struct fm_sampled *s)
{
	if (!strcmp(s->row.status, "ok"))
		write_counts(s);
	if (fflush(s->profile) || ferror(s->profile))
		return -EIO;
	fm_table_write(&fm_sampling_table, s->sampling, &s->row);
	return fflush(s->sampling) || ferror(s->sampling) ? -EIO : 0;
}

static int end(struct fm_watch *watch, const struct fm_reply *reply,
	       const struct fm_sample *samples, struct fm_why *why)
{
	struct fm_sampled *s = (struct fm_sampled *)watch;
	struct fm_sampling_row *row = &s->row;
	int err = fm_sampler_end(&s->sampler, why);

	if (err)
		return err;
	fm_row_clear(&fm_sampling_table, row);
	fm_row_copy(&fm_sampling_table, row, &fm_block_table, &reply->block);
	row->block = ++s->blocks;
	strcpy(row->event, fm_sampler_name(s->sampler.by));
	row->period = s->sampler.period;
	if (!strcmp(row->status, "ok"))
		err = tally(s, reply, samples);
	if (err)
		return fm_fail(why, -err,
			       "the kernel's samples cannot be read: %s",
			       strerror(-err));
	errno = 0;
	err = commit(s);
	return err ? fm_fail(why, -err,
			     "%.100s: %s; the %llu sampled blocks before it "
			     "are kept: free space, or choose --out on another "
			     "disk",
			     s->dir, strerror(errno ? errno : -err),
			     (unsigned long long)s->blocks - 1) :
		     0;
}

int fm_sampled_open(struct fm_sampled *s, int cpu, enum fm_sampler_by by,
		    uint64_t rate)
{
	struct fm_why why = { "" };
	int err;

	memset(s, 0, sizeof(*s));
	s->watch = (struct fm_watch){ begin, end };
	s->sampler.fd = -1;
	err = fm_sampler_choose(&s->sampler, cpu, by, rate, &why);
	if (err) {
		fm_say("%s", why.text);
		return err == -ERANGE ? FM_USAGE : FM_BROKEN;
	}
	err = fm_kallsyms_read(&s->kernel, "/proc/kallsyms", &why);
	if (!err && fm_tally_open(&s->tally, &s->kernel))
		err = fm_fail(&why, ENOMEM, "no memory for the counts");
	if (err)
		fm_say("%s", why.text);
	return err ? FM_BROKEN : FM_DONE;
}

static FILE *start_table(const char *dir, const struct fm_table *table)
{
	char path[4200];
	FILE *out;

	snprintf(path, sizeof(path), "%s/%s.tsv", dir, table->name);
	out = fopen(path, "wxe");
	if (out)
		fm_table_write_header(table, out);
	return out;
}

int fm_sampled_start(struct fm_sampled *s, const char *dir, uint64_t samples,
		     struct fm_why *why)
{
	snprintf(s->dir, sizeof(s->dir), "%s", dir);
	s->timed = calloc(samples * FM_TIMED_MAX + 1, sizeof(*s->timed));
	s->interval = calloc(samples * FM_TIMED_MAX + 1, sizeof(*s->interval));
	if (!s->timed || !s->interval)
		return fm_fail(why, ENOMEM, "no memory for the intervals");
	s->sampling = start_table(dir, &fm_sampling_table);
	s->profile = s->sampling ? start_table(dir, &fm_profile_table) : NULL;
	if (!s->profile)
		return fm_fail(why, errno, "%.150s cannot be written to: %s",
			       dir, strerror(errno));
	return 0;
}

void fm_sampled_close(struct fm_sampled *s)
{
	struct fm_why why;

	if (s->sampler.fd >= 0)
		fm_sampler_end(&s->sampler, &why);
	fm_sampler_free(&s->sampler);
	fm_tally_free(&s->tally);
	fm_kallsyms_free(&s->kernel);
	free(s->timed);
	free(s->interval);
	if (s->sampling)
		fclose(s->sampling);
	if (s->profile)
		fclose(s->profile);
	s->sampling = s->profile = NULL;
}
