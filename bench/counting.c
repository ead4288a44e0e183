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

static int open_own(void)
{
	const struct fm_counters_where here = { .pid = 0, .cpu = -1 };
	int err = fm_counters_open(&own, wanted.event, wanted.n, &here, NULL);

	owner = me();
	return err;
}

void fm_counting_open_own(void)
{
	if (wanted.scope == FM_COUNT_SELF && owner != me())
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
	return own.n > 0;
}

void fm_counting_read_own(struct fm_counts *counts)
{
	if (fm_counters_read(&own, counts))
		*counts = (struct fm_counts){ .enabled = 0 };
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
	if (fm_counters_read(&all, counts))
		*counts = (struct fm_counts){ .enabled = 0 };
}

void fm_counting_stamp(struct fm_counts *counts)
{
	if (wanted.scope == FM_COUNT_CPU)
		read_all(counts);
}

/* What is read last is closest to what it counts. */
void fm_counting_before_sample(struct fm_counting_sample *s)
{
	if (all.n)
		read_all(&s->all_before);
	if (own.n)
		fm_counting_read_own(&s->own_before);
}

void fm_counting_after_call(struct fm_counting_sample *s)
{
	if (wanted.scope == FM_COUNT_CPU)
		read_all(&s->all_after);
	if (wanted.scope == FM_COUNT_SELF && own.n)
		fm_counting_read_own(&s->own_after);
}

void fm_counting_after_sample(struct fm_counting_sample *s)
{
	if (wanted.scope != FM_COUNT_CHILD)
		return;
	fm_counting_read_own(&s->own_after);
	read_all(&s->all_after);
}

static int judge(const struct fm_counts *c)
{
	return !c->enabled ? -ENODATA : fm_counts_whole(c) ? 0 : -EAGAIN;
}

int fm_counting_take(const struct fm_counting_sample *s,
		     const struct fm_counts *window,
		     const struct fm_counts *stamp, uint64_t *values)
{
	struct fm_counts self = { .enabled = 0 }, whole = { .enabled = 0 };
	int err = 0;

	for (int i = 0; i < fm_counting_values(&wanted); i++)
		values[i] = FM_ABSENT;
	if (wanted.scope == FM_COUNT_SELF && window->enabled)
		self = *window;
	else if (wanted.scope != FM_COUNT_CPU)
		fm_counts_add(&self, &s->own_before, &s->own_after);
	if (wanted.scope >= FM_COUNT_CHILD)
		fm_counts_add(&whole,
			      wanted.scope == FM_COUNT_CPU ? stamp :
							     &s->all_before,
			      &s->all_after);
	if (wanted.scope != FM_COUNT_CPU)
		err = judge(&self);
	if (!err && wanted.scope >= FM_COUNT_CHILD)
		err = judge(&whole);
	for (int i = 0; i < wanted.n && !err; i++) {
		if (wanted.scope == FM_COUNT_CHILD) {
			values[i] = whole.value[i] - self.value[i];
			values[wanted.n + i] = whole.value[i];
		} else {
			values[i] = wanted.scope == FM_COUNT_CPU ?
					    whole.value[i] :
					    self.value[i];
		}
	}
	return err;
}
