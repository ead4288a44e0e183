/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of this machine makes numbers spread, or drift, or wrong. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cpulist.h"
#include "doctor.h"
#include "file.h"

static uint64_t nanoseconds(uint64_t ms)
{
	return ms == FM_ABSENT ? FM_ABSENT : ms * 1000000;
}

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

static void emulated(const struct fm_patient *p, struct fm_finding *f)
{
	const char *is = fm_patient_fact(p, "emulator");

	snprintf(f->is, sizeof(f->is), "%s", is ? is : "nothing names one");
	if (!is)
		return;
	f->level = FM_LEVEL_LIMIT;
	f->costs = "times are those of an emulator: counts of faults and "
		   "instructions hold, times do not";
	snprintf(f->command, sizeof(f->command),
		 "measure times on a machine, not in an emulated guest");
}

static void steal(const struct fm_patient *p, struct fm_finding *f)
{
	double share =
		fm_patient_share(p, nanoseconds(p->watched.cpu_steal_ms));

	snprintf(f->is, sizeof(f->is), "%.0f %% of the last half second",
		 100 * share);
	if (share < 0.01)
		return;
	f->level = share > 0.1 ? FM_LEVEL_BAD : FM_LEVEL_NOISE;
	f->costs = "the host takes the processor away in the middle of samples";
	snprintf(f->command, sizeof(f->command),
		 "ask for a dedicated processor");
}

static void others(const struct fm_patient *p, struct fm_finding *f)
{
	double share =
		fm_patient_share(p, nanoseconds(p->watched.cpu_others_ms));

	snprintf(f->is, sizeof(f->is),
		 "processor %d busy %.0f %% of the last half second",
		 p->worker_cpu, 100 * share);
	if (share < 0.05)
		return;
	f->level = share > 0.3 ? FM_LEVEL_BAD : FM_LEVEL_NOISE;
	f->costs = "samples wait for other programs";
	snprintf(f->command, sizeof(f->command),
		 "end them (top shows which), or --cpu for another processor");
}

static void governor(const struct fm_patient *p, struct fm_finding *f)
{
	char path[128], is[64];

	snprintf(path, sizeof(path),
		 "/sys/devices/system/cpu/cpu%d/cpufreq/scaling_governor",
		 p->worker_cpu);
	if (fm_file_read(path, is, sizeof(is)) < 0)
		strcpy(is, "no cpufreq here");
	snprintf(f->is, sizeof(f->is), "%s", is);
	if (strchr(is, ' ') || !strcmp(is, "performance"))
		return;
	f->level = FM_LEVEL_NOISE;
	f->costs = "the frequency follows the load, which measuring is";
	snprintf(f->command, sizeof(f->command),
		 "echo performance | sudo tee /sys/devices/system/cpu/cpu*/"
		 "cpufreq/scaling_governor");
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
	snprintf(f->is, sizeof(f->is),
		 "threads %s share a core; the others were busy %.0f %%", text,
		 100 * fm_patient_share(
			       p, nanoseconds(p->watched.sibling_busy_ms)));
	f->costs = "what runs on the other thread slows samples";
	snprintf(f->command, sizeof(f->command),
		 "echo off | sudo tee /sys/devices/system/cpu/smt/control");
}

/* Isolated processors that --cpu does not name are of no use. */
static void isolation(const struct fm_patient *p, struct fm_finding *f)
{
	const char *list = fm_patient_fact(p, "isolated_cpus");
	const char *quiet = fm_patient_fact(p, "nohz_full_cpus");
	int cpu = p->worker_cpu, last;

	f->level = FM_LEVEL_NOISE;
	if (!list || !*list) {
		snprintf(f->is, sizeof(f->is), "no processor is isolated");
		f->costs = "the kernel's and other programs' work lands there";
		snprintf(f->command, sizeof(f->command),
			 "boot with isolcpus=%d nohz_full=%d and use --cpu %d",
			 cpu, cpu, cpu);
	} else if (!fm_cpulist_has(list, cpu)) {
		snprintf(f->is, sizeof(f->is),
			 "isolated: %.100s, but not processor %d", list, cpu);
		f->costs = "the kernel's and other programs' work lands there";
		fm_cpulist_range(&list, &cpu, &last);
		snprintf(f->command, sizeof(f->command), "--cpu %d", cpu);
	} else if (!quiet || !fm_cpulist_has(quiet, cpu)) {
		snprintf(f->is, sizeof(f->is),
			 "isolated: %.100s; processor %d has a tick", list,
			 cpu);
		f->costs = "the timer interrupts samples 100 to 1,000 times "
			   "a second";
		snprintf(f->command, sizeof(f->command),
			 "boot with nohz_full=%d rcu_nocbs=%d, too", cpu, cpu);
	} else {
		f->level = FM_LEVEL_OK;
		snprintf(f->is, sizeof(f->is), "isolated: %.100s, no tick",
			 list);
	}
}

static void interrupts(const struct fm_patient *p, struct fm_finding *f)
{
	double seconds = (double)p->watched.whole_ns / 1e9;
	double rate = (double)p->watched.interrupts / seconds;

	if (p->watched.interrupts == FM_ABSENT) {
		snprintf(f->is, sizeof(f->is), "not known");
		return;
	}
	snprintf(f->is, sizeof(f->is),
		 "%.0f a second, of devices, on processor %d", rate,
		 p->worker_cpu);
	if (rate < 10)
		return;
	f->level = FM_LEVEL_NOISE;
	f->costs = "devices interrupt samples";
	if (p->driver_cpu != p->worker_cpu)
		snprintf(f->command, sizeof(f->command),
			 "sudo systemctl stop irqbalance; echo %d | sudo tee "
			 "/proc/irq/*/smp_affinity_list",
			 p->driver_cpu);
}

static void watchdog(const struct fm_patient *p, struct fm_finding *f)
{
	char is[16];

	(void)p;
	if (fm_file_read("/proc/sys/kernel/nmi_watchdog", is, sizeof(is)) < 0 ||
	    strcmp(is, "1")) {
		snprintf(f->is, sizeof(f->is), "not at work");
		return;
	}
	f->level = FM_LEVEL_NOISE;
	snprintf(f->is, sizeof(f->is), "at work");
	f->costs = "an interrupt every few seconds, and one hardware counter";
	snprintf(f->command, sizeof(f->command),
		 "sudo sysctl kernel.nmi_watchdog=0");
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

const struct fm_check fm_checks_noise[] = {
	{ "virtual machine", virtualised },
	{ "emulator", emulated },
	{ "stolen time", steal },
	{ "other programs", others },
	{ "governor", governor },
	{ "boost", boost },
	{ "SMT sibling", sibling },
	{ "isolation", isolation },
	{ "interrupts", interrupts },
	{ "NMI watchdog", watchdog },
	{ "clock", timer },
	{ 0 },
};
