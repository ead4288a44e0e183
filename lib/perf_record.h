/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The records that the kernel writes into the ring of a sampling event, as
 * perf_event_open(2) has them, of an event with FM_PERF_SAMPLE_TYPE.
 */
#ifndef FM_PERF_RECORD_H
#define FM_PERF_RECORD_H

#include <linux/perf_event.h>
#include <stddef.h>
#include <stdint.h>

#define FM_PERF_SAMPLE_TYPE                                                    \
	(PERF_SAMPLE_IP | PERF_SAMPLE_TID | PERF_SAMPLE_TIME |                 \
	 PERF_SAMPLE_CALLCHAIN)

/* One record, decoded; which fields count is told by kind. */
struct fm_perf_record {
	enum {
		FM_PERF_SAMPLED, /* ip, pid, tid, time_ns, is_user, chain */
		FM_PERF_FORKED,	 /* pid, parent, tid; a thread: pid == parent */
		FM_PERF_LOST,	 /* lost: records that found no room */
		FM_PERF_THROTTLED /* the kernel sampled less for a while */
	} kind;
	uint64_t ip, time_ns, lost;
	uint32_t pid, parent, tid; /* 0 is the idle task */
	int is_user;		   /* in user mode when it was sampled */
	const uint64_t *chain;	   /* the callers, ip first, with contexts */
	size_t frames;
};

/* A value other than 0 ends the walk. */
typedef int fm_perf_record_fn(const struct fm_perf_record *record, void *ctx);

/*
 * Copies what lies between tail and head (both count bytes from the event's
 * beginning, head - tail <= size) out of a ring of size bytes, a power of two,
 * in order. Returns head - tail.
 */
size_t fm_perf_ring_copy(const unsigned char *ring, size_t size, uint64_t tail,
			 uint64_t head, unsigned char *out);

/*
 * Calls fn for each of those records in n bytes (aligned to 8) that are of such
 * a kind. Returns 0, what fn returned, or -EBADMSG where the bytes are not
 * whole records.
 */
int fm_perf_records(const unsigned char *bytes, size_t n, fm_perf_record_fn *fn,
		    void *ctx);

/* Whether an element of a chain is a mark such as PERF_CONTEXT_KERNEL. */
int fm_perf_is_context(uint64_t element);

#endif
