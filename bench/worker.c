/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * forkmeter-worker - one block of one point, in a process made for it. What
 * this program is linked with and maps is part of what fork copies, so it has
 * the C library alone, allocates nothing, and keeps its samples in memory that
 * children do not inherit.
 */
#include "config.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "bench.h"
#include "clock.h"
#include "crowd.h"
#include "file.h"
#include "inject.h"
#include "pages.h"
#include "reply.h"
#include "trace.h"
#include "worker.h"

static char *target_argv[] = { "forkmeter-target", NULL };
static char *target_envp[] = { NULL };

/* So that no worker outlives a driver that was killed. */
static int die_with_driver(uint64_t driver)
{
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0)
		return -errno;
	return (uint64_t)getppid() == driver ? 0 : -ESRCH;
}

/* A fork that copies does so by base pages, and splits the parent's, too. */
static int splits(const struct fm_block *b)
{
	const struct fm_area area = fm_area_of(b->backing, b->point);

	return b->strategy && (b->strategy->caps & FM_COPIES) &&
	       area.model.unit > 1 && !area.model.hugetlb;
}

/*
 * The backing's memory is made, filled and proved in any case; workloads that
 * bring their own have then at least a warm pool of pages behind them.
 */
static int prepare(struct fm_block *b, struct fm_why *why)
{
	const struct fm_workload *workload =
		fm_workload_find(b->point->workload);
	int err = workload->setup ? workload->setup(b, why) : 0;

	if (!err && b->strategy && b->strategy->prepare)
		err = b->strategy->prepare(&b->job, why);
	if (err)
		return err;
	if (workload->needs & FM_USES_MEMORY)
		b->remake |= splits(b);
	err = fm_worker_make_memory(b, why);
	if (!(workload->needs & FM_USES_MEMORY))
		fm_region_drop(&b->mem);
	return err;
}

/*
 * The memory that all samples shared once more, after the last of them; what it
 * fails it spoils all. Memory that was made anew was proved for each.
 */
static void prove_after(struct fm_block *b, struct fm_sample *samples,
			uint64_t n)
{
	struct fm_why why = { "" };
	int err =
		b->remake || !b->mem.base ? 0 : fm_region_prove(&b->mem, &why);

	for (uint64_t i = 0; err && i < n; i++)
		fm_sample_mark(&samples[i], "failed:memory changed: %.150s",
			       why.text);
}

static int take_nth(struct fm_block *b, const struct fm_workload *workload,
		    const struct fm_worker_room *room, uint64_t n,
		    struct fm_why *why)
{
	b->timed = room->intervals ? &room->timed[room->intervals * n] : NULL;
	return fm_worker_take(b, workload, &room->samples[n],
			      room->counts + n * room->values, why);
}

/* Most of a block is to be spent measuring, not filling memory. */
static uint64_t long_enough(const struct fm_worker_request *request,
			    const struct fm_block_row *row)
{
	uint64_t filling = row->populate_ns + row->populate_ns / 2;

	return filling > request->time_ns ? filling : request->time_ns;
}

static int measure(struct fm_block *b, const struct fm_worker_request *request,
		   const struct fm_worker_room *room, struct fm_reply *reply,
		   struct fm_why *why)
{
	const struct fm_workload *workload =
		fm_inject_workload(fm_workload_find(b->point->workload),
				   request->slow_workload_ns);
	uint64_t from = fm_clock_ns(), now, time_ns;
	int err;

	if (b->job.shared)
		b->job.shared->look = 1;
	err = take_nth(b, workload, room, request->samples_max, why);
	if (b->job.shared)
		b->job.shared->look = 0;
	memset(b->singles, 0, sizeof(*b->singles));

	reply->block.first_ns = fm_clock_ns() - from;
	time_ns = long_enough(request, &reply->block);
	from = now = fm_clock_ns();
	while (!err && reply->samples < request->samples_max &&
	       (reply->samples < request->samples_min ||
		now - from < time_ns)) {
		err = take_nth(b, workload, room, reply->samples, why);
		reply->samples += !err;
		now = fm_clock_ns();
	}
	reply->block.measure_ns = now - from;
	if (!err)
		prove_after(b, room->samples, reply->samples);
	return err;
}

static void describe(struct fm_block_row *row,
		     const struct fm_worker_room *room)
{
	struct fm_pages_process process;

	if (!fm_pages_process(&process)) {
		row->vmas = process.vmas;
		row->rss_kib = process.rss_kib - room->bytes / 1024;
		row->pte_kib = process.pte_kib;
	}
	row->cpu = (uint64_t)sched_getcpu();
}

