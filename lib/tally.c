/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a block's samples were spent on. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "kernel_class.h"
#include "tally.h"

enum { PIDS = 1 << 22 }; /* as many as Linux may have: PID_MAX_LIMIT */

int fm_tally_open(struct fm_tally *t, const struct fm_kallsyms *kernel)
{
	size_t n = kernel->n, classes = fm_kernel_class_count();

	memset(t, 0, sizeof(*t));
	t->kernel = kernel;
	t->function = calloc(n + 1, sizeof(*t->function));
	t->function_seen = calloc(n + 1, sizeof(*t->function_seen));
	t->class_of = calloc(n + 1, sizeof(*t->class_of));
	t->class = calloc(classes, sizeof(*t->class));
	t->class_seen = calloc(classes, sizeof(*t->class_seen));
	t->ours = calloc(PIDS / 8, 1);
	if (!t->function || !t->function_seen || !t->class_of || !t->class ||
	    !t->class_seen || !t->ours)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++)
		t->class_of[i] =
			kernel->symbol[i].is_text ?
				fm_kernel_class_find(kernel->symbol[i].name) :
				SIZE_MAX;
	return 0;
}

void fm_tally_free(struct fm_tally *t)
{
	free(t->function);
	free(t->function_seen);
	free(t->class_of);
	free(t->class);
	free(t->class_seen);
	free(t->ours);
	memset(t, 0, sizeof(*t));
}

static int is_ours(const struct fm_tally *t, uint32_t pid)
{
	return pid < PIDS && (t->ours[pid / 8] >> pid % 8 & 1);
}

/* Whoever is made by one of us is one of us; else the number is another's. */
static void take_fork(struct fm_tally *t, const struct fm_perf_record *r)
{
	unsigned char bit = (unsigned char)(1u << r->pid % 8);

	if (r->pid >= PIDS || r->pid == t->worker_pid)
		return;
	if (is_ours(t, r->parent))
		t->ours[r->pid / 8] |= bit;
	else
		t->ours[r->pid / 8] &= (unsigned char)~bit;
}

static int is_inside(const struct fm_tally *t, uint64_t time_ns)
{
	size_t lo = 0, hi = t->intervals;

	while (lo < hi) {
		size_t middle = lo + (hi - lo) / 2;

		if (t->interval[middle].from_ns <= time_ns)
			lo = middle + 1;
		else
			hi = middle;
	}
	return lo && time_ns < t->interval[lo - 1].to_ns;
}

static void take_other(struct fm_tally *t, uint32_t pid)
{
	size_t i = 0;

	t->others++;
	while (i < t->other_pids && t->other[i].pid != pid)
		i++;
	if (i == FM_TALLY_OTHERS)
		return;
	if (i == t->other_pids)
		t->other[t->other_pids++] = (struct fm_tally_other){ pid, 0 };
	t->other[i].samples++;
}

static void include_class(struct fm_tally *t, size_t class)
{
	if (t->class_seen[class] == t->inside)
		return;
	t->class_seen[class] = t->inside;
	t->class[class].inclusive++;
}

/* One frame, the sampled one first. Returns its class, or SIZE_MAX. */
static size_t take_frame(struct fm_tally *t, uint64_t address, int is_first)
{
	const struct fm_kallsym *s = fm_kallsyms_find(t->kernel, address);
	size_t i, class;

	if (!s) {
		t->unknown += (uint64_t)is_first;
		return SIZE_MAX;
	}
	i = (size_t)(s - t->kernel->symbol);
	t->function[i].self += (uint64_t)is_first;
	if (t->function_seen[i] != t->inside) {
		t->function_seen[i] = t->inside;
		t->function[i].inclusive++;
	}
	class = t->class_of[i];
	if (class == SIZE_MAX ||
	    (fm_kernel_classes[class].is_leaf && !is_first))
		return SIZE_MAX;
	include_class(t, class);
	return class;
}

