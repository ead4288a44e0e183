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
#include <sys/mman.h>
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

struct request {
	struct fm_plan_row point;
	const char *libexec; /* the folder of what children exec */
	const char *cpus;    /* that threads may run on */
	uint64_t driver;     /* pid */
	uint64_t samples_min;
	uint64_t samples_max;
	uint64_t time_ns; /* of sampling, the untimed parts included */
	uint64_t slow_strategy_ns, slow_workload_ns; /* on purpose */
};

static char *target_argv[] = { "forkmeter-target", NULL };
static char *target_envp[] = { NULL };

/* KEY=VALUE arguments; the keys are plan.tsv's columns and the request's. */
static int parse(int argc, char **argv, struct request *request)
{
	struct {
		const char *key;
		uint64_t *value;
	} numbers[] = {
		{ "driver", &request->driver },
		{ "samples_min", &request->samples_min },
		{ "samples_max", &request->samples_max },
		{ "time_ns", &request->time_ns },
		{ "slow_strategy_ns", &request->slow_strategy_ns },
		{ "slow_workload_ns", &request->slow_workload_ns },
	};

	fm_row_clear(&fm_plan_table, &request->point);
	for (int i = 1; i < argc; i++) {
		char *value = strchr(argv[i], '=');
		const struct fm_column *column;

		if (!value)
			return -EINVAL;
		*value++ = '\0';
		if (!strcmp(argv[i], "libexec"))
			request->libexec = value;
		if (!strcmp(argv[i], "cpus"))
			request->cpus = value;
		for (size_t k = 0; k < sizeof(numbers) / sizeof(*numbers); k++)
			if (!strcmp(argv[i], numbers[k].key))
				*numbers[k].value = strtoull(value, NULL, 10);
		column = fm_table_column(&fm_plan_table, argv[i]);
		if (column && fm_row_set(column, &request->point, value))
			return -EINVAL;
	}
	return request->samples_max ? 0 : -EINVAL;
}

/* So that no worker outlives a driver that was killed. */
static int die_with_driver(uint64_t driver)
{
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0)
		return -errno;
	return (uint64_t)getppid() == driver ? 0 : -ESRCH;
}

/* Memory as the backing has it, and told to the strategy. */
static int make_memory(struct fm_block *b, struct fm_why *why)
{
	int err = fm_region_make(&b->mem, b->backing, b->point,
				 b->point->rss_bytes, why);
	uint64_t from = fm_clock_ns();

	if (err)
		return err;
	fm_region_populate(&b->mem);
	if (b->row->populate_ns == FM_ABSENT) /* not of memory made anew */
		b->row->populate_ns = fm_clock_ns() - from;
	/* Faults alone would not tell: a split huge page takes as many. */
	err = fm_region_prove(&b->mem, why);
	if (!err && b->strategy && b->strategy->prepare)
		err = b->strategy->prepare(&b->job, why);
	return err;
}

