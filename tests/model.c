/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference model: known answers for each of its rules. */
#include <stdlib.h>
#include <string.h>

#include "model.h"
#include "test.h"

static const struct fm_model_policy whole = { .huge_cow = 1 };
static const struct fm_model_policy never_reuse = { .no_reuse = 1 };
static const struct fm_model_policy zero_split = { .huge_zero_splits = 1 };
static const struct fm_model_policy table_copy = { .fork_shared = 1 };
static const struct fm_model_policy no_zero = { .no_zero_page = 1 };

#define LINUX &fm_model_linux
#define XV6 &fm_model_xv6
#define AREA(name, ...)                                                        \
	static const struct fm_model_area name = { .pages = 16, __VA_ARGS__ }
#define SHARED .kind = FM_MODEL_SHARED
#define FILE_PRIVATE .kind = FM_MODEL_FILE_PRIVATE
#define PINNED .at_fork = FM_MODEL_PINNED
#define ONE .unit = 8, .one_entry = 1

AREA(base, .unit = 1);
AREA(mthp, .unit = 8);
AREA(huge, ONE);
AREA(hugetlb, .unit = 8, .hugetlb = 1);
AREA(shared, .unit = 1, SHARED);
AREA(shared_mthp, .unit = 8, SHARED);
AREA(shared_huge, ONE, SHARED);
AREA(file, .unit = 1, FILE_PRIVATE);
AREA(file_at_8, .first = 8, .unit = 1, FILE_PRIVATE);
AREA(wiped, .unit = 1, .at_fork = FM_MODEL_WIPEONFORK);
AREA(not_forked, .unit = 1, .at_fork = FM_MODEL_DONTFORK);
AREA(pinned, .unit = 1, PINNED);
AREA(pinned_huge, ONE, PINNED);
AREA(pinned_hugetlb, .unit = 8, .hugetlb = 1, PINNED);
AREA(pinned_file, .unit = 1, FILE_PRIVATE, PINNED);

/*
 * A script is a row of steps, each a process and what it does: r, w and k (a
 * write by the kernel) with a page, R and W to all pages one by one, f to fork
 * (the lowest free number is the child's), x to exit, e to exec. The counts
 * begin behind the bar: faults, copies, pages copied, zero-fills, reuses,
 * splits, where there are any, and at last the frames in use.
 */
