/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What else went on around the measured processor. */
#include <ctype.h>
#include <dirent.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "clock.h"
#include "cpulist.h"
#include "disturbance.h"
#include "file.h"

/* Of the clock tick by which /proc/stat accounts (proc(5)). */
#define MS_PER_TICK (1000 / (uint64_t)sysconf(_SC_CLK_TCK))

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

__attribute__((format(printf, 4, 5))) static ssize_t
read_file(const struct fm_disturbance *d, char *text, size_t size,
	  const char *format, ...)
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

/* One line of /proc/stat, in ms. */
struct busy {
	uint64_t work, irq, steal;
};

/* key: "cpu " or "cpu1 ". Returns whether the line is there. */
static int read_busy(const char *stat, const char *key, struct busy *busy)
{
	const char *line = stat;
	uint64_t ms[8] = { 0 };
	char *at;

	while (line && strncmp(line, key, strlen(key))) {
		line = strchr(line, '\n');
		line += line ? 1 : 0;
	}
	if (!line)
		return 0;
	at = (char *)line + strlen(key);
	/* user nice system idle iowait irq softirq steal */
	for (int i = 0; i < 8; i++)
		ms[i] = strtoull(at, &at, 10) * MS_PER_TICK;
	busy->irq = ms[5] + ms[6];
	busy->work = ms[0] + ms[1] + ms[2] + busy->irq;
	busy->steal = ms[7];
	return 1;
}

static int read_cpu(const char *stat, int cpu, struct busy *busy)
{
	char key[24];

	snprintf(key, sizeof(key), "cpu%d ", cpu);
	return read_busy(stat, key, busy);
}

static uint64_t ns_of(struct timeval t)
{
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_usec * 1000;
}

/*
 * Summed by processor, for the line of all of them may go back by a tick from
 * one reading to the next.
 */
static uint64_t read_other_cpus(const char *stat, int cpu)
{
	const char *line = strstr(stat, "\ncpu");
	uint64_t work = 0;
	struct busy busy;

	for (; line; line = strstr(line + 1, "\ncpu")) {
		int other = atoi(line + 4);

		if (other != cpu && read_cpu(line + 1, other, &busy))
			work += busy.work;
	}
	return work;
}

static void read_stat(const struct fm_disturbance *d, struct fm_block_row *now)
{
	static char stat[32768]; /* the processors' lines come first */
	struct busy ours, sibling;

	if (read_file(d, stat, sizeof(stat), "/proc/stat") < 0 ||
	    !read_cpu(stat, d->cpu, &ours))
		return;
	now->cpu_steal_ms = ours.steal;
	now->cpu_irq_ms = ours.irq;
	now->cpu_others_ms = ours.work;
	now->machine_busy_ms = read_other_cpus(stat, d->cpu);
	for (int i = 0; i < FM_DISTURBANCE_SIBLINGS && d->sibling[i] >= 0; i++)
		if (read_cpu(stat, d->sibling[i], &sibling))
			now->sibling_busy_ms =
				sibling.work + (i ? now->sibling_busy_ms : 0);
}

/* Which number of a line is the processor's, by the file's first line; or -1.
 */
static int interrupt_column(const char *text, int cpu)
{
	const char *end = strchr(text, '\n');
	int column = 0;

	for (const char *at = strstr(text, "CPU"); at && end && at < end;
	     at = strstr(at + 1, "CPU"), column++)
		if (atoi(at + 3) == cpu)
			return column;
	return -1;
}

/*
 * The lines with a number are the devices'; the others (IPIs, shootdowns of
 * TLBs, the tick) are for the most part the block's own work. A file that does
 * not fit is of a machine where reading it would be a disturbance itself.
 */
static void read_interrupts(const struct fm_disturbance *d,
			    struct fm_block_row *now)
{
	static char text[32768];
	ssize_t n = read_file(d, text, sizeof(text), "/proc/interrupts");
	int column;

	if (n <= 0 || n == sizeof(text) - 1)
		return;
	column = interrupt_column(text, d->cpu);
	if (column < 0)
		return;
	now->interrupts = 0;
	for (char *line = strchr(text, '\n'); line; line = strchr(line, '\n')) {
		uint64_t count = 0;
		char *at;

		line += 1 + strspn(line + 1, " ");
		if (!isdigit((unsigned char)*line))
			continue;
		strtoul(line, &at, 10);
		at += *at == ':';
		for (int i = 0; i <= column; i++)
			count = strtoull(at, &at, 10);
		now->interrupts += count;
	}
}

/* FM_ABSENT where there is no such file, or no number in it. */
static uint64_t read_number(const struct fm_disturbance *d, const char *what)
{
	char text[64], *end;
	uint64_t n;

	if (read_file(d, text, sizeof(text), "/sys/devices/system/cpu/cpu%d/%s",
		      d->cpu, what) <= 0)
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

		if (read_file(d, text, sizeof(text), "/proc/%d/schedstat",
			      d->thread[i].pid) <= 0)
			continue;
		*sum = strtoull(text, NULL, 10) +
		       (*sum == FM_ABSENT ? 0 : *sum);
	}
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
	read_stat(d, now);
	read_interrupts(d, now);
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

	if (work_ms == FM_ABSENT || work_ms + 2 * MS_PER_TICK < own_ms)
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

	if (read_file(d, text, sizeof(text),
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
		if (t->pid <= 0 || read_file(d, name, sizeof(name),
					     "/proc/%d/comm", t->pid) <= 0)
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
