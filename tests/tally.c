/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A block of samples that the test makes, counted: every number is known. */
#include <string.h>
#include <unistd.h>

#include "kernel_class.h"
#include "tally.h"
#include "test.h"

/* A kernel of seven functions, a page each. */
static struct fm_kallsym symbol[] = {
	{ 0x1000, "copy_pte_range", "", 1 }, { 0x2000, "copy_page", "", 1 },
	{ 0x3000, "_raw_spin_lock", "", 1 }, { 0x4000, "kernel_clone", "", 1 },
	{ 0x5000, "do_syscall_64", "", 1 },  { 0x6000, "memcpy", "", 1 },
	{ 0x7000, "some_data", "", 0 },
};
static const struct fm_kallsyms kernel = { symbol, 7, NULL };

static unsigned char bytes[65536] __attribute__((aligned(8)));
static size_t used;

static void put(uint32_t type, uint16_t misc, const void *body, size_t n)
{
	struct perf_event_header h = { type, misc, (uint16_t)(sizeof(h) + n) };

	memcpy(bytes + used, &h, sizeof(h));
	memcpy(bytes + used + sizeof(h), body, n);
	used += h.size;
}

/* The chain from the sampled function outwards, ended by 0. */
static void put_sample(uint32_t pid, uint64_t time_ns, const uint64_t *chain)
{
	uint64_t body[16] = { chain[0], pid | (uint64_t)pid << 32, time_ns, 1,
			      (uint64_t)PERF_CONTEXT_KERNEL };

	for (size_t i = 0; chain[i]; i++)
		body[4 + body[3]++] = chain[i];
	put(PERF_RECORD_SAMPLE, PERF_RECORD_MISC_KERNEL, body,
	    32 + body[3] * 8);
}

static void put_user(uint32_t pid, uint64_t time_ns)
{
	uint64_t body[] = { 0x2000, pid | (uint64_t)pid << 32, time_ns, 0 };

	put(PERF_RECORD_SAMPLE, PERF_RECORD_MISC_USER, body, sizeof(body));
}

static void put_fork(uint32_t pid, uint32_t parent)
{
	uint32_t body[] = { pid, parent, pid, parent, 0, 0 };

	put(PERF_RECORD_FORK, 0, body, sizeof(body));
}

static const struct fm_tally_count *of(const struct fm_tally *t,
				       const char *class)
{
	for (size_t i = 0; fm_kernel_classes[i].name; i++)
		if (!strcmp(fm_kernel_classes[i].name, class))
			return &t->class[i];
	return NULL;
}

static int is(const struct fm_tally_count *c, uint64_t self, uint64_t inclusive)
{
	return c && c->self == self && c->inclusive == inclusive;
}

enum { WORKER = 100, CHILD = 101, GRANDCHILD = 102, STRANGER = 7 };

static const struct fm_tally_interval when[] = { { 1000, 2000 },
						 { 3000, 4000 } };

static void put_all(void)
{
	/* Return addresses: the last is the first byte of the next one. */
	const uint64_t copies[] = { 0x1010, 0x4500, 0x5500, 0 };
	const uint64_t waits[] = { 0x3010, 0x1800, 0x5000, 0x5500, 0 };
	const uint64_t again[] = { 0x1020, 0x1800, 0x1800, 0 };
	const uint64_t enters[] = { 0x5010, 0 };
	const uint64_t nowhere[] = { 0x7010, 0x5500, 0 };
	const uint64_t helper[] = { 0x6010, 0x5500, 0 };
	const uint64_t page[] = { 0x2fff, 0 };
	const uint64_t lost[] = { 1, 9 };

	put_fork(WORKER, 1); /* seen where both run on one processor */
	put_fork(CHILD, WORKER);
	put_fork(GRANDCHILD, CHILD);
	put_sample(WORKER, 999, copies); /* outside: before, between, after */
	put_sample(WORKER, 2000, copies);
	put_sample(WORKER, 4000, copies);
	put_sample(WORKER, 1000, copies);
	put_sample(WORKER, 1999, waits);
	put_sample(CHILD, 3000, again);
	put_sample(CHILD, 3001, enters);
	put_sample(GRANDCHILD, 3002, nowhere);
	put_sample(WORKER, 3003, helper);
	put_sample(WORKER, 3999, page);
	put_user(CHILD, 3500);
	put_sample(STRANGER, 3500, copies);
	put_sample((uint32_t)getpid(), 3500, copies);
	put_sample(0, 3600, helper);
	put_fork(CHILD, STRANGER); /* its number was given again */
	put_user(CHILD, 3700);
	put(PERF_RECORD_LOST, 0, lost, sizeof(lost));
}

static void counted(void)
{
	struct fm_tally t;
	char others[256];

	CHECK(!fm_tally_open(&t, &kernel));
	put_all();
	for (int twice = 0; twice < 2; twice++) { /* nothing is left of it */
		CHECK(!fm_tally_block(&t, bytes, used, WORKER, when, 2));
		CHECK(t.inside == 12 && t.outside == 3 && t.lost == 9);
		CHECK(t.worker == 4 && t.children == 4 && t.idle == 1);
		CHECK(t.others == 3 && t.user == 1 && t.unknown == 1);
		CHECK(is(&t.function[0], 2, 3)); /* recursion counts once */
		CHECK(is(&t.function[1], 1, 1));
		CHECK(is(&t.function[2], 1, 1));
		CHECK(is(&t.function[3], 0, 2)); /* 0x5000 - 1 is in it */
		CHECK(is(&t.function[4], 1, 6));
		CHECK(is(&t.function[5], 2, 2));
		/* The lock works at what its caller does. */
		CHECK(is(of(&t, "page-table copy"), 3, 3));
		CHECK(is(of(&t, "page copy"), 1, 1));
		CHECK(is(of(&t, "task"), 0, 2));
		CHECK(is(of(&t, "entry"), 1, 1)); /* by itself alone */
		CHECK(is(of(&t, "user mode"), 1, 1));
		CHECK(is(of(&t, "other"), 3, 3));
	}
	fm_tally_others(&t, others, sizeof(others));
	CHECK(strstr(others, "tally:1"));
	fm_tally_others(&t, others, 20);
	CHECK(strlen(others) < 20);
	CHECK(fm_tally_block(&t, bytes, used - 8, WORKER, when, 2) < 0);
	CHECK(!fm_tally_block(&t, bytes, used, WORKER, when, 0));
	CHECK(t.inside == 0 && t.outside == 15);
	fm_tally_free(&t);
}

int main(void)
{
	counted();
	return test_end();
}
