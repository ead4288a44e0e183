/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this machine allows to be measured, found by trying. */
#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bench.h"
#include "doctor.h"
#include "file.h"
#include "names.h"
#include "pagemap.h"

const char *fm_patient_fact(const struct fm_patient *patient, const char *key)
{
	const struct fm_fact *fact = fm_fact_find(patient->facts, key);

	return fact ? fact->value : NULL;
}

static void say(struct fm_finding *f, enum fm_level level, const char *is,
		const char *costs, const char *command)
{
	f->level = level;
	snprintf(f->is, sizeof(f->is), "%s", is);
	f->costs = costs;
	snprintf(f->command, sizeof(f->command), "%s", command);
}

/* The strategies, backings and children that are not there. */
static void plugins(const struct fm_patient *p, struct fm_finding *f)
{
	char missing[200] = "", text[FM_WHY_MAX];

	for (size_t i = 0; i < p->offers->n; i++)
		if (strcmp(p->offers->offer[i].available, "yes"))
			fm_names_append(missing, sizeof(missing),
					p->offers->offer[i].name);
	snprintf(text, sizeof(text), "not here: %s", missing);
	if (*missing)
		say(f, FM_LEVEL_LIMIT, text, "points with these are skipped",
		    "forkmeter list tells the way to each");
	else
		snprintf(f->is, sizeof(f->is),
			 "all strategies, backings and children");
}

/* Without CAP_SYS_ADMIN frame numbers read as zero. */
static void page_frames(const struct fm_patient *p, struct fm_finding *f)
{
	struct fm_pagemap_entry entry;

	if (!fm_pagemap_read(0, p, &entry) && entry.pfn)
		snprintf(f->is, sizeof(f->is), "frame numbers are readable");
	else
		say(f, FM_LEVEL_OK,
		    "hidden from ordinary users; trace names frames by letters",
		    "", "");
}

static void counters(const struct fm_patient *p, struct fm_finding *f)
{
	const struct fm_fact *fact =
		fm_fact_find(p->facts, "hardware_counters");
	const char *why = fact && fact->why ? fact->why : "";

	if (fact && fact->value)
		snprintf(f->is, sizeof(f->is), "hardware events open");
	else if (!strcmp(why, strerror(EACCES)) ||
		 !strcmp(why, strerror(EPERM)))
		say(f, FM_LEVEL_LIMIT, "hardware events are denied",
		    "cycles, instructions and misses (--counters)",
		    "sudo sysctl kernel.perf_event_paranoid=1");
	else
		say(f, FM_LEVEL_LIMIT, "hardware events do not open here",
		    "cycles, instructions and misses (--counters)",
		    fm_patient_fact(p, "virtual_machine") &&
				    !strcmp(fm_patient_fact(p,
							    "virtual_machine"),
					    "yes") ?
			    "give the virtual machine a PMU" :
			    "");
}

static void huge_pages(const struct fm_patient *p, struct fm_finding *f)
{
	const char *enabled = fm_patient_fact(p, "thp_enabled");

	if (!enabled)
		say(f, FM_LEVEL_LIMIT, "this kernel has none",
		    "backing thp is skipped", "");
	else if (strstr(enabled, "[never]"))
		say(f, FM_LEVEL_LIMIT, "switched off", "backing thp is skipped",
		    "echo madvise | sudo tee "
		    "/sys/kernel/mm/transparent_hugepage/enabled");
	else
		snprintf(f->is, sizeof(f->is), "%s", enabled);
}

static void mthp(const struct fm_patient *p, struct fm_finding *f)
{
	size_t sizes = 0, on = 0;

	for (size_t i = 0; i < p->facts->n; i++) {
		const struct fm_fact *fact = &p->facts->fact[i];

		if (strncmp(fact->key, "mthp_", 5) || !fact->value)
			continue;
		sizes++;
		on += !strstr(fact->value, "[never]");
	}
	if (sizes)
		snprintf(f->is, sizeof(f->is), "%zu sizes, %zu in use", sizes,
			 on);
	else
		say(f, FM_LEVEL_LIMIT, "this kernel has no mTHP",
		    "nothing yet; backings of those sizes will need it",
		    "Linux 6.8 or later");
}

