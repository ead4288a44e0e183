/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a block counts, in the worker and in those that it makes. */
#include <errno.h>
#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "counting.h"
#include "record.h"

const char *const fm_count_scopes[] = { "", "self", "child", "cpu", NULL };

int fm_counting_values(const struct fm_counting *c)
{
	return c->scope == FM_COUNT_CHILD ? 2 * c->n : c->n;
}

void fm_counting_write(const struct fm_counter *e, char *text, int size)
{
	snprintf(text, (size_t)size,
		 "%" PRIu32 ":%" PRIx64 ":%" PRIx64 ":%" PRIx64 ":%u", e->type,
		 e->config, e->config1, e->config2, e->exclude);
}

int fm_counting_parse(struct fm_counting *c, const char *text)
{
	struct fm_counter e;
	int end = 0;

	if (c->n == FM_COUNTERS_AT_ONCE ||
	    sscanf(text, "%" SCNu32 ":%" SCNx64 ":%" SCNx64 ":%" SCNx64 ":%u%n",
		   &e.type, &e.config, &e.config1, &e.config2, &e.exclude,
		   &end) != 5 ||
	    text[end])
		return -EINVAL;
	c->event[c->n++] = e;
	return 0;
}

static struct fm_counting wanted;
/* Of the whole sample: inherited by children, or of the processor. */
static struct fm_counters all;

/* A descriptor counts the task that opened it, in whoever has a copy. */
static __thread struct fm_counters own;
static __thread pid_t owner;

void fm_counting_begin(const struct fm_counting *counting)
{
	wanted = *counting;
}

int fm_counting_is_wanted(void)
{
	return wanted.scope != FM_COUNT_NOTHING;
}

static pid_t me(void)
{
	return (pid_t)syscall(SYS_gettid);
}

/* What a fork handed down is the parent's, and in our way. */
static int open_own(void)
{
	const struct fm_counters_where here = { .pid = 0, .cpu = -1 };

	fm_counters_close(&own);
	owner = me();
	return fm_counters_open(&own, wanted.event, wanted.n, &here, NULL);
}

int fm_counting_wants_own(void)
{
	return wanted.scope == FM_COUNT_SELF;
}

void fm_counting_open_own(void)
{
	if (fm_counting_wants_own() && owner != me())
		(void)open_own();
}

void fm_counting_close_own(void)
{
	if (owner == me())
		fm_counters_close(&own);
	owner = 0;
}

int fm_counting_has_own(void)
{
	return fm_counting_wants_own() && own.n > 0 && owner == me();
}

/* That it failed is told by counts->lost. */
void fm_counting_read_own(struct fm_counts *counts)
{
	(void)fm_counters_read(&own, counts);
}

int fm_counting_open(void)
{
	struct fm_counters_where where = { .pid = 0, .cpu = -1 };
	int err = 0;

	if (wanted.scope == FM_COUNT_SELF || wanted.scope == FM_COUNT_CHILD)
		err = open_own();
	if (err || wanted.scope < FM_COUNT_CHILD)
		return err;
	if (wanted.scope == FM_COUNT_CPU) {
		where.pid = -1;
		where.cpu = sched_getcpu();
	}
	where.inherit = wanted.scope == FM_COUNT_CHILD;
	return fm_counters_open(&all, wanted.event, wanted.n, &where, NULL);
}

static void read_all(struct fm_counts *counts)
{
	(void)fm_counters_read(&all, counts);
}

void fm_counting_stamp(struct fm_counts *counts)
{
	if (wanted.scope == FM_COUNT_CPU)
		read_all(counts);
}

static struct fm_counting_sample *current; /* until its child is reaped */

/*
 * own before all, both times: half a reading of either is then in both
 * differences, and in neither's.
 */
void fm_counting_before_sample(struct fm_counting_sample *s)
{
	current = s;
	if (own.n)
		fm_counting_read_own(&s->own_before);
	if (all.n)
		read_all(&s->all_before);
}

void fm_counting_after_call(struct fm_counting_sample *s)
{
	if (wanted.scope == FM_COUNT_CPU)
		read_all(&s->all_after);
	if (wanted.scope == FM_COUNT_SELF)
		fm_counting_read_own(&s->own_after);
}

void fm_counting_reaped(void)
{
	if (wanted.scope != FM_COUNT_CHILD || !current)
		return;
	fm_counting_read_own(&current->own_after);
	read_all(&current->all_after);
	current = NULL;
}

static int judge(const struct fm_counts *c)
{
	return c->lost || !c->enabled ? -ENODATA :
	       fm_counts_whole(c)     ? 0 :
					-EAGAIN;
}

/* The child's part is what it adds to ours. */
static int take_child(const struct fm_counting_sample *s, uint64_t *values)
{
	struct fm_counts self = { .lost = current != NULL };
	struct fm_counts whole = { .lost = current != NULL };
	int err;

	fm_counts_add(&self, &s->own_before, &s->own_after);
	fm_counts_add(&whole, &s->all_before, &s->all_after);
	err = judge(&self);
	if (!err)
		err = judge(&whole);
	for (int i = 0; i < wanted.n && !err; i++) {
		values[i] = whole.value[i] - self.value[i];
		values[wanted.n + i] = whole.value[i];
	}
	return err;
}

int fm_counting_take(const struct fm_counting_sample *s,
		     const struct fm_counts *window,
		     const struct fm_counts *stamp, uint64_t *values)
{
	struct fm_counts sum = { .enabled = 0 };
	int err;

	for (int i = 0; i < fm_counting_values(&wanted); i++)
		values[i] = FM_ABSENT;
	if (wanted.scope == FM_COUNT_CHILD)
		return take_child(s, values);
	if (wanted.scope == FM_COUNT_SELF && (window->enabled || window->lost))
		sum = *window;
	else if (wanted.scope == FM_COUNT_SELF)
		fm_counts_add(&sum, &s->own_before, &s->own_after);
	else if (stamp && stamp->enabled)
		fm_counts_add(&sum, stamp, &s->all_after);
	err = judge(&sum);
	for (int i = 0; i < wanted.n && !err; i++)
		values[i] = sum.value[i];
	return err;
}
