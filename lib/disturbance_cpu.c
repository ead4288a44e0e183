/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a processor did, by /proc/stat and /proc/interrupts. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "disturbance_parts.h"

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
		ms[i] = strtoull(at, &at, 10) * FM_MS_PER_TICK;
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

	if (fm_disturbance_read(d, stat, sizeof(stat), "/proc/stat") < 0 ||
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
	ssize_t n =
		fm_disturbance_read(d, text, sizeof(text), "/proc/interrupts");
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

void fm_disturbance_read_cpu(const struct fm_disturbance *d,
			     struct fm_block_row *now)
{
	read_stat(d, now);
	read_interrupts(d, now);
}
