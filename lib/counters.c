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

/*
 * A clock is opened for itself. On Linux 6.18 one that leads a group loses
 * counts of the others when its task is preempted (700 to 3,400 of 4,096 page
 * faults were left), and one that does not lead is not brought up to date by a
 * reading of the group.
 */
static int is_clock(const struct fm_counter *event)
{
	return event->type == PERF_TYPE_SOFTWARE &&
	       (event->config == PERF_COUNT_SW_TASK_CLOCK ||
		event->config == PERF_COUNT_SW_CPU_CLOCK);
}

int fm_counters_open(struct fm_counters *c, const struct fm_counter *events,
		     int n, const struct fm_counters_where *where, int *failed)
{
	*c = (struct fm_counters){ .leader = -1 };
	for (int i = 0; i < n; i++) {
		int alone = is_clock(&events[i]), fd = -ENOSPC;

		if (i < FM_COUNTERS_AT_ONCE)
			fd = open_one(
				&events[i], where,
				alone || c->leader < 0 ? -1 : c->fd[c->leader]);
		if (fd < 0) {
			if (failed)
				*failed = i;
			fm_counters_close(c);
			return fd;
		}
		if (!alone && c->leader < 0)
			c->leader = i;
		c->alone[i] = alone;
		c->fd[c->n++] = fd;
	}
	return 0;
}

void fm_counters_close(struct fm_counters *c)
{
	while (c->n)
		close(c->fd[--c->n]);
}

/* What one read(2) of a group, or of an event alone, gives. */
struct reading {
	uint64_t n, enabled, running, value[FM_COUNTERS_AT_ONCE];
};

static int read_one(int fd, struct reading *r, struct fm_counts *counts)
{
	ssize_t got = read(fd, r, sizeof(*r));

	if (got < 0)
		return -errno;
	/* A group in error, which could not be put on, is read as nothing. */
	if (got < (ssize_t)(4 * sizeof(uint64_t)))
		return -EIO;
	counts->enabled += r->enabled;
	counts->running += r->running;
	return 0;
}

int fm_counters_read(const struct fm_counters *c, struct fm_counts *counts)
{
	struct reading group = { .n = 0 }, clock;
	uint64_t next = 0;
	int err = 0;

	counts->enabled = counts->running = 0;
	if (c->leader >= 0)
		err = read_one(c->fd[c->leader], &group, counts);
	for (int i = 0; i < c->n && !err; i++) {
		if (c->alone[i]) {
			err = read_one(c->fd[i], &clock, counts);
			counts->value[i] = clock.value[0];
		} else {
			counts->value[i] = group.value[next++];
		}
	}
	return err ? err : next == group.n ? 0 : -EIO;
}

void fm_counts_add(struct fm_counts *sum, const struct fm_counts *before,
		   const struct fm_counts *after)
{
	for (int i = 0; i < FM_COUNTERS_AT_ONCE; i++)
		sum->value[i] += after->value[i] - before->value[i];
	sum->enabled += after->enabled - before->enabled;
	sum->running += after->running - before->running;
}

int fm_counts_whole(const struct fm_counts *counts)
{
	return counts->enabled && counts->running == counts->enabled;
}