static const struct known {
	const char *rule;
	const struct fm_model_policy *policy;
	const struct fm_model_area *area;
	const char *script, *counts;
} known[] = {
	{ "a first write clears a frame", LINUX, &base, "0w3 0w3 0r3",
	  "f1 z1 u1" },
	{ "a first read maps the zero frame", LINUX, &base, "0R 0r3", "f16" },
	{ "a write to the zero frame clears one", LINUX, &base, "0r3 0w3",
	  "f2 z1 u1" },
	{ "without zero frame a read allocates", XV6, &base, "0r3 0w3",
	  "f1 z1 u1" },
	{ "fork itself takes nothing", LINUX, &base, "0W|0f", "u16" },
	{ "a child's reads of shared frames are free", LINUX, &base,
	  "0W|0f 1R 0R", "u16" },
	{ "each shared page is copied once", LINUX, &base, "0W|0f 1W 1W",
	  "f16 c16 p16 u32" },
	{ "the last owner reuses", LINUX, &base, "0W|0f 1W 0W",
	  "f32 c16 p16 r16 u32" },
	{ "so it does after the other's exit", LINUX, &base, "0W|0f 1x 0W",
	  "f16 r16 u16" },
	{ "and after its exec", LINUX, &base, "0W|0f 1e 0W", "f16 r16 u16" },
	{ "unless it never reuses", &never_reuse, &base, "0W|0f 1x 0W",
	  "f16 c16 p16 u16" },
	{ "three generations", LINUX, &base, "0W|0f 1f 2w0 1w0 0w0",
	  "f3 c2 p2 r1 u18" },
	{ "the kernel's write copies, too", LINUX, &base, "0W|0f 1k5 1w5",
	  "f1 c1 p1 u17" },
	{ "the kernel's write fills, too", LINUX, &base, "0k5", "f1 z1 u1" },
	{ "what was only read is not inherited", LINUX, &base, "0R|0f 1R",
	  "f16" },
	{ "unless a page of the area was written", LINUX, &base,
	  "0R 0w0|0f 1R 1w1", "f1 z1 u2" },
	{ "an eager fork copies all that is there", XV6, &base, "0W|0f 1W 0W",
	  "c16 p16 u32" },
	{ "an eager fork copies nothing else", XV6, &base, "0w1|0f",
	  "c1 p1 u2" },
	{ "mTHP comes by the unit", LINUX, &mthp, "0W", "f2 z16 u16" },
	{ "mTHP reads are of base pages", LINUX, &mthp, "0R 0w0", "f17 z1 u1" },
	{ "mTHP does not fill around what is there", LINUX, &mthp,
	  "0r1 0w0 0w8", "f3 z9 u9" },
	{ "mTHP is copied by base pages", LINUX, &mthp, "0W|0f 1W",
	  "f16 c16 p16 u32" },
	{ "nor reused while another page of its is shared", LINUX, &mthp,
	  "0W 0f 1w0|0w0 1x 0w1", "f2 c1 p1 r1 u16" },
	{ "a huge page comes at once", LINUX, &huge, "0W", "f2 z16 u16" },
	{ "the huge zero page, too", LINUX, &huge, "0R", "f2" },
	{ "which is inherited", LINUX, &huge, "0R|0f 1R 1W", "f2 z16 u16" },
	{ "a write to it brings a huge page", LINUX, &huge, "0R 0W",
	  "f4 z16 u16" },
	{ "or splits it", &zero_split, &huge, "0r0 0w3 0w4", "f3 z2 s1 u2" },
	{ "without zero frame it is cleared", &no_zero, &huge, "0R 0W",
	  "f2 z16 u16" },
	{ "a shared huge page is split", LINUX, &huge, "0W|0f 1w3",
	  "f1 c1 p1 s1 u17" },
	{ "then each page is a fault", LINUX, &huge, "0W|0f 1W",
	  "f16 c16 p16 s2 u32" },
	{ "or is copied whole", &whole, &huge, "0W|0f 1W", "f2 c2 p16 u32" },
	{ "then the last owner reuses it whole", &whole, &huge, "0W|0f 1W 0W",
	  "f4 c2 p16 r2 u32" },
	{ "the last owner reuses it whole", LINUX, &huge, "0W|0f 1x 0W",
	  "f2 r2 u16" },
	{ "but not while one page is shared", LINUX, &huge, "0W 0f 1w0|0w0 0w1",
	  "f2 c2 p2 s1 u18" },
	{ "never reused, it is split", &never_reuse, &huge, "0W|0f 1x 0w0",
	  "f1 c1 p1 s1 u16" },
	{ "a child of a split one shares base pages", LINUX, &huge,
	  "0W 0f 1w0|1f 2w0 2w8", "f2 c2 p2 s1 u19" },
	{ "an eager fork copies it whole", XV6, &huge, "0W|0f 1W",
	  "c2 p16 u32" },
	{ "hugetlb is copied whole", LINUX, &hugetlb, "0W|0f 1W",
	  "f2 c2 p16 u32" },
	{ "hugetlb is reused whole", LINUX, &hugetlb, "0W|0f 1W 0W",
	  "f4 c2 p16 r2 u32" },
	{ "hugetlb has no zero page", LINUX, &hugetlb, "0R 0W",
	  "f4 z16 r2 u16" },
	{ "shared memory is filled once", LINUX, &shared, "0W|0f 1W 0W",
	  "f16 u16" },
	{ "whoever fills it", LINUX, &shared, "0f 1W|0W", "f16 u16" },
	{ "reads find what is around", LINUX, &shared, "0W|0f 1R 1W",
	  "f1 u16" },
	{ "and no more than there is", LINUX, &shared, "0w1 0w2|0f 1r2 1w1 1w3",
	  "f2 z1 u3" },
	{ "shared memory has no zero frame", LINUX, &shared, "0R 0W",
	  "f16 z16 u16" },
	{ "its entries may be inherited", &table_copy, &shared, "0W|0f 1W",
	  "u16" },
	{ "it outlives one of its processes", LINUX, &shared, "0W|0f 0x 1W",
	  "f16 u16" },
	{ "shared huge pages come at once", LINUX, &shared_huge, "0W|0f 1R 1W",
	  "f2 u16" },
	{ "shared mTHP, too", LINUX, &shared_mthp, "0W|0f 1W", "f2 u16" },
	{ "a read maps the file around", LINUX, &file, "0R", "f1" },
	{ "in aligned windows", LINUX, &file_at_8, "0r9 0R", "f2" },
	{ "a write copies one page of the file", LINUX, &file, "0r0 0w3",
	  "f2 c1 p1 u1" },
	{ "read or not", LINUX, &file, "0W", "f16 c16 p16 u16" },
	{ "a file that was only read is not inherited", LINUX, &file,
	  "0R|0f 1R", "f1" },
	{ "but with a page of one's own", LINUX, &file, "0R 0w0|0f 1R 1w0",
	  "f1 c1 p1 u2" },
	{ "WIPEONFORK begins anew", LINUX, &wiped, "0W|0f 1W 0W",
	  "f16 z16 u32" },
	{ "DONTFORK is not there", LINUX, &not_forked, "0W|0f 0W", "u16" },
	{ "pinned memory is copied by fork", LINUX, &pinned, "0W|0f 1W 0W",
	  "c16 p16 u32" },
	{ "pinned huge pages are split for it", LINUX, &pinned_huge,
	  "0W|0f 1W 0W", "c16 p16 s2 u32" },
	{ "pinned hugetlb is not", LINUX, &pinned_hugetlb, "0W|0f 1W 0W",
	  "c2 p16 u32" },
	{ "a pinned file's own pages are copied", LINUX, &pinned_file,
	  "0w0 0r1|0f 1w0 1w1", "f1 c2 p2 u3" },
};

