/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of forkmeter-worker. */
#ifndef FM_WORKER_H
#define FM_WORKER_H

#include "bench.h"
#include "counting.h"
#include "record.h"
#include "reply.h"

struct fm_worker_request {
	struct fm_plan_row point;
	struct fm_counting counting;
	const char *libexec; /* the folder of what children exec */
	const char *cpus;    /* that threads may run on */
	uint64_t driver;     /* pid */
	uint64_t samples_min;
	uint64_t samples_max;
	uint64_t time_ns; /* of sampling, the untimed parts included */
	uint64_t slow_strategy_ns, slow_workload_ns; /* on purpose */
	uint64_t intervals;	   /* 1: tell each sample's, too */
	uint64_t node, node_asked; /* of its memory; FM_ABSENT: any */
};

/*
 * KEY=VALUE arguments: the columns of plan.tsv, the numbers of the request, and
 * count=SCOPE with an event=... for each (fm_counting_write). Cuts argv's
 * strings. Returns 0 or -EINVAL.
 */
int fm_worker_parse(int argc, char **argv, struct fm_worker_request *request);

/*
 * Room for the samples and the throw-away one, for what each counted, and for
 * when it was timed; children do not inherit it.
 */
struct fm_worker_room {
	struct fm_sample *samples;
	uint64_t *counts;
	uint64_t values; /* a sample */
	struct fm_timed *timed;
	uint64_t intervals; /* a sample */
	size_t bytes;
};

/* Returns 0, or -ENOMEM with the reason in why. */
int fm_worker_make_room(struct fm_worker_room *room,
			const struct fm_worker_request *request,
			struct fm_why *why);

/*
 * All of it that belongs to n samples to standard output, as a reply has it.
 * Returns 0 or -errno.
 */
int fm_worker_write_room(const struct fm_worker_room *room, uint64_t n);

/*
 * One sample into sample and counts (fm_counting_values of them), memory made
 * anew before where samples spoil it. Returns 0 or -errno.
 */
int fm_worker_take(struct fm_block *b, const struct fm_workload *workload,
		   struct fm_sample *sample, uint64_t *counts,
		   struct fm_why *why);

/* Memory as the backing has it, and told to the strategy. */
int fm_worker_make_memory(struct fm_block *b, struct fm_why *why);

/*
 * Prints a line a strategy, backing and child, the policy of this kernel, how
 * we were built, and the clock's facts, for the driver's plan: kind, name, yes
 * or no, and why not (or the value), separated by tabs. libexec is the folder
 * of what children exec. Returns an exit status.
 */
int fm_worker_offers(const char *libexec);

/* The lines "policy NAME yes VALUE": what probes found of this kernel. */
void fm_worker_policy(void);

#endif
