/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By what a processor can be sampled here, and what would allow more. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "clock.h"
#include "file.h"
#include "perf_record.h"
#include "sampler_parts.h"

#define SETTING "/proc/sys/kernel/"

const char *fm_sampler_name(enum fm_sampler_by by)
{
	return by == FM_SAMPLER_CYCLES ? "cycles" : "cpu-clock";
}

static int open_event(struct perf_event_attr *attr, pid_t pid, int cpu)
{
	long fd = syscall(SYS_perf_event_open, attr, pid, cpu, -1,
			  PERF_FLAG_FD_CLOEXEC);

	return fd < 0 ? -errno : (int)fd;
}

static struct perf_event_attr event_of(enum fm_sampler_by by)
{
	struct perf_event_attr attr = {
		.size = sizeof(attr),
		.type = PERF_TYPE_SOFTWARE,
		.config = PERF_COUNT_SW_CPU_CLOCK,
		.disabled = 1,
	};

	if (by == FM_SAMPLER_CYCLES) {
		attr.type = PERF_TYPE_HARDWARE;
		attr.config = PERF_COUNT_HW_CPU_CYCLES;
	}
	return attr;
}

/* Of kernel and user mode alike, so that shares are of the whole interval. */
int fm_sampler_open(const struct fm_sampler *s)
{
	struct perf_event_attr attr = event_of(s->by);

	attr.sample_period = s->period;
	attr.sample_type = FM_PERF_SAMPLE_TYPE;
	attr.exclude_callchain_user = 1;
	attr.use_clockid = 1;
	attr.clockid = CLOCK_MONOTONIC_RAW;
	attr.task = 1; /* tells who made whom */
	attr.watermark = 1;
	attr.wakeup_watermark = (uint32_t)(s->ring_bytes / 4);
	return open_event(&attr, -1, s->cpu);
}

static long setting(const char *name, long otherwise)
{
	char path[64], text[32];

	snprintf(path, sizeof(path), SETTING "%s", name);
	return fm_file_read(path, text, sizeof(text)) > 0 ?
		       strtol(text, NULL, 10) :
		       otherwise;
}

int fm_sampler_refuse(int err, struct fm_why *why)
{
	long paranoid = setting("perf_event_paranoid", 2);

	if (err == -ENOSYS || (err == -EPERM && paranoid <= 0))
		return fm_fail(why, -err,
			       "perf_event_open(2): %s; this kernel, or a "
			       "container's seccomp filter, has it not: allow "
			       "it there, or run outside",
			       strerror(-err));
	if (err != -EACCES && err != -EPERM)
		return fm_fail(why, -err, "perf_event_open(2): %s",
			       strerror(-err));
	return fm_fail(why, -err,
		       "sampling a processor takes rights that we lack: as "
		       "root, sysctl -w kernel.perf_event_paranoid=0 (it is "
		       "%ld); or run as root, or with CAP_PERFMON",
		       paranoid);
}

/*
 * Cycles a second, counted in this task while it spins; or -errno, -ENODATA for
 * a PMU that opens and never counts, as some virtual ones do.
 */
static int64_t cycles_a_second(void)
{
	struct perf_event_attr attr = event_of(FM_SAMPLER_CYCLES);
	uint64_t from, ns, count = 0;
	int fd;

	attr.exclude_kernel = 1;
	fd = open_event(&attr, 0, -1);
	if (fd < 0)
		return fd;
	ioctl(fd, PERF_EVENT_IOC_ENABLE, 0);
	from = fm_clock_ns();
	do {
		ns = fm_clock_ns() - from;
	} while (ns < 5000000);
	ioctl(fd, PERF_EVENT_IOC_DISABLE, 0);
	if (read(fd, &count, sizeof(count)) != sizeof(count))
		count = 0;
	close(fd);
	return count > 1000 ? (int64_t)((double)count / (double)ns * 1e9) :
			      -ENODATA;
}

static int choose_cycles(struct fm_sampler *s, struct fm_why *why)
{
	int64_t hz = cycles_a_second();

	if (hz == -ENODATA)
		return fm_fail(why, ENODATA,
			       "this machine's PMU counts no cycles, though it "
			       "says that it has them");
	if (hz == -ENOENT || hz == -EOPNOTSUPP || hz == -ENODEV)
		return fm_fail(why, ENOENT,
			       "this machine shows no PMU that counts cycles; "
			       "for a virtual one its host must let it through "
			       "(QEMU: -cpu host,pmu=on)");
	if (hz < 0)
		return fm_sampler_refuse((int)hz, why);
	s->by = FM_SAMPLER_CYCLES;
	s->period = (uint64_t)hz / s->rate;
	return 0;
}

static int try_it(struct fm_sampler *s, struct fm_why *why)
{
	int fd = fm_sampler_open(s);

	if (fd < 0)
		return fm_sampler_refuse(fd, why);
	close(fd);
	return 0;
}

int fm_sampler_choose(struct fm_sampler *s, int cpu, enum fm_sampler_by by,
		      uint64_t rate, struct fm_why *why)
{
	uint64_t most = (uint64_t)setting("perf_event_max_sample_rate", 100000);
	int err = -ENOENT;

	memset(s, 0, sizeof(*s));
	s->cpu = cpu;
	s->fd = -1;
	s->rate = rate;
	if (rate > most)
		return fm_fail(why, ERANGE,
			       "the kernel allows %llu samples a second; as "
			       "root: sysctl -w "
			       "kernel.perf_event_max_sample_rate=%llu",
			       (unsigned long long)most,
			       (unsigned long long)rate);
	if (by != FM_SAMPLER_CLOCK)
		err = choose_cycles(s, &s->no_cycles);
	if (err && by == FM_SAMPLER_CYCLES) {
		*why = s->no_cycles;
		return err;
	}
	if (err) {
		s->by = FM_SAMPLER_CLOCK;
		s->period = 1000000000 / rate;
	}
	return try_it(s, why);
}