static void choose_child(struct fm_block *b,
			 const struct fm_worker_request *request, char *path,
			 size_t size)
{
	const struct fm_child *child = fm_child_find(request->point.child);
	int percent = fm_child_percent(request->point.child);

	if (!child)
		return;
	b->job.child = child->run;
	if (child->program) {
		snprintf(path, size, "%s/%s", request->libexec, child->program);
		b->job.path = path;
	}
	if (percent > 0)
		b->job.touch_bytes =
			request->point.rss_bytes / 100 * (uint64_t)percent;
}

static int start_counting(const struct fm_worker_request *request,
			  struct fm_why *why)
{
	int err;

	fm_counting_begin(&request->counting);
	err = fm_counting_open();
	return err ? fm_fail(why, -err, "the events cannot be opened: %s",
			     strerror(-err)) :
		     0;
}

static __attribute__((noinline)) int
run_block(const struct fm_worker_request *request,
	  const struct fm_worker_room *room, struct fm_reply *reply,
	  struct fm_why *why)
{
	static char path[4096];
	uint64_t from = fm_clock_ns();
	struct fm_block b = {
		.point = &request->point,
		.strategy = fm_inject_strategy(
			fm_strategy_find(request->point.strategy),
			request->slow_strategy_ns),
		.backing = fm_backing_find(request->point.backing),
		.stamp_pipe = -1,
		.row = &reply->block,
		.singles = &reply->singles,
		.job = { .argv = target_argv,
			 .envp = target_envp,
			 .mem = &b.mem },
	};
	int err;

	if (!fm_workload_find(request->point.workload) || !b.backing ||
	    (*request->point.strategy && !b.strategy))
		return fm_fail(why, EINVAL, "worker and driver differ");
	fm_crowd_allow(request->cpus);
	fm_region_expect_node((int)request->node, (int)request->node_asked);
	/* Before a strategy makes a server, whose children count, too. */
	err = start_counting(request, why);
	if (err)
		return err;
	choose_child(&b, request, path, sizeof(path));
	err = prepare(&b, why);
	if (err)
		return err;
	describe(&reply->block, room);
	reply->block.setup_ns = fm_clock_ns() - from;
	return measure(&b, request, room, reply, why);
}

/*
 * The same with all its locals, and those of what it calls, in one page of the
 * stack: every further page that the parent writes between fork and the second
 * stamp would be one more copy-on-write fault, or not, as the stack's random
 * address will have it.
 */
static __attribute__((noinline)) int
run_block_in_one_page(const struct fm_worker_request *request,
		      const struct fm_worker_room *room, struct fm_reply *reply,
		      struct fm_why *why)
{
	uintptr_t frame = (uintptr_t)__builtin_frame_address(0);
	volatile char *pad = __builtin_alloca(frame % fm_pages_base() + 16);

	*pad = 0;
	return run_block(request, room, reply, why);
}

int main(int argc, char **argv)
{
	static struct fm_reply reply = { .size = FM_REPLY_SIZE };
	struct fm_worker_request request = { .samples_min = 1 };
	struct fm_worker_room room = { .samples = NULL };
	struct fm_why why = { "" };
	int err;

	if (argc == 3 && !strcmp(argv[1], "offers"))
		return fm_worker_offers(argv[2]);
	if (argc == 3 && !strcmp(argv[1], "trace"))
		return die_with_driver(strtoull(argv[2], NULL, 10)) ?
			       EXIT_FAILURE :
			       fm_trace_serve();
	err = fm_worker_parse(argc, argv, &request);
	if (err) {
		fprintf(stderr, "forkmeter-worker: for forkmeter's own use; "
				"see forkmeter --help\n");
		return 2;
	}
	fm_row_clear(&fm_block_table, &reply.block);
	err = die_with_driver(request.driver);
	if (!err)
		err = fm_worker_make_room(&room, &request, &why);
	reply.values = room.values;
	reply.pid = (uint64_t)getpid();
	if (!err)
		err = run_block_in_one_page(&request, &room, &reply, &why);
	if (err) {
		snprintf(reply.block.status, sizeof(reply.block.status),
			 fm_err_is_skip(err) ? "skip" : "broken");
		snprintf(reply.block.reason, sizeof(reply.block.reason), "%s",
			 *why.text ? why.text : strerror(-err));
		reply.samples = 0;
	} else {
		strcpy(reply.block.status, "ok");
	}
	reply.block.samples = reply.samples;
	reply.block.node = fm_region_proved_node();
	if (fm_file_write_all(1, &reply, sizeof(reply)) ||
	    (reply.samples && fm_worker_write_room(&room, reply.samples)))
		return EXIT_FAILURE;
	return EXIT_SUCCESS;
}
