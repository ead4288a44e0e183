/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who in the kernel works on memory while it is measured. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "doctor.h"

/* The kernel's threads that were at work meanwhile; the busiest is named. */
static void threads(const struct fm_patient *p, struct fm_finding *f)
{
	const struct {
		const char *name;
		uint64_t ns;
		const char *command;
	} thread[] = {
		{ "khugepaged", p->watched.khugepaged_ns,
		  "echo 10000 | sudo tee /sys/kernel/mm/transparent_hugepage/"
		  "khugepaged/scan_sleep_millisecs" },
		{ "kcompactd", p->watched.kcompactd_ns,
		  "sudo sysctl vm.compaction_proactiveness=0" },
		{ "kswapd", p->watched.kswapd_ns,
		  "end programs that hold memory" },
		{ "kdamond", p->watched.kdamond_ns,
		  "echo off | sudo tee /sys/kernel/mm/damon/admin/kdamonds/0/"
		  "state" },
		{ "ksmd", p->watched.ksmd_ns,
		  "echo 0 | sudo tee /sys/kernel/mm/ksm/run" },
	};
	size_t most = 0;
	double share;

	for (size_t i = 1; i < sizeof(thread) / sizeof(*thread); i++)
		if (fm_patient_share(p, thread[i].ns) >
		    fm_patient_share(p, thread[most].ns))
			most = i;
	share = fm_patient_share(p, thread[most].ns);
	if (share <= 0) {
		snprintf(f->is, sizeof(f->is),
			 "none that works on memory was at work");
		return;
	}
	snprintf(f->is, sizeof(f->is), "%s took %.2g %% of a processor",
		 thread[most].name, 100 * share);
	if (share < 0.01)
		return;
	f->level = FM_LEVEL_NOISE;
	f->costs = "it works on memory, perhaps what is measured";
	snprintf(f->command, sizeof(f->command), "%s", thread[most].command);
}

static void defrag(const struct fm_patient *p, struct fm_finding *f)
{
	const char *is = fm_patient_fact(p, "thp_defrag");

	snprintf(f->is, sizeof(f->is), "%s", is ? is : "not in this kernel");
	if (!is || !strstr(is, "[always]"))
		return;
	f->level = FM_LEVEL_NOISE;
	f->costs = "faults wait for memory to be compacted";
	snprintf(f->command, sizeof(f->command),
		 "echo madvise | sudo tee "
		 "/sys/kernel/mm/transparent_hugepage/defrag");
}

static void khugepaged(const struct fm_patient *p, struct fm_finding *f)
{
	const char *enabled = fm_patient_fact(p, "thp_enabled");
	const char *sleep_ms = fm_patient_fact(p, "khugepaged_scan_sleep_ms");

	if (!enabled || strstr(enabled, "[never]")) {
		snprintf(f->is, sizeof(f->is), "not at work");
		return;
	}
	snprintf(f->is, sizeof(f->is), "scans every %s ms",
		 sleep_ms ? sleep_ms : "?");
	if (sleep_ms && strtoul(sleep_ms, NULL, 10) >= 1000)
		return;
	f->level = FM_LEVEL_NOISE;
	f->costs = "it joins pages of the memory that is measured";
	snprintf(f->command, sizeof(f->command),
		 "echo 10000 | sudo tee /sys/kernel/mm/transparent_hugepage/"
		 "khugepaged/scan_sleep_millisecs");
}

static void damon(const struct fm_patient *p, struct fm_finding *f)
{
	const char *running = fm_patient_fact(p, "damon_running");

	snprintf(f->is, sizeof(f->is), "%s",
		 !running	      ? "not known, or not in this kernel" :
		 strcmp(running, "0") ? "running" :
					"not running");
	if (!running || !strcmp(running, "0"))
		return;
	f->level = FM_LEVEL_NOISE;
	f->costs = "some faults are taken twice (marked extra:1); idle memory "
		   "may be reclaimed";
	snprintf(f->command, sizeof(f->command),
		 "echo off | sudo tee /sys/kernel/mm/damon/admin/kdamonds/0/"
		 "state");
}

static void balancing(const struct fm_patient *p, struct fm_finding *f)
{
	const char *is = fm_patient_fact(p, "numa_balancing");

	snprintf(f->is, sizeof(f->is), "%s",
		 is && strcmp(is, "0") ? "on" : "off");
	if (!is || !strcmp(is, "0"))
		return;
	f->level = FM_LEVEL_NOISE;
	f->costs = "pages are unmapped now and then to see who uses them";
	snprintf(f->command, sizeof(f->command),
		 "sudo sysctl kernel.numa_balancing=0");
}

const struct fm_check fm_checks_actors[] = {
	{ "kernel threads", threads },	 { "THP defrag", defrag },
	{ "khugepaged", khugepaged },	 { "DAMON", damon },
	{ "NUMA balancing", balancing }, { 0 },
};
