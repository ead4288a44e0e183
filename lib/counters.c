/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A group of counters of perf_event_open(2), read together. */
#include <errno.h>
#include <fcntl.h>
#include <linux/perf_event.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "counters.h"

/*
 * Away from the numbers that a program expects its descriptors at: 0 to 2, and
 * one that we hand to children by its number.
 */
static int move_up(int fd)
{
	enum { LEAST = 16 };
	int up = fcntl(fd, F_DUPFD_CLOEXEC, LEAST), err = errno;

	close(fd);
	return up < 0 ? -err : up;
}

static int open_one(const struct fm_counter *event,
		    const struct fm_counters_where *where, int leader)
{
	struct perf_event_attr attr = {
		.size = sizeof(attr),
		.type = event->type,
		.config = event->config,
		.config1 = event->config1,
		.config2 = event->config2,
		.inherit = !!where->inherit,
		.exclude_user = !!(event->exclude & FM_NOT_USER),
		.exclude_kernel = !!(event->exclude & FM_NOT_KERNEL),
		.exclude_hv = !!(event->exclude & FM_NOT_HYPERVISOR),
		.read_format = PERF_FORMAT_GROUP |
			       PERF_FORMAT_TOTAL_TIME_ENABLED |
			       PERF_FORMAT_TOTAL_TIME_RUNNING,
	};
	long fd = syscall(SYS_perf_event_open, &attr, where->pid, where->cpu,
			  leader, (unsigned long)PERF_FLAG_FD_CLOEXEC);

	return fd < 0 ? -errno : move_up((int)fd);
}

int fm_counter_is_clock(const struct fm_counter *event)
{
	return event->type == PERF_TYPE_SOFTWARE &&
	       (event->config == PERF_COUNT_SW_TASK_CLOCK ||
		event->config == PERF_COUNT_SW_CPU_CLOCK);
}

/*
 * The event that leads event i: an earlier one of its type, or itself. Seen on
 * Linux 6.18: an event whose leader is of another PMU counts nothing before the
 * task is switched out and in again, though both are said to be on; and a clock
 * that does not lead is not brought up to date by a reading of the group.
 */
static int find_leader(const struct fm_counters *c,
		       const struct fm_counter *events, int i)
{
	if (fm_counter_is_clock(&events[i]))
		return i;
	for (int k = 0; k < i; k++)
		if (c->leader[k] == k && events[k].type == events[i].type &&
		    !fm_counter_is_clock(&events[k]))
			return k;
	return i;
}

int fm_counters_open(struct fm_counters *c, const struct fm_counter *events,
		     int n, const struct fm_counters_where *where, int *failed)
{
	*c = (struct fm_counters){ .n = 0 };
	for (int i = 0; i < n; i++) {
		int fd = -ENOSPC;

		if (i < FM_COUNTERS_AT_ONCE) {
			int leader = find_leader(c, events, i);

			fd = open_one(&events[i], where,
				      leader < i ? c->fd[leader] : -1);
			c->leader[i] = (signed char)leader;
		}
		if (fd < 0) {
			if (failed)
				*failed = i;
			fm_counters_close(c);
			return fd;
		}
		c->fd[c->n++] = fd;
	}
	return 0;
}

void fm_counters_close(struct fm_counters *c)
{
	while (c->n)
		close(c->fd[--c->n]);
}

/* What one read(2) of a leader gives: its group's values in order. */
struct reading {
	uint64_t n, enabled, running, value[FM_COUNTERS_AT_ONCE];
};

static int read_group(const struct fm_counters *c, int leader,
		      struct fm_counts *counts)
{
	struct reading r;
	ssize_t got = read(c->fd[leader], &r, sizeof(r));
	uint64_t next = 0;

	if (got < 0)
		return -errno;
	/* A group in error, which could not be put on, is read as nothing. */
	if (got < (ssize_t)(4 * sizeof(uint64_t)))
		return -EIO;
	for (int i = leader; i < c->n; i++)
		if (c->leader[i] == leader && next < r.n)
			counts->value[i] = r.value[next++];
	counts->enabled += r.enabled;
	counts->running += r.running;
	return next == r.n ? 0 : -EIO;
}

int fm_counters_read(const struct fm_counters *c, struct fm_counts *counts)
{
	int err = c->n ? 0 : -ENODATA;

	counts->enabled = counts->running = 0;
	counts->lost = 0;
	for (int i = 0; i < c->n && !err; i++)
		if (c->leader[i] == i)
			err = read_group(c, i, counts);
	counts->lost = err != 0;
	return err;
}

void fm_counts_add(struct fm_counts *sum, const struct fm_counts *before,
		   const struct fm_counts *after)
{
	for (int i = 0; i < FM_COUNTERS_AT_ONCE; i++)
		sum->value[i] += after->value[i] - before->value[i];
	sum->enabled += after->enabled - before->enabled;
	sum->running += after->running - before->running;
	sum->lost |= before->lost | after->lost;
}

int fm_counts_whole(const struct fm_counts *counts)
{
	return !counts->lost && counts->enabled &&
	       counts->running == counts->enabled;
}
