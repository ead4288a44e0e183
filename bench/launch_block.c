/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One block in a worker: what it is asked, and its answer. */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "counted.h"
#include "inject.h"
#include "launch.h"

enum { ARGS_MAX = 64, ARG_SIZE = 128 };

/* At most two: of the point's strategy, and of its workload. */
static int slow_arguments(const struct fm_block_request *request,
			  char (*text)[ARG_SIZE], int n)
{
	const struct fm_plan_row *point = request->point;
	uint64_t strategy_ns = 0, workload_ns = 0;

	for (size_t i = 0; i < request->injects; i++) {
		const struct fm_inject *slow = &request->inject[i];

		if (!strcmp(slow->name, point->strategy))
			strategy_ns = slow->ns;
		if (!strcmp(slow->name, point->workload))
			workload_ns = slow->ns;
	}
	if (strategy_ns)
		snprintf(text[n++], ARG_SIZE, "slow_strategy_ns=%" PRIu64,
			 strategy_ns);
	if (workload_ns)
		snprintf(text[n++], ARG_SIZE, "slow_workload_ns=%" PRIu64,
			 workload_ns);
	return n;
}

static int counting_arguments(const struct fm_counting *c,
			      char (*text)[ARG_SIZE], int n)
{
	static const char key[] = "event=";
	const int bytes = sizeof(key) - 1;

	snprintf(text[n++], ARG_SIZE, "count=%s", fm_count_scopes[c->scope]);
	for (int i = 0; i < c->n; i++, n++) {
		strcpy(text[n], key);
		fm_counting_write(&c->event[i], text[n] + bytes,
				  ARG_SIZE - bytes);
	}
	return n;
}

static int block_arguments(const struct fm_block_request *request,
			   char (*text)[ARG_SIZE], char **argv)
{
	char value[FM_WHY_MAX];
	int n = 0;

	snprintf(text[n++], ARG_SIZE, "forkmeter-worker");
	snprintf(text[n++], ARG_SIZE, "driver=%d", (int)getpid());
	snprintf(text[n++], ARG_SIZE, "samples_min=%" PRIu64,
		 request->samples_min);
	snprintf(text[n++], ARG_SIZE, "samples_max=%" PRIu64,
		 request->samples_max);
	snprintf(text[n++], ARG_SIZE, "time_ns=%" PRIu64, request->time_ns);
	n = slow_arguments(request, text, n);
	if (request->place && fm_place_binds_memory(request->place)) {
		snprintf(text[n++], ARG_SIZE, "node=%d",
			 fm_place_memory_node(request->place));
		snprintf(text[n++], ARG_SIZE, "node_asked=%d",
			 fm_place_numa(request->place) != NULL);
	}
	if (request->timed)
		snprintf(text[n++], ARG_SIZE, "intervals=1");
	if (request->group)
		n = counting_arguments(&request->group->counting, text, n);
	for (size_t i = 0; i < fm_plan_table.columns && n < ARGS_MAX - 4; i++) {
		const struct fm_column *c = &fm_plan_table.column[i];

		fm_row_text(c, request->point, value);
		if (*value && c->kind != fm_text)
			snprintf(text[n++], ARG_SIZE, "%s=%s", c->name, value);
	}
	for (int i = 0; i < n; i++)
		argv[i] = text[i];
	return n;
}

/* A generous bound: a cold page may cost 12 us, and is touched often. */
static uint64_t timeout_ms(const struct fm_block_request *request)
{
	return 60000 + request->time_ns / 1000000 * 2 +
	       (request->point->rss_bytes >> 20) * 8 *
		       (request->samples_min + 12);
}

void fm_launch_no_block(struct fm_reply *reply, int err, const char *reason)
{
	memset(reply, 0, sizeof(*reply));
	fm_row_clear(&fm_block_table, &reply->block);
	reply->block.samples = 0;
	strcpy(reply->block.status, fm_err_is_skip(err) ? "skip" : "broken");
	snprintf(reply->block.reason, sizeof(reply->block.reason), "%s",
		 reason);
}

/* What belongs to one sample in a reply, one kind behind the other. */
struct parts {
	size_t sample, counts, timed; /* bytes */
};

static struct parts parts_of(const struct fm_block_request *request)
{
	struct parts p = { .sample = sizeof(struct fm_sample) };

	if (request->group)
		p.counts =
			(size_t)fm_counting_values(&request->group->counting) *
			sizeof(*request->counts);
	if (request->timed)
		p.timed = FM_TIMED_MAX * sizeof(*request->timed);
	return p;
}

/* Whether what came is a reply, whole, to that request. */
static int is_whole(const struct fm_block_request *request, const char *data,
		    int64_t got, struct fm_reply *reply)
{
	const struct parts p = parts_of(request);

	if (got < (int64_t)sizeof(*reply))
		return 0;
	memcpy(reply, data, sizeof(*reply));
	return reply->size == FM_REPLY_SIZE &&
	       reply->values * sizeof(*request->counts) == p.counts &&
	       reply->samples <= request->samples_max &&
	       (size_t)got ==
		       sizeof(*reply) +
			       reply->samples * (p.sample + p.counts + p.timed);
}

static void take_parts(const struct fm_block_request *request, const char *from,
		       size_t n, struct fm_sample *samples)
{
	const struct parts p = parts_of(request);

	memcpy(samples, from, n * p.sample);
	from += n * p.sample;
	if (p.counts)
		memcpy(request->counts, from, n * p.counts);
	from += n * p.counts;
	if (p.timed)
		memcpy(request->timed, from, n * p.timed);
}

int fm_launch_block(const struct fm_block_request *request,
		    struct fm_reply *reply, struct fm_sample *samples)
{
	const struct parts p = parts_of(request);
	size_t room = request->samples_max * (p.sample + p.counts + p.timed);
	char text[ARGS_MAX][ARG_SIZE], libexec[PATH_MAX + 16], *argv[ARGS_MAX];
	char cpus[4096] = "cpus=";
	char *data = malloc(sizeof(*reply) + room);
	struct fm_why why = { "" };
	int64_t got;
	int n;

	if (!data)
		return -ENOMEM;
	n = block_arguments(request, text, argv);
	snprintf(libexec, sizeof(libexec), "libexec=%s",
		 request->programs->libexec);
	argv[n++] = libexec;
	if (request->place) {
		fm_place_list(request->place, cpus + 5, sizeof(cpus) - 5);
		argv[n++] = cpus;
	}
	argv[n] = NULL;
	got = fm_launch(request->programs->worker, argv, request->place,
			timeout_ms(request), data, sizeof(*reply) + room, &why);
	if (!is_whole(request, data, got, reply)) {
		fm_launch_no_block(reply, EIO,
				   got < 0 ? why.text :
					     "the worker's answer makes no "
					     "sense; was it built with this "
					     "driver?");
	} else {
		take_parts(request, data + sizeof(*reply), reply->samples,
			   samples);
	}
	free(data);
	return got == -EINTR ? -EINTR : 0;
}