static int remake(struct fm_block *b, struct fm_why *why)
{
	fm_region_drop(&b->mem);
	return make_memory(b, why);
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
	err = make_memory(b, why);
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

static int take(struct fm_block *b, const struct fm_workload *workload,
		struct fm_sample *sample, struct fm_why *why)
{
	struct fm_call *call = &b->call;
	int err = b->remake ? remake(b, why) : 0;

	if (err)
		return err;
	call->cpu_before = sched_getcpu();
	getrusage(RUSAGE_THREAD, &call->before);
	call->from_ns = fm_clock_ns();
	call->result = workload->run(b);
	call->to_ns = fm_clock_ns();
	getrusage(RUSAGE_THREAD, &call->after);
	call->cpu_after = sched_getcpu();
	if (call->result < 0)
		return fm_fail(why, (int)-call->result, "%s: %s",
			       b->point->workload,
			       strerror((int)-call->result));
	return workload->check(b, sample, why);
}

/* Most of a block is to be spent measuring, not filling memory. */
static uint64_t long_enough(const struct request *request,
			    const struct fm_block_row *row)
{
	uint64_t filling = row->populate_ns + row->populate_ns / 2;

	return filling > request->time_ns ? filling : request->time_ns;
}

static int measure(struct fm_block *b, const struct request *request,
		   struct fm_sample *samples, struct fm_reply *reply,
		   struct fm_why *why)
{
	const struct fm_workload *workload =
		fm_inject_workload(fm_workload_find(b->point->workload),
				   request->slow_workload_ns);
	struct fm_sample *thrown = &samples[request->samples_max];
	uint64_t from = fm_clock_ns(), now, time_ns;
	int err;

	if (b->job.shared)
		b->job.shared->look = 1;
	err = take(b, workload, thrown, why);
	if (b->job.shared)
		b->job.shared->look = 0;
	memset(b->singles, 0, sizeof(*b->singles));

	reply->block.first_ns = fm_clock_ns() - from;
	time_ns = long_enough(request, &reply->block);
	from = now = fm_clock_ns();
	while (!err && reply->samples < request->samples_max &&
	       (reply->samples < request->samples_min ||
		now - from < time_ns)) {
		err = take(b, workload, &samples[reply->samples], why);
		reply->samples += !err;
		now = fm_clock_ns();
	}
	reply->block.measure_ns = now - from;
	if (!err)
		prove_after(b, samples, reply->samples);
	return err;
}

static size_t room_bytes(uint64_t samples)
{
	size_t page = fm_pages_base();

	return ((samples + 1) * sizeof(struct fm_sample) + page - 1) / page *
	       page;
}

static void describe(struct fm_block_row *row, uint64_t samples)
{
	struct fm_pages_process process;

	if (!fm_pages_process(&process)) {
		row->vmas = process.vmas;
		row->rss_kib = process.rss_kib - room_bytes(samples) / 1024;
		row->pte_kib = process.pte_kib;
	}
	row->cpu = (uint64_t)sched_getcpu();
}

static void choose_child(struct fm_block *b, const struct request *request,
			 char *path, size_t size)
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

static __attribute__((noinline)) int run_block(const struct request *request,
					       struct fm_sample *samples,
					       struct fm_reply *reply,
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
	choose_child(&b, request, path, sizeof(path));
	err = prepare(&b, why);
	if (err)
		return err;
	describe(&reply->block, request->samples_max);
	reply->block.setup_ns = fm_clock_ns() - from;
	return measure(&b, request, samples, reply, why);
}

/*
 * The same with all its locals, and those of what it calls, in one page of the
 * stack: every further page that the parent writes between fork and the second
 * stamp would be one more copy-on-write fault, or not, as the stack's random
 * address will have it.
 */
static __attribute__((noinline)) int
run_block_in_one_page(const struct request *request, struct fm_sample *samples,
		      struct fm_reply *reply, struct fm_why *why)
{
	uintptr_t frame = (uintptr_t)__builtin_frame_address(0);
	volatile char *pad = __builtin_alloca(frame % fm_pages_base() + 16);

	*pad = 0;
	return run_block(request, samples, reply, why);
}

/* Room for the samples and the throw-away one; children do not inherit it. */
static struct fm_sample *make_room(uint64_t samples)
{
	size_t bytes = room_bytes(samples);
	struct fm_sample *room =
		mmap(NULL, bytes, PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);

	if (room == MAP_FAILED || madvise(room, bytes, MADV_DONTFORK) < 0)
		return NULL;
	for (uint64_t i = 0; i <= samples; i++)
		fm_row_clear(&fm_sample_table, &room[i]);
	return room;
}

int main(int argc, char **argv)
{
	static struct fm_reply reply = { .size = FM_REPLY_SIZE };
	struct request request = { .samples_min = 1 };
	struct fm_sample *samples = NULL;
	struct fm_why why = { "" };
	int err;

	if (argc == 3 && !strcmp(argv[1], "offers"))
		return fm_worker_offers(argv[2]);
	if (argc == 3 && !strcmp(argv[1], "trace"))
		return die_with_driver(strtoull(argv[2], NULL, 10)) ?
			       EXIT_FAILURE :
			       fm_trace_serve();
	err = parse(argc, argv, &request);
	if (err) {
		fprintf(stderr, "forkmeter-worker: for forkmeter's own use; "
				"see forkmeter --help\n");
		return 2;
	}
	fm_row_clear(&fm_block_table, &reply.block);
	err = die_with_driver(request.driver);
	if (!err) {
		samples = make_room(request.samples_max);
		err = samples ? 0 :
				fm_fail(&why, ENOMEM, "no memory for samples");
	}
	if (!err)
		err = run_block_in_one_page(&request, samples, &reply, &why);
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
	if (fm_file_write_all(1, &reply, sizeof(reply)) ||
	    fm_file_write_all(1, samples, reply.samples * sizeof(*samples)))
		return EXIT_FAILURE;
	return EXIT_SUCCESS;
}
