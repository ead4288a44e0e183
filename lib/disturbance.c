/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What else went on around the measured processor. */
#include <dirent.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "clock.h"
#include "cpulist.h"
#include "disturbance_parts.h"
#include "file.h"

/* Differences of a column of that type are those of two readings. */
static const struct fm_column counters[] = {
#define COLUMN(k, f, u, m)                                                     \
	{ .kind = fm_##k,                                                      \
	  .name = #f,                                                          \
	  .unit = u,                                                           \
	  .meaning = m,                                                        \
	  .offset = offsetof(struct fm_block_row, f) },
	FM_DISTURBANCE_COUNTERS(COLUMN)
};
enum { COUNTERS = sizeof(counters) / sizeof(*counters) };

static uint64_t *field(struct fm_block_row *row, const struct fm_column *c)
{
	return (uint64_t *)(void *)((char *)row + c->offset);
}

ssize_t fm_disturbance_read(const struct fm_disturbance *d, char *text,
			    size_t size, const char *format, ...)
{
	char path[PATH_MAX];
	size_t n = (size_t)snprintf(path, sizeof(path), "%s", d->root);
	va_list args;

	if (n >= sizeof(path))
		return -1;
	va_start(args, format);
	vsnprintf(path + n, sizeof(path) - n, format, args);
	va_end(args);
	return fm_file_read(path, text, size);
}

/* FM_ABSENT where there is no such file, or no number in it. */
static uint64_t read_number(const struct fm_disturbance *d, const char *what)
{
	char text[64], *end;
	uint64_t n;

	if (fm_disturbance_read(d, text, sizeof(text),
				"/sys/devices/system/cpu/cpu%d/%s", d->cpu,
				what) <= 0)
		return FM_ABSENT;
	n = strtoull(text, &end, 10);
	return end == text ? FM_ABSENT : n;
}

static uint64_t read_frequency(const struct fm_disturbance *d)
{
	return read_number(d, "cpufreq/scaling_cur_freq");
}

/* The first number of schedstat: ns on a processor (sched-stats.rst). */
static void read_threads(const struct fm_disturbance *d,
			 struct fm_block_row *now)
{
	for (size_t i = 0; i < d->threads; i++) {
		uint64_t *sum = field(now, d->thread[i].column);
		char text[64];

		if (fm_disturbance_read(d, text, sizeof(text),
					"/proc/%d/schedstat",
					d->thread[i].pid) <= 0)
			continue;
		*sum = strtoull(text, NULL, 10) +
		       (*sum == FM_ABSENT ? 0 : *sum);
	}
}

static uint64_t ns_of(struct timeval t)
{
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_usec * 1000;
}

/* own_ns: processor time of all children so far. */
static void read_now(const struct fm_disturbance *d, struct fm_block_row *now,
		     uint64_t *own_ns)
{
	struct rusage own;

	for (size_t i = 0; i < COUNTERS; i++)
		*field(now, &counters[i]) = FM_ABSENT;
	getrusage(RUSAGE_CHILDREN, &own);
	now->nivcsw = (uint64_t)own.ru_nivcsw;
	*own_ns = ns_of(own.ru_utime) + ns_of(own.ru_stime);
	fm_disturbance_read_cpu(d, now);
	now->throttled = read_number(d, "thermal_throttle/core_throttle_count");
	read_threads(d, now);
}

void fm_disturbance_begin(struct fm_disturbance *d)
{
	read_now(d, &d->before, &d->own_ns);
	d->before.freq_before_khz = read_frequency(d);
	d->from_ns = fm_clock_ns();
}

/*
 * The tick finds work by chance, so that a little less than the block's own is
 * nothing; much less is work of the block on other processors.
 */
static uint64_t others_ms(uint64_t work_ms, uint64_t own_ns)
{
	uint64_t own_ms = own_ns / 1000000;

	if (work_ms == FM_ABSENT || work_ms + 2 * FM_MS_PER_TICK < own_ms)
		return FM_ABSENT;
	return work_ms > own_ms ? work_ms - own_ms : 0;
}

void fm_disturbance_end(const struct fm_disturbance *d,
			struct fm_block_row *row)
{
	struct fm_block_row before = d->before, now;
	uint64_t own_ns;

	row->whole_ns = fm_clock_ns() - d->from_ns;
	row->freq_before_khz = before.freq_before_khz;
	row->freq_after_khz = read_frequency(d);
	read_now(d, &now, &own_ns);
	for (size_t i = 0; i < COUNTERS; i++) {
		uint64_t from = *field(&before, &counters[i]);
		uint64_t to = *field(&now, &counters[i]);

		*field(row, &counters[i]) =
			from == FM_ABSENT || to == FM_ABSENT ? FM_ABSENT :
							       to - from;
	}
	row->nivcsw = now.nivcsw - before.nivcsw;
	row->cpu_others_ms = others_ms(row->cpu_others_ms, own_ns - d->own_ns);
}

/* The other processors of "0-1,4" that share the core. */
static void find_siblings(struct fm_disturbance *d)
{
	const char *at;
	char text[256];
	int n = 0, cpu, last;

	if (fm_disturbance_read(d, text, sizeof(text),
				"/sys/devices/system/cpu/cpu%d/topology/"
				"thread_siblings_list",
				d->cpu) <= 0)
		*text = '\0';
	for (at = text; fm_cpulist_range(&at, &cpu, &last);)
		for (; cpu <= last && n < FM_DISTURBANCE_SIBLINGS; cpu++)
			if (cpu != d->cpu)
				d->sibling[n++] = cpu;
	if (n < FM_DISTURBANCE_SIBLINGS)
		d->sibling[n] = -1;
}

/* khugepaged, kswapd0, kdamond.0: the column's name without its _ns. */
static const struct fm_column *column_of(const char *thread)
{
	for (size_t i = 0; i < COUNTERS; i++) {
		size_t n = strlen(counters[i].name) - strlen("_ns");

		if (!strncmp(counters[i].meaning, "thread:", 7) &&
		    !strncmp(thread, counters[i].name, n) &&
		    !thread[n + strspn(thread + n, ".:0123456789")])
			return &counters[i];
	}
	return NULL;
}

static void find_threads(struct fm_disturbance *d)
{
	char path[PATH_MAX], name[32];
	struct dirent *entry;
	DIR *proc;

	snprintf(path, sizeof(path), "%s/proc", d->root);
	proc = opendir(path);
	while (proc && (entry = readdir(proc)) &&
	       d->threads < FM_DISTURBANCE_THREADS) {
		struct fm_disturbance_thread *t = &d->thread[d->threads];

		t->pid = atoi(entry->d_name);
		if (t->pid <= 0 ||
		    fm_disturbance_read(d, name, sizeof(name), "/proc/%d/comm",
					t->pid) <= 0)
			continue;
		t->column = column_of(name);
		d->threads += t->column != NULL;
	}
	if (proc)
		closedir(proc);
}

void fm_disturbance_open(struct fm_disturbance *d, const char *root, int cpu)
{
	memset(d, 0, sizeof(*d));
	d->root = root;
	d->cpu = cpu;
	find_siblings(d);
	find_threads(d);
}