static void hugetlb(const struct fm_patient *p, struct fm_finding *f)
{
	const char *pages = fm_patient_fact(p, "hugetlb_pages");

	if (pages)
		snprintf(f->is, sizeof(f->is), "%s reserved", pages);
	else
		say(f, FM_LEVEL_LIMIT, "this kernel has no hugetlb",
		    "nothing yet", "");
}

static void userfaultfd(const struct fm_patient *p, struct fm_finding *f)
{
	long fd = syscall(SYS_userfaultfd, O_CLOEXEC);

	(void)p;
	if (fd >= 0) {
		close((int)fd);
		snprintf(f->is, sizeof(f->is), "opens");
	} else {
		say(f, FM_LEVEL_LIMIT, strerror(errno),
		    "user_cow by it handles no write of the kernel itself",
		    errno == EPERM ?
			    "sudo sysctl vm.unprivileged_userfaultfd=1" :
			    "");
	}
}

static void ksm(const struct fm_patient *p, struct fm_finding *f)
{
	const char *run = fm_patient_fact(p, "ksm_run");

	if (run && !strcmp(run, "1"))
		say(f, FM_LEVEL_NOISE, "running",
		    "it merges pages and takes processor time",
		    "echo 0 | sudo tee /sys/kernel/mm/ksm/run");
	else
		snprintf(f->is, sizeof(f->is), "%s",
			 run ? "there, not running" : "not in this kernel");
}

static void memory(const struct fm_patient *p, struct fm_finding *f)
{
	double gib = (double)p->memory_available / 0x1p30;

	snprintf(f->is, sizeof(f->is), "%.1f GiB available", gib);
	if (gib < 0.25) {
		f->level = FM_LEVEL_BAD;
		f->costs = "reclaim would be part of every number";
		snprintf(f->command, sizeof(f->command),
			 "end other programs, or raise the cgroup's limit");
	} else if (gib < 1.2) {
		f->level = FM_LEVEL_LIMIT;
		f->costs = "the points of 1 GiB of profile quick are skipped";
	}
}

static void cgroup(const struct fm_patient *p, struct fm_finding *f)
{
	const char *depth = fm_patient_fact(p, "cgroup_memory_depth");

	if (!depth || !strcmp(depth, "0"))
		snprintf(f->is, sizeof(f->is), "no nested memory accounting");
	else {
		f->level = FM_LEVEL_LIMIT;
		snprintf(f->is, sizeof(f->is),
			 "memory is accounted for %s levels deep", depth);
		f->costs = "dearer processes than in the root cgroup; compare "
			   "runs of one depth";
	}
}

static void seccomp(const struct fm_patient *p, struct fm_finding *f)
{
	const char *filters = fm_patient_fact(p, "seccomp_filters");

	if (!filters)
		snprintf(f->is, sizeof(f->is), "not known");
	else if (!strcmp(filters, "0"))
		snprintf(f->is, sizeof(f->is), "no filter");
	else {
		f->level = FM_LEVEL_LIMIT;
		snprintf(f->is, sizeof(f->is), "filters: %s", filters);
		f->costs = "dearer system calls; compare runs with as many";
		snprintf(f->command, sizeof(f->command),
			 "run it outside of the container or the service that "
			 "has them; doc/nightly tells of systemd's");
	}
}

const struct fm_check fm_checks_allowed[] = {
	{ "plug-ins", plugins },
	{ "page frames", page_frames },
	{ "counters", counters },
	{ "huge pages (THP)", huge_pages },
	{ "mTHP", mthp },
	{ "hugetlb", hugetlb },
	{ "userfaultfd", userfaultfd },
	{ "KSM", ksm },
	{ "memory", memory },
	{ "memory cgroup", cgroup },
	{ "seccomp", seccomp },
	{ 0 },
};
