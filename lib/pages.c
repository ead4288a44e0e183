/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the kernel says about this process's memory, from /proc/self. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "pages.h"

typedef void line_fn(const char *line, void *ctx);

/*
 * Calls fn for each line. A small window on the stack, because what a
 * measured process allocates is copied by every fork that it measures.
 */
static int each_line(const char *path, line_fn *fn, void *ctx)
{
	char buf[1024];
	size_t have = 0;
	ssize_t got = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	for (;;) {
		char *end, *at = buf;

		got = read(fd, buf + have, sizeof(buf) - 1 - have);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		have += (size_t)got;
		buf[have] = '\0';
		while ((end = strchr(at, '\n'))) {
			*end = '\0';
			fn(at, ctx);
			at = end + 1;
		}
		have -= (size_t)(at - buf);
		if (have == sizeof(buf) - 1) /* one very long path */
			have = 0;
		memmove(buf, at, have);
	}
	close(fd);
	return got < 0 ? -EIO : 0;
}

static void count(const char *line, void *ctx)
{
	(void)line;
	++*(uint64_t *)ctx;
}

static void take_status(const char *line, void *ctx)
{
	struct fm_pages_process *p = ctx;

	fm_file_number_after(line, "VmRSS:", &p->rss_kib);
	fm_file_number_after(line, "VmPTE:", &p->pte_kib);
}

int fm_pages_process(struct fm_pages_process *p)
{
	int err;

	*p = (struct fm_pages_process){ 0 };
	err = each_line("/proc/self/status", take_status, p);
	if (!err)
		err = each_line("/proc/self/maps", count, &p->vmas);
	return err ? err : p->rss_kib && p->pte_kib ? 0 : -ENODATA;
}

struct range_walk {
	uintptr_t from, to;
	int inside;
	unsigned int label; /* of the mapping whose lines are read */
	struct fm_pages_range *sum;
};

static const struct {
	const char *text;
	unsigned int flag;
} flags[] = {
	{ "sh", FM_PAGES_SHARED },     { "hg", FM_PAGES_HUGE },
	{ "nh", FM_PAGES_NOHUGE },     { "dc", FM_PAGES_DONTFORK },
	{ "wf", FM_PAGES_WIPEONFORK }, { "mg", FM_PAGES_MERGEABLE },
	{ "gd", FM_PAGES_GROWSDOWN },  { "lo", FM_PAGES_LOCKED },
	{ "ht", FM_PAGES_HUGETLB },    { "[heap]", FM_PAGES_HEAP },
	{ "/memfd:", FM_PAGES_MEMFD }, { "/", FM_PAGES_FILE },
};
enum { FLAGS = sizeof(flags) / sizeof(*flags), LABELS_FROM = 9 };

const char *fm_pages_flag_text(unsigned int wanted)
{
	for (size_t i = 0; i < FLAGS; i++)
		if (wanted & flags[i].flag)
			return flags[i].text;
	return "";
}

/* "VmFlags: rd wr mr mw me ac sd": two letters each. */
static void take_flags(const char *line, struct range_walk *w)
{
	unsigned int has = w->label;

	for (const char *at = line; (at = strchr(at, ' ')); at++)
		for (size_t i = 0; i < LABELS_FROM; i++)
			if (!strncmp(at + 1, flags[i].text, 2))
				has |= flags[i].flag;
	w->sum->flags &= has;
}

/* "from-to perms offset device inode    label" */
static void enter_mapping(const char *line, struct range_walk *w)
{
	char *dash;
	uintptr_t from = strtoull(line, &dash, 16);
	uintptr_t to = strtoull(dash + 1, NULL, 16);

	w->inside = from < w->to && to > w->from;
	w->label = 0;
	for (size_t i = LABELS_FROM; i < FLAGS && !w->label; i++)
		if (strstr(line, flags[i].text))
			w->label = flags[i].flag;
	if (w->inside && !w->sum->mappings++)
		w->sum->flags = ~0u;
}

static void add_line(const char *line, void *ctx)
{
	static const struct {
		const char *key;
		size_t offset;
	} fields[] = {
		{ "Anonymous:", offsetof(struct fm_pages_range, anonymous) },
		{ "AnonHugePages:",
		  offsetof(struct fm_pages_range, anon_huge) },
		{ "Swap:", offsetof(struct fm_pages_range, swap) },
		{ "Rss:", offsetof(struct fm_pages_range, rss) },
		{ "Private_Clean:", offsetof(struct fm_pages_range, own) },
		{ "Private_Dirty:", offsetof(struct fm_pages_range, own) },
		{ "Private_Hugetlb:", offsetof(struct fm_pages_range, own) },
		{ "Shared_Hugetlb:", offsetof(struct fm_pages_range, hugetlb) },
		{ "Private_Hugetlb:",
		  offsetof(struct fm_pages_range, hugetlb) },
		{ "Locked:", offsetof(struct fm_pages_range, locked) },
		{ "KSM:", offsetof(struct fm_pages_range, ksm) },
		{ "FilePmdMapped:",
		  offsetof(struct fm_pages_range, file_huge) },
		{ "ShmemPmdMapped:",
		  offsetof(struct fm_pages_range, shmem_huge) },
		{ "Pss:", offsetof(struct fm_pages_range, pss) },
	};
	struct range_walk *w = ctx;
	uint64_t kib;

	if ((*line >= '0' && *line <= '9') || (*line >= 'a' && *line <= 'f')) {
		enter_mapping(line, w);
		return;
	}
	if (!w->inside)
		return;
	if (!strncmp(line, "VmFlags:", 8))
		take_flags(line, w);
	w->sum->says_ksm |= !strncmp(line, "KSM:", 4);
	if (!fm_file_number_after(line, "KernelPageSize:", &kib) &&
	    (!w->sum->page || kib * 1024 < w->sum->page))
		w->sum->page = kib * 1024;
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		if (!fm_file_number_after(line, fields[i].key, &kib))
			*(uint64_t *)((char *)w->sum + fields[i].offset) +=
				kib * 1024;
}

int fm_pages_range(const void *base, size_t bytes, struct fm_pages_range *sum)
{
	struct range_walk walk = {
		.from = (uintptr_t)base,
		.to = (uintptr_t)base + bytes,
		.sum = sum,
	};

	memset(sum, 0, sizeof(*sum));
	return each_line("/proc/self/smaps", add_line, &walk);
}

size_t fm_pages_base(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

size_t fm_pages_huge(void)
{
	char text[32];

	if (fm_file_read("/sys/kernel/mm/transparent_hugepage/hpage_pmd_size",
			 text, sizeof(text)) < 0)
		return 0;
	return strtoull(text, NULL, 10);
}
