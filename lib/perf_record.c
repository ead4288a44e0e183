/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The records of a sampling event, out of its ring and decoded. */
#include <errno.h>
#include <string.h>

#include "perf_record.h"

size_t fm_perf_ring_copy(const unsigned char *ring, size_t size, uint64_t tail,
			 uint64_t head, unsigned char *out)
{
	size_t n = (size_t)(head - tail), from = (size_t)tail & (size - 1);
	size_t first = n < size - from ? n : size - from;

	memcpy(out, ring + from, first);
	memcpy(out + first, ring, n - first);
	return n;
}

int fm_perf_is_context(uint64_t element)
{
	return element >= (uint64_t)PERF_CONTEXT_MAX;
}

static uint64_t get64(const unsigned char *at)
{
	uint64_t value;

	memcpy(&value, at, sizeof(value));
	return value;
}

static uint32_t get32(const unsigned char *at)
{
	uint32_t value;

	memcpy(&value, at, sizeof(value));
	return value;
}

/* ip, pid and tid, time, and the chain behind its length. */
static int decode_sample(const unsigned char *at, size_t n, uint16_t misc,
			 struct fm_perf_record *r)
{
	if (n < 32 || get64(at + 24) > (n - 32) / 8)
		return -EBADMSG;
	r->kind = FM_PERF_SAMPLED;
	r->ip = get64(at);
	r->pid = get32(at + 8);
	r->tid = get32(at + 12);
	r->time_ns = get64(at + 16);
	r->frames = (size_t)get64(at + 24);
	r->chain = (const uint64_t *)(const void *)(at + 32);
	r->is_user =
		(misc & PERF_RECORD_MISC_CPUMODE_MASK) == PERF_RECORD_MISC_USER;
	return 0;
}

/* Returns 1 for a record that is decoded, 0 for another kind. */
static int decode(const struct perf_event_header *h, const unsigned char *at,
		  struct fm_perf_record *r)
{
	size_t n = h->size - sizeof(*h);

	memset(r, 0, sizeof(*r));
	switch (h->type) {
	case PERF_RECORD_SAMPLE:
		return decode_sample(at, n, h->misc, r) ? -EBADMSG : 1;
	case PERF_RECORD_FORK:
		if (n < 16)
			return -EBADMSG;
		r->kind = FM_PERF_FORKED;
		r->pid = get32(at);
		r->parent = get32(at + 4);
		r->tid = get32(at + 8);
		return 1;
	case PERF_RECORD_LOST: /* the event's number, then how many */
		if (n < 16)
			return -EBADMSG;
		r->kind = FM_PERF_LOST;
		r->lost = get64(at + 8);
		return 1;
	case PERF_RECORD_LOST_SAMPLES:
		if (n < 8)
			return -EBADMSG;
		r->kind = FM_PERF_LOST;
		r->lost = get64(at);
		return 1;
	case PERF_RECORD_THROTTLE:
		r->kind = FM_PERF_THROTTLED;
		return 1;
	default:
		return 0;
	}
}

int fm_perf_records(const unsigned char *bytes, size_t n, fm_perf_record_fn *fn,
		    void *ctx)
{
	struct perf_event_header h;
	struct fm_perf_record record;

	for (size_t at = 0; at < n; at += h.size) {
		int is;

		if (n - at < sizeof(h))
			return -EBADMSG;
		memcpy(&h, bytes + at, sizeof(h));
		if (h.size < sizeof(h) || h.size % 8 || h.size > n - at)
			return -EBADMSG;
		is = decode(&h, bytes + at + sizeof(h), &record);
		if (is < 0)
			return is;
		is = is ? fn(&record, ctx) : 0;
		if (is)
			return is;
	}
	return 0;
}
