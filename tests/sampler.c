/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of a ring that the test makes: wrapped, lost, cut, foreign. */
#include <errno.h>
#include <sched.h>
#include <string.h>

#include "clock.h"
#include "perf_record.h"
#include "sampler.h"
#include "test.h"

static unsigned char bytes[4096] __attribute__((aligned(8)));
static size_t used;

static void put(uint32_t type, uint16_t misc, const void *body, size_t n)
{
	struct perf_event_header h = {
		.type = type,
		.misc = misc,
		.size = (uint16_t)(sizeof(h) + n),
	};

	memcpy(bytes + used, &h, sizeof(h));
	memcpy(bytes + used + sizeof(h), body, n);
	used += h.size;
}

static void put_sample(uint16_t misc, uint64_t ip, uint64_t time_ns,
		       uint64_t frames, const uint64_t *chain)
{
	uint64_t body[16] = { ip, 7ull | 8ull << 32, time_ns, frames };

	memcpy(body + 4, chain, frames * 8);
	put(PERF_RECORD_SAMPLE, misc, body, 32 + frames * 8);
}

/* What the walk saw. */
static struct fm_perf_record seen[16];
static int count;

static int note(const struct fm_perf_record *r, void *ctx)
{
	(void)ctx;
	seen[count++] = *r;
	return count == 16 ? -E2BIG : 0;
}

static int walk(size_t n)
{
	count = 0;
	return fm_perf_records(bytes, n, note, NULL);
}

static void kinds(void)
{
	const uint64_t chain[] = { (uint64_t)PERF_CONTEXT_KERNEL, 100, 200 };
	const uint32_t forked[] = { 21, 20, 22, 20, 0, 0 };
	const uint64_t lost[] = { 5, 1234 }, lost_samples[] = { 17 };
	const uint64_t throttled[] = { 1, 2, 3 };

	used = 0;
	put_sample(PERF_RECORD_MISC_KERNEL, 100, 5000, 3, chain);
	put(PERF_RECORD_FORK, 0, forked, sizeof(forked));
	put(PERF_RECORD_EXIT, 0, forked, sizeof(forked));
	put(PERF_RECORD_LOST, 0, lost, sizeof(lost));
	put(PERF_RECORD_LOST_SAMPLES, 0, lost_samples, sizeof(lost_samples));
	put(PERF_RECORD_THROTTLE, 0, throttled, sizeof(throttled));
	put_sample(PERF_RECORD_MISC_USER, 300, 6000, 0, chain);
	CHECK(walk(used) == 0 && count == 6);
	CHECK(seen[0].kind == FM_PERF_SAMPLED && seen[0].ip == 100);
	CHECK(seen[0].pid == 7 && seen[0].tid == 8 && !seen[0].is_user);
	CHECK(seen[0].time_ns == 5000 && seen[0].frames == 3);
	CHECK(fm_perf_is_context(seen[0].chain[0]));
	CHECK(!fm_perf_is_context(0xffffffff81000000ull));
	CHECK(seen[0].chain[1] == 100 && seen[0].chain[2] == 200);
	CHECK(seen[1].kind == FM_PERF_FORKED && seen[1].pid == 21);
	CHECK(seen[1].parent == 20 && seen[1].tid == 22);
	CHECK(seen[2].kind == FM_PERF_LOST && seen[2].lost == 1234);
	CHECK(seen[3].kind == FM_PERF_LOST && seen[3].lost == 17);
	CHECK(seen[4].kind == FM_PERF_THROTTLED);
	CHECK(seen[5].is_user && seen[5].frames == 0 && seen[5].ip == 300);
}

/* Nothing is read beyond what is there, whatever the bytes say. */
static void damage(void)
{
	const uint64_t chain[] = { 100, 200 };
	struct perf_event_header *h = (void *)bytes;
	uint64_t frames = 1000;
	size_t whole;

	used = 0;
	put_sample(PERF_RECORD_MISC_KERNEL, 100, 5000, 2, chain);
	whole = used;
	for (size_t n = 1; n < whole; n++)
		CHECK(walk(n) == -EBADMSG && count == 0);
	memcpy(bytes + 8 + 24, &frames, 8);
	CHECK(walk(whole) == -EBADMSG);
	h->size = 0;
	CHECK(walk(whole) == -EBADMSG);
	h->size = 9;
	CHECK(walk(whole) == -EBADMSG);
	CHECK(walk(0) == 0 && count == 0);
}

/* A record that begins at each byte's place in turn, across the ring's end. */
static void wrap(void)
{
	static unsigned char ring[256], out[256] __attribute__((aligned(8)));
	const uint64_t chain[] = { 100, 200, 300 };

	used = 0;
	put_sample(PERF_RECORD_MISC_KERNEL, 100, 5000, 3, chain);
	for (uint64_t tail = 512; tail < 512 + 256; tail += 8) {
		memset(ring, 0xee, sizeof(ring));
		for (size_t i = 0; i < used; i++)
			ring[(tail + i) % 256] = bytes[i];
		CHECK(fm_perf_ring_copy(ring, 256, tail, tail + used, out) ==
		      used);
		CHECK(!memcmp(out, bytes, used));
	}
	CHECK(fm_perf_ring_copy(ring, 256, 99, 99, out) == 0);
	CHECK(fm_perf_ring_copy(ring, 256, 64, 64 + 256, out) == 256);
	CHECK(!memcmp(out, ring + 64, 192) && !memcmp(out + 192, ring, 64));
}

static uint64_t from_ns;

static int in_time(const struct fm_perf_record *r, void *ctx)
{
	int *ours = ctx;

	if (r->kind == FM_PERF_SAMPLED)
		*ours += r->time_ns >= from_ns && r->time_ns <= fm_clock_ns();
	return 0;
}

/* For real, where we may: our own spinning is seen, on our own clock. */
static void live(void)
{
	struct fm_sampler s;
	struct fm_why why = { "" };
	int ours = 0, cpu = sched_getcpu(), err;
	cpu_set_t here;

	CPU_ZERO(&here);
	CHECK(fm_sampler_choose(&s, 0, FM_SAMPLER_CLOCK, 100000000, &why) ==
	      -ERANGE);
	CHECK(strstr(why.text, "perf_event_max_sample_rate"));
	CPU_SET(cpu, &here); /* cycles are counted where something runs */
	CHECK(cpu >= 0 && sched_setaffinity(0, sizeof(here), &here) == 0);
	err = fm_sampler_choose(&s, cpu, FM_SAMPLER_ANY, 1000, &why);
	if (err) {
		printf("skip sampling: %s\n", why.text);
		CHECK(*why.text && err < 0);
		return;
	}
	from_ns = fm_clock_ns();
	CHECK(!fm_sampler_begin(&s, &why));
	while (fm_clock_ns() - from_ns < 100000000)
		;
	CHECK(!fm_sampler_end(&s, &why));
	CHECK(!fm_perf_records(s.record, s.bytes, in_time, &ours));
	printf("%d samples by %s of 100 ms\n", ours, fm_sampler_name(s.by));
	CHECK(ours > 0);
	fm_sampler_free(&s);
}

int main(void)
{
	kinds();
	damage();
	wrap();
	live();
	return test_end();
}
