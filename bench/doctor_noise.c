/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of this machine makes numbers spread, or drift, or wrong. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "doctor.h"
#include "file.h"

static void virtualised(const struct fm_patient *p, struct fm_finding *f)
{
	const char *is = fm_patient_fact(p, "virtual_machine");

	if (!is || strcmp(is, "yes")) {
		snprintf(f->is, sizeof(f->is), "%s", is ? is : "not known");
		return;
	}
	f->level = FM_LEVEL_NOISE;
	snprintf(f->is, sizeof(f->is), "yes");
	f->costs = "bursts from the host; first touches of memory that was "
		   "given back to it; trust ratios";
	snprintf(f->command, sizeof(f->command), "measure on bare metal");
}

static void steal(const struct fm_patient *p, struct fm_finding *f)
{
	snprintf(f->is, sizeof(f->is), "%.0f %% of the last half second",
		 100 * p->steal);
	if (p->steal < 0.01)
		return;
	f->level = p->steal > 0.1 ? FM_LEVEL_BAD : FM_LEVEL_NOISE;
	f->costs = "the host takes the processor away in the middle of samples";
	snprintf(f->command, sizeof(f->command),
		 "ask for a dedicated processor");
}

static void others(const struct fm_patient *p, struct fm_finding *f)
{
	snprintf(f->is, sizeof(f->is),
		 "processor %d busy %.0f %% of the last half second",
		 p->worker_cpu, 100 * p->busy);
	if (p->busy < 0.05)
		return;
	f->level = p->busy > 0.3 ? FM_LEVEL_BAD : FM_LEVEL_NOISE;
	f->costs = "samples wait for other programs";
	snprintf(f->command, sizeof(f->command),
		 "end them (top shows which), or --cpu for another processor");
}

static void governor(const struct fm_patient *p, struct fm_finding *f)
{
	const char *is = fm_patient_fact(p, "governor");

	snprintf(f->is, sizeof(f->is), "%s", is ? is : "no cpufreq here");
	if (!is || !strcmp(is, "performance"))
		return;
	f->level = FM_LEVEL_NOISE;
	f->costs = "the frequency follows the load, which measuring is";
	snprintf(f->command, sizeof(f->command),
		 "sudo cpupower frequency-set -g performance");
}

static void boost(const struct fm_patient *p, struct fm_finding *f)
{
	const char *on = fm_patient_fact(p, "boost");
	const char *off = fm_patient_fact(p, "intel_no_turbo");
	int boosts = on ? !strcmp(on, "1") : off ? !strcmp(off, "0") : -1;

	snprintf(f->is, sizeof(f->is), "%s",
		 boosts < 0 ? "not known" :
		 boosts	    ? "on" :
			      "off");
	if (boosts <= 0)
		return;
	f->level = FM_LEVEL_NOISE;
	f->costs = "the frequency depends on temperature and neighbours";
	snprintf(f->command, sizeof(f->command), "echo %s | sudo tee %s",
		 on ? "0" : "1",
		 on ? "/sys/devices/system/cpu/cpufreq/boost" :
		      "/sys/devices/system/cpu/intel_pstate/no_turbo");
}

static void sibling(const struct fm_patient *p, struct fm_finding *f)
{
	char path[128], text[64], alone[16];

	snprintf(path, sizeof(path),
		 "/sys/devices/system/cpu/cpu%d/topology/thread_siblings_list",
		 p->worker_cpu);
	snprintf(alone, sizeof(alone), "%d", p->worker_cpu);
	if (fm_file_read(path, text, sizeof(text)) < 0) {
		snprintf(f->is, sizeof(f->is), "not known");
		return;
	}
	if (!strcmp(text, alone)) {
		snprintf(f->is, sizeof(f->is), "processor %s has none", alone);
		return;
	}
	f->level = FM_LEVEL_NOISE;
	snprintf(f->is, sizeof(f->is), "threads %s share a core", text);
	f->costs = "what runs on the other thread slows samples";
	snprintf(f->command, sizeof(f->command),
		 "echo off | sudo tee /sys/devices/system/cpu/smt/control");
}

static void isolation(const struct fm_patient *p, struct fm_finding *f)
{
	const char *list = fm_patient_fact(p, "isolated_cpus");

	if (list && *list)
		snprintf(f->is, sizeof(f->is), "isolated: %s", list);
	else {
		f->level = FM_LEVEL_NOISE;
		snprintf(f->is, sizeof(f->is), "no processor is isolated");
		f->costs = "the kernel's and other programs' work lands there";
		snprintf(f->command, sizeof(f->command),
			 "boot with isolcpus=%d nohz_full=%d and use --cpu %d",
			 p->worker_cpu, p->worker_cpu, p->worker_cpu);
	}
}

static void timer(const struct fm_patient *p, struct fm_finding *f)
{
	const char *source = fm_patient_fact(p, "clocksource");
	unsigned long long cost = (unsigned long long)p->offers->clock.cost_ns;

	snprintf(f->is, sizeof(f->is), "%s, %llu ns a read",
		 source ? source : "not known", cost);
	if (cost < 200)
		return;
	f->level = FM_LEVEL_NOISE;
	f->costs = "reading the clock is a system call; short intervals are "
		   "mostly that";
	snprintf(f->command, sizeof(f->command),
		 "boot with clocksource=tsc, if the processor's is stable");
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

const struct fm_check fm_checks_noise[] = {
	{ "virtual machine", virtualised },
	{ "stolen time", steal },
	{ "other programs", others },
	{ "governor", governor },
	{ "boost", boost },
	{ "SMT sibling", sibling },
	{ "isolation", isolation },
	{ "clock", timer },
	{ "khugepaged", khugepaged },
	{ "DAMON", damon },
	{ "NUMA balancing", balancing },
	{ 0 },
};