static void access_all(struct fm_model *m, int process, char how,
		       const struct fm_model_area *area)
{
	for (size_t i = 0; i < area->pages; i++)
		CHECK(!(how == 'R' ? fm_model_read : fm_model_write)(
			m, process, area->first + i));
}

static void step(struct fm_model *m, const char *text,
		 const struct fm_model_area *area)
{
	int process = text[0] - '0';
	size_t page = strtoul(text + 2, NULL, 10);

	switch (text[1]) {
	case 'r':
		CHECK(!fm_model_read(m, process, page));
		break;
	case 'w':
		CHECK(!fm_model_write(m, process, page));
		break;
	case 'k':
		CHECK(!fm_model_kernel_write(m, process, page));
		break;
	case 'f':
		CHECK(fm_model_fork(m, process) > process);
		break;
	case 'x':
		fm_model_exit(m, process);
		break;
	case 'e':
		fm_model_exec(m, process);
		break;
	default:
		access_all(m, process, text[1], area);
	}
}

static void play(struct fm_model *m, const char *script,
		 const struct fm_model_area *area)
{
	for (; *script; script += strcspn(script, " |")) {
		if (*script == '|')
			fm_model_forget(m);
		script += *script == '|' || *script == ' ';
		step(m, script, area);
	}
}

static void exit_all(struct fm_model *m)
{
	for (int i = 0; i < FM_MODEL_PROCESSES; i++)
		fm_model_exit(m, i);
	CHECK(m->used == 0);
	for (size_t i = 0; i < m->frames; i++)
		CHECK(m->owners[i] == 0);
}

/* As known[] writes them; nothing of what is 0. */
static const char *counts_of(const struct fm_model *m, char *text, size_t size)
{
	const struct {
		char letter;
		uint64_t n;
	} counts[] = {
		{ 'f', m->count.faults }, { 'c', m->count.copies },
		{ 'p', m->count.copied }, { 'z', m->count.zero_fills },
		{ 'r', m->count.reuses }, { 's', m->count.splits },
		{ 'u', m->used },
	};
	size_t at = 0;

	*text = '\0';
	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++)
		if (counts[i].n)
			at += (size_t)snprintf(text + at, size - at, "%s%c%ju",
					       at ? " " : "", counts[i].letter,
					       (uintmax_t)counts[i].n);
	return text;
}

static void rules(void)
{
	struct fm_model m;
	char text[128];

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		const struct known *k = &known[i];
		int before = test_failures;

		CHECK(!fm_model_open(&m, k->policy, 64));
		CHECK(!fm_model_map(&m, 0, k->area));
		play(&m, k->script, k->area);
		CHECK(!strcmp(counts_of(&m, text, sizeof(text)), k->counts));
		if (test_failures != before)
			printf("  %s: %s is %s, not %s\n", k->rule, k->script,
			       text, k->counts);
		exit_all(&m);
		fm_model_close(&m);
	}
}

int main(void)
{
	rules();
	return test_end();
}
