/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run's tables: begun, and written to a whole block at a time. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "rundir.h"
#include "singles.h"

static FILE *start(const struct fm_rundir *d, const struct fm_table *table)
{
	char path[PATH_MAX + 32];
	FILE *out;

	snprintf(path, sizeof(path), "%s/%s.tsv", d->path, table->name);
	out = fopen(path, "wxe");
	if (!out)
		return NULL;
	fm_table_write_header(table, out);
	if (fflush(out)) {
		fclose(out);
		return NULL;
	}
	return out;
}

static int write_plan(const struct fm_rundir *d, const struct fm_plan *plan)
{
	FILE *out = start(d, &fm_plan_table);
	int err;

	if (!out)
		return -errno;
	for (size_t i = 0; i < plan->n; i++)
		fm_table_write(&fm_plan_table, out, &plan->row[i]);
	err = ferror(out) ? -EIO : 0;
	return fclose(out) ? -errno : err;
}

static int write_events(const struct fm_rundir *d,
			const struct fm_counted *counted)
{
	FILE *out = start(d, &fm_event_table);
	int err;

	if (!out)
		return -errno;
	for (size_t i = 0; i < counted->rows; i++)
		fm_table_write(&fm_event_table, out, &counted->row[i]);
	err = ferror(out) ? -EIO : 0;
	return fclose(out) ? -errno : err;
}

enum { SAMPLES, HISTOGRAMS, BLOCKS };

/* In the order in which a block is written; its line in the last commits it. */
static const struct fm_table *const tables[FM_RUNDIR_FILES] = {
	[SAMPLES] = &fm_sample_table,
	[HISTOGRAMS] = &fm_histogram_table,
	[BLOCKS] = &fm_block_table,
};

static void mark_ends(struct fm_rundir *d)
{
	for (int i = 0; i < FM_RUNDIR_FILES; i++)
		d->end[i] = ftello(d->file[i]);
}

int fm_rundir_create(struct fm_rundir *d, const char *out, const char *host,
		     const struct fm_plan *plan,
		     const struct fm_counted *counted, struct fm_why *why)
{
	int err = fm_rundir_make(d, out, host, "", why);

	if (err)
		return err;
	err = write_plan(d, plan);
	d->samples = counted ? &counted->columns.table : &fm_sample_table;
	if (!err && counted)
		err = write_events(d, counted);
	for (int i = 0; i < FM_RUNDIR_FILES && !err; i++) {
		d->file[i] = start(d, i == SAMPLES ? d->samples : tables[i]);
		err = d->file[i] ? 0 : -errno;
	}
	if (err)
		return fm_fail(why, -err,
			       "%.120s cannot be written to: %s; choose "
			       "another folder with --out",
			       d->path, strerror(-err));
	mark_ends(d);
	return 0;
}

/* Cuts a file back. What its stream still holds is thrown away with it. */
static void cut_back(FILE **file, off_t end)
{
	int fd = dup(fileno(*file));

	fclose(*file);
	*file = NULL;
	if (fd >= 0 && ftruncate(fd, end) == 0)
		lseek(fd, end, SEEK_SET);
	if (fd >= 0)
		*file = fdopen(fd, "w");
}

static void write_bins(FILE *out, const struct fm_block_row *block,
		       const char *metric, const uint64_t *bins)
{
	struct fm_histogram_row row = {
		.point = block->point,
		.round = block->round,
		.block = block->block,
	};

	snprintf(row.metric, sizeof(row.metric), "%s", metric);
	for (size_t i = 0; i < FM_SINGLES_BINS; i++) {
		if (!bins[i])
			continue;
		row.from_ns = fm_singles_from(i);
		row.below_ns = fm_singles_from(i + 1);
		row.count = bins[i];
		fm_table_write(&fm_histogram_table, out, &row);
	}
}

static void write_samples(struct fm_rundir *d, const struct fm_reply *reply,
			  const struct fm_sample *samples,
			  const struct fm_count_group *group,
			  const uint64_t *counts)
{
	struct fm_counted_sample row;

	for (uint64_t i = 0; i < reply->samples; i++) {
		fm_counted_row(group, &samples[i],
			       group ? counts + i * reply->values : NULL, &row);
		fm_table_write(d->samples, d->file[SAMPLES], &row);
	}
}

static void write_histograms(struct fm_rundir *d, const struct fm_reply *reply)
{
	write_bins(d->file[HISTOGRAMS], &reply->block, "touch_ns",
		   reply->singles.rest);
	write_bins(d->file[HISTOGRAMS], &reply->block, "first_touch_ns",
		   reply->singles.first);
}

int fm_rundir_commit(struct fm_rundir *d, const struct fm_reply *reply,
		     const struct fm_sample *samples,
		     const struct fm_count_group *group, const uint64_t *counts,
		     struct fm_why *why)
{
	int err = 0;

	for (int i = 0; i < FM_RUNDIR_FILES && !err; i++) {
		if (!d->file[i])
			return fm_fail(why, EIO,
				       "%.200s: closed after an error",
				       d->path);
		if (i == SAMPLES)
			write_samples(d, reply, samples, group, counts);
		else if (i == HISTOGRAMS)
			write_histograms(d, reply);
		else
			fm_table_write(&fm_block_table, d->file[i],
				       &reply->block);
		if (fflush(d->file[i]) || ferror(d->file[i]))
			err = errno ? errno : EIO;
	}
	if (!err) {
		mark_ends(d);
		d->committed++;
		return 0;
	}
	for (int i = 0; i < FM_RUNDIR_FILES; i++)
		cut_back(&d->file[i], d->end[i]);
	return fm_fail(why, err,
		       "%.100s: %s; the %llu blocks before it are kept: free "
		       "space, or choose --out on another disk",
		       d->path, strerror(err),
		       (unsigned long long)d->committed);
}

int fm_rundir_close(struct fm_rundir *d)
{
	int err = 0;

	for (int i = 0; i < FM_RUNDIR_FILES; i++) {
		if (d->file[i] && fclose(d->file[i]))
			err = -errno;
		d->file[i] = NULL;
	}
	return err;
}