/* A caller's address is where it goes on: behind the call, if barely. */
static void take_kernel(struct fm_tally *t, const struct fm_perf_record *r)
{
	size_t class = take_frame(t, r->ip, 1), frames = 0;

	for (size_t i = 0; i < r->frames; i++) {
		size_t of_frame;

		if (fm_perf_is_context(r->chain[i]) || !frames++)
			continue; /* the first is ip again */
		of_frame = take_frame(t, r->chain[i] - 1, 0);
		if (class == SIZE_MAX)
			class = of_frame;
	}
	if (class == SIZE_MAX) {
		class = fm_kernel_class_fixed(FM_CLASS_OTHER);
		include_class(t, class);
	}
	t->class[class].self++;
}

static int take(const struct fm_perf_record *r, void *ctx)
{
	struct fm_tally *t = ctx;
	size_t user = fm_kernel_class_fixed(FM_CLASS_USER);

	if (r->kind == FM_PERF_FORKED)
		take_fork(t, r);
	t->lost += r->kind == FM_PERF_LOST ? r->lost : 0;
	t->throttled += r->kind == FM_PERF_THROTTLED;
	if (r->kind != FM_PERF_SAMPLED)
		return 0;
	if (!is_inside(t, r->time_ns)) {
		t->outside++;
		return 0;
	}
	t->inside++; /* from 1 on: what the last one counted is told by it */
	if (r->pid && !is_ours(t, r->pid)) {
		take_other(t, r->pid);
		return 0;
	}
	t->idle += !r->pid;
	t->worker += r->pid == t->worker_pid;
	t->children += r->pid && r->pid != t->worker_pid;
	if (!r->is_user) {
		take_kernel(t, r);
		return 0;
	}
	t->user++;
	t->class[user].self++;
	include_class(t, user);
	return 0;
}

int fm_tally_block(struct fm_tally *t, const unsigned char *records, size_t n,
		   uint64_t worker_pid,
		   const struct fm_tally_interval *interval, size_t intervals)
{
	size_t symbols = t->kernel->n, classes = fm_kernel_class_count();

	memset(t->function, 0, symbols * sizeof(*t->function));
	memset(t->function_seen, 0, symbols * sizeof(*t->function_seen));
	memset(t->class, 0, classes * sizeof(*t->class));
	memset(t->class_seen, 0, classes * sizeof(*t->class_seen));
	memset(t->ours, 0, PIDS / 8);
	t->inside = t->outside = t->lost = t->throttled = 0;
	t->worker = t->children = t->idle = t->others = 0;
	t->user = t->unknown = 0;
	t->other_pids = 0;
	t->worker_pid = worker_pid;
	t->interval = interval;
	t->intervals = intervals;
	if (worker_pid < PIDS)
		t->ours[worker_pid / 8] |=
			(unsigned char)(1u << worker_pid % 8);
	return fm_perf_records(records, n, take, t);
}

static void name_of(uint32_t pid, char *name, size_t size)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/%u/comm", pid);
	if (fm_file_read(path, name, size) <= 0)
		snprintf(name, size, "ended meanwhile");
}

const char *fm_tally_others(const struct fm_tally *t, char *buf, size_t size)
{
	struct {
		char name[32];
		uint64_t samples;
	} by_name[FM_TALLY_OTHERS];
	size_t names = 0, used = 0;

	*buf = '\0';
	for (size_t i = 0; i < t->other_pids; i++) {
		char name[32];
		size_t k = 0;

		name_of(t->other[i].pid, name, sizeof(name));
		while (k < names && strcmp(by_name[k].name, name))
			k++;
		if (k == names) {
			strcpy(by_name[names].name, name);
			by_name[names++].samples = 0;
		}
		by_name[k].samples += t->other[i].samples;
	}
	for (size_t done = 0; done < names && used + 60 < size; done++) {
		size_t most = 0;

		for (size_t k = 1; k < names; k++)
			if (by_name[k].samples > by_name[most].samples)
				most = k;
		used += (size_t)snprintf(
			buf + used, size - used, "%s%s:%llu", done ? ", " : "",
			by_name[most].name,
			(unsigned long long)by_name[most].samples);
		by_name[most].samples = 0;
	}
	return buf;
}
