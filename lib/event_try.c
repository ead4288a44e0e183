/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether this machine counts an event: by opening it, and making it happen. */
#include <errno.h>
#include <linux/perf_event.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "event.h"
#include "file.h"

static const struct fm_counters_where here = { .pid = 0, .cpu = -1 };

enum { LOOPS = 100000, BYTES = 4 << 20, TRIALS = 3, LEAST = 1000 };

/* Branches that cannot be foreseen, fresh pages, cache misses, switches. */
static void provoke(void)
{
	const struct timespec moment = { .tv_nsec = 1000 };
	volatile uint64_t odd = 0;
	uint64_t random = 88172645463325252u;
	char *fresh = mmap(NULL, BYTES, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	for (int i = 0; i < LOOPS; i++) {
		random ^= random << 13;
		random ^= random >> 7;
		random ^= random << 17;
		if (random & 1)
			odd++;
		if (fresh != MAP_FAILED && i % 8 == 0)
			((volatile char *)fresh)[random % BYTES]++;
	}
	if (fresh != MAP_FAILED)
		munmap(fresh, BYTES);
	sched_yield();
	nanosleep(&moment, NULL);
}

/* 0, or -errno; counts are of that work. */
static int count(const struct fm_counter *events, int n,
		 struct fm_counts *counts)
{
	struct fm_counts before, after;
	struct fm_counters c;
	int err = fm_counters_open(&c, events, n, &here, NULL);

	if (err)
		return err;
	*counts = (struct fm_counts){ .enabled = 0 };
	err = fm_counters_read(&c, &before);
	provoke();
	if (!err)
		err = fm_counters_read(&c, &after);
	if (!err)
		fm_counts_add(counts, &before, &after);
	fm_counters_close(&c);
	return err;
}

static const char paranoid_file[] = "/proc/sys/kernel/perf_event_paranoid";

static int paranoid(void)
{
	char text[32];

	return fm_file_read(paranoid_file, text, sizeof(text)) < 0 ? 2 :
								     atoi(text);
}

/* EACCES is the kernel's own rule; EPERM comes from what stands before it. */
static void denied(struct fm_event *e, int err)
{
	int allows_user = e->counter.exclude & FM_NOT_KERNEL;

	e->status = FM_EVENT_DENIED;
	if (err == EACCES)
		fm_fail(&e->why, err,
			"kernel.perf_event_paranoid is %d: as root: sysctl "
			"kernel.perf_event_paranoid=%d, or run with "
			"CAP_PERFMON%s",
			paranoid(), allows_user ? 2 : 1,
			allows_user || paranoid() > 2 ?
				"" :
				"; or count user mode alone, as in "
				"instructions:u");
	else
		fm_fail(&e->why, err,
			"perf_event_open(2) is refused (%s), as a container's "
			"seccomp filter or a security module does: allow it "
			"there, or add CAP_PERFMON",
			strerror(err));
}

void fm_event_refused(struct fm_event *e, int err)
{
	int is_built = access(paranoid_file, F_OK) == 0;

	if (err == -EACCES || err == -EPERM || (err == -ENOSYS && is_built)) {
		denied(e, -err);
		return;
	}
	e->status = FM_EVENT_UNSUPPORTED;
	if (err == -ENOSYS)
		fm_fail(&e->why, -err,
			"this kernel was built without perf_event_open(2), for "
			"it has no kernel.perf_event_paranoid: take one with "
			"CONFIG_PERF_EVENTS");
	else if (err == -EBUSY)
		fm_fail(&e->why, -err,
			"somebody else has the counter; the NMI watchdog, as "
			"root: sysctl kernel.nmi_watchdog=0");
	else if (err == -EMFILE)
		fm_fail(&e->why, -err,
			"no descriptor is left; raise ulimit -n");
	else
		fm_fail(&e->why, -err,
			"this processor, or the hypervisor above it, has no "
			"such counter (%s); of a virtual machine: give it a "
			"PMU, as -cpu host,pmu=on does for QEMU",
			strerror(-err));
}

static int is_hardware(const struct fm_counter *c)
{
	return c->type != PERF_TYPE_SOFTWARE && c->type != PERF_TYPE_TRACEPOINT;
}

/* Both of them, within what stopping them one by one may tell them apart. */
static int are_same(const struct fm_counts *counts)
{
	uint64_t a = counts->value[0], b = counts->value[1];

	return a > LEAST && b > LEAST && (a > b ? a - b : b - a) * 50 < a;
}

/*
 * The same event of user mode and of the kernel at once: where both always
 * count the same, each counts both. Small counts, or one trial, may agree by
 * chance.
 */
static int modes_are_ignored(const struct fm_counter *c)
{
	unsigned int modes = c->exclude & (FM_NOT_USER | FM_NOT_KERNEL);
	struct fm_counter both[2] = { *c, *c };
	struct fm_counts counts;

	if (!is_hardware(c) || !modes || modes == (FM_NOT_USER | FM_NOT_KERNEL))
		return 0;
	both[1].exclude ^= FM_NOT_USER | FM_NOT_KERNEL;
	for (int trial = 0; trial < TRIALS; trial++)
		if (count(both, 2, &counts) || !are_same(&counts))
			return 0;
	return 1;
}

/*
 * Some PMUs, such as msr, refuse whatever leaves a mode out: the hypervisor's,
 * which nobody named, is then counted; what works is the event's from then on.
 */
static int count_as_it_can(struct fm_event *e, struct fm_counts *counts)
{
	struct fm_counter whole = e->counter;
	int err = count(&e->counter, 1, counts);

	if (err != -EINVAL || !(whole.exclude & FM_NOT_HYPERVISOR))
		return err;
	whole.exclude &= ~(unsigned int)FM_NOT_HYPERVISOR;
	err = count(&whole, 1, counts);
	if (!err)
		e->counter = whole;
	return err;
}

/* Whether only the modes that were asked for are what it refuses. */
static int has_no_modes(const struct fm_event *e)
{
	struct fm_counter whole = e->counter;
	struct fm_counts counts;

	if (!(whole.exclude & (FM_NOT_USER | FM_NOT_KERNEL)))
		return 0;
	whole.exclude = 0;
	return !count(&whole, 1, &counts);
}

static void refuse_modes(struct fm_event *e)
{
	e->status = FM_EVENT_UNSUPPORTED;
	fm_fail(&e->why, ENODATA,
		"its counter counts user mode and the kernel together, "
		"whatever is asked: leave :u and :k out");
}

void fm_event_judge(struct fm_event *e, const struct fm_counts *counts)
{
	*e->why.text = '\0';
	e->tried = counts->value[0];
	e->status = FM_EVENT_UNSUPPORTED;
	if (!fm_counts_whole(counts))
		fm_fail(&e->why, EBUSY,
			"it was on a counter for %llu of %llu ns: others hold "
			"the counters; end them, or free the NMI watchdog's: "
			"sysctl kernel.nmi_watchdog=0",
			(unsigned long long)counts->running,
			(unsigned long long)counts->enabled);
	else if (!e->tried && is_hardware(&e->counter))
		fm_fail(&e->why, ENODATA,
			"it can be opened, but counted nothing in a test that "
			"makes such events; a virtual machine's processor "
			"often has none");
	else
		e->status = FM_EVENT_COUNTS;
}

void fm_event_try(struct fm_event *e)
{
	struct fm_counts counts;
	int err = count_as_it_can(e, &counts);

	*e->why.text = '\0';
	if (err == -EINVAL && has_no_modes(e)) {
		refuse_modes(e);
		return;
	}
	if (err) {
		fm_event_refused(e, err);
		return;
	}
	fm_event_judge(e, &counts);
	if (e->status == FM_EVENT_COUNTS && modes_are_ignored(&e->counter))
		refuse_modes(e);
}

int fm_events_fit(const struct fm_counter *events, int n, int copies, int cpu)
{
	const struct fm_counters_where where[] = {
		{ .pid = cpu < 0 ? 0 : -1, .cpu = cpu },
		{ .pid = 0, .cpu = -1, .inherit = 1 },
	};
	struct fm_counters c[2] = { { .n = 0 }, { .n = 0 } };
	struct fm_counts counts;
	int err = 0, opened = 0;

	for (; opened < copies && !err; opened += !err)
		err = fm_counters_open(&c[opened], events, n, &where[opened],
				       NULL);
	if (!err)
		provoke();
	for (int i = 0; i < copies && !err; i++) {
		err = fm_counters_read(&c[i], &counts);
		if (!err && !fm_counts_whole(&counts))
			err = -ENOSPC;
	}
	while (opened)
		fm_counters_close(&c[--opened]);
	/* A group that the processor cannot hold is not even opened. */
	return err == -EINVAL && n > 1 ? -ENOSPC : err;
}
