/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facts of a machine that are files, or lines of /proc/cpuinfo. */
#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "emulator.h"
#include "file.h"
#include "machine_files.h"

#define THP "/sys/kernel/mm/transparent_hugepage/"
#define CPU "/sys/devices/system/cpu/"
#define KSM "/sys/kernel/mm/ksm/"

static const struct {
	enum fm_fact_role role;
	const char *key, *path;
} files[] = {
	{ FM_FACT_HOST, "product", "/sys/class/dmi/id/product_name" },
	{ FM_FACT_NOTE, "boot_id", "/proc/sys/kernel/random/boot_id" },
	{ FM_FACT_STATE, "kernel_command_line", "/proc/cmdline" },
	{ FM_FACT_NOTE, "load_average", "/proc/loadavg" },
	{ FM_FACT_STATE, "clocksource",
	  "/sys/devices/system/clocksource/clocksource0/current_clocksource" },
	{ FM_FACT_STATE, "governor", CPU "cpu0/cpufreq/scaling_governor" },
	{ FM_FACT_STATE, "boost", CPU "cpufreq/boost" },
	{ FM_FACT_STATE, "intel_no_turbo", CPU "intel_pstate/no_turbo" },
	{ FM_FACT_STATE, "smt", CPU "smt/control" },
	{ FM_FACT_STATE, "isolated_cpus", CPU "isolated" },
	{ FM_FACT_STATE, "nohz_full_cpus", CPU "nohz_full" },
	{ FM_FACT_STATE, "thp_enabled", THP "enabled" },
	{ FM_FACT_STATE, "thp_defrag", THP "defrag" },
	{ FM_FACT_STATE, "thp_use_zero_page", THP "use_zero_page" },
	{ FM_FACT_STATE, "thp_shmem_enabled", THP "shmem_enabled" },
	{ FM_FACT_STATE, "khugepaged_defrag", THP "khugepaged/defrag" },
	{ FM_FACT_STATE, "khugepaged_scan_sleep_ms",
	  THP "khugepaged/scan_sleep_millisecs" },
	{ FM_FACT_STATE, "ksm_run", KSM "run" },
	{ FM_FACT_STATE, "hugetlb_pages", "/proc/sys/vm/nr_hugepages" },
	{ FM_FACT_STATE, "overcommit_memory",
	  "/proc/sys/vm/overcommit_memory" },
	{ FM_FACT_STATE, "swappiness", "/proc/sys/vm/swappiness" },
	{ FM_FACT_STATE, "compaction_proactiveness",
	  "/proc/sys/vm/compaction_proactiveness" },
	{ FM_FACT_STATE, "numa_balancing", "/proc/sys/kernel/numa_balancing" },
	{ FM_FACT_STATE, "randomize_va_space",
	  "/proc/sys/kernel/randomize_va_space" },
	{ FM_FACT_NOTE, "perf_event_paranoid",
	  "/proc/sys/kernel/perf_event_paranoid" },
	{ FM_FACT_NOTE, "unprivileged_userfaultfd",
	  "/proc/sys/vm/unprivileged_userfaultfd" },
	{ FM_FACT_NOTE, "io_uring_disabled",
	  "/proc/sys/kernel/io_uring_disabled" },
	{ FM_FACT_NOTE, "kptr_restrict", "/proc/sys/kernel/kptr_restrict" },
};

const struct fm_machine_tunable fm_machine_tunables[] = {
	{ "thp", "thp_enabled" },
	{ "thp_defrag", "thp_defrag" },
	{ "thp_shmem", "thp_shmem_enabled" },
	{ "thp_zero_page", "thp_use_zero_page" },
	{ "khugepaged_defrag", "khugepaged_defrag" },
	{ "ksm", "ksm_run" },
	{ "numa_balancing", "numa_balancing" },
	{ "overcommit_memory", "overcommit_memory" },
	{ "randomize_va_space", "randomize_va_space" },
	{ 0 },
};

const char *fm_machine_tunable_path(const struct fm_machine_tunable *tunable)
{
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		if (!strcmp(files[i].key, tunable->key))
			return files[i].path;
	return ""; /* a file that nobody has; tests/tunable.c */
}

static const struct {
	enum fm_fact_role role;
	const char *key, *line;
} cpuinfo[] = {
	{ FM_FACT_HOST, "cpu_model", "model name" },
	{ FM_FACT_HOST, "cpu_vendor", "vendor_id" },
	{ FM_FACT_HOST, "cpu_family", "cpu family" },
	{ FM_FACT_HOST, "cpu_model_number", "model\t" },
	{ FM_FACT_HOST, "cpu_stepping", "stepping" },
	{ FM_FACT_HOST, "cpu_implementer", "CPU implementer" },
	{ FM_FACT_HOST, "cpu_part", "CPU part" },
	{ FM_FACT_STATE, "microcode", "microcode" },
};

static void add_cpu(struct fm_facts *facts)
{
	static char text[65536];
	ssize_t n = fm_file_read("/proc/cpuinfo", text, sizeof(text));

	for (size_t i = 0; i < sizeof(cpuinfo) / sizeof(*cpuinfo); i++) {
		char *at = n > 0 ? strstr(text, cpuinfo[i].line) : NULL;
		char *value = at ? strchr(at, ':') : NULL;
		char line[256];

		if (!value) {
			fm_fact_unknown(facts, cpuinfo[i].role, cpuinfo[i].key,
					"no such line", "/proc/cpuinfo");
			continue;
		}
		value += strspn(value, ": \t");
		snprintf(line, sizeof(line), "%.*s", (int)strcspn(value, "\n"),
			 value);
		fm_fact_text(facts, cpuinfo[i].role, cpuinfo[i].key, line,
			     "/proc/cpuinfo");
	}
	fm_fact_text(facts, FM_FACT_HOST, "virtual_machine",
		     n > 0 && strstr(text, " hypervisor") ? "yes" :
		     n > 0 && strstr(text, "flags")	  ? "no" :
							    "unknown",
		     "/proc/cpuinfo, flag hypervisor");
}

/* One fact a matching file; its key ends in what is between before and after.
 */
static void add_each(struct fm_facts *facts, const char *prefix,
		     const char *pattern, const char *before, const char *after)
{
	glob_t found = { 0 };

	if (glob(pattern, 0, NULL, &found) == 0)
		for (size_t i = 0; i < found.gl_pathc; i++) {
			const char *name = strstr(found.gl_pathv[i], before);
			char text[512], key[64];
			ssize_t n = fm_file_read(found.gl_pathv[i], text,
						 sizeof(text));
			const char *end;

			name = name ? name + strlen(before) : "";
			end = *after ? strstr(name, after) : NULL;
			snprintf(key, sizeof(key), "%s%.*s", prefix,
				 end ? (int)(end - name) : 40, name);
			if (n < 0)
				fm_fact_unknown(facts, FM_FACT_STATE, key,
						strerror((int)-n), pattern);
			else
				fm_fact_text(facts, FM_FACT_STATE, key, text,
					     pattern);
		}
	globfree(&found);
}

/*
 * DAMON samples pages by clearing their accessed bits. A write fault that it
 * races with is taken twice, which shows as samples marked extra:1.
 */
static void add_damon(struct fm_facts *facts)
{
	static const char states[] =
		"/sys/kernel/mm/damon/admin/kdamonds/*/state";
	uint64_t on = 0;
	glob_t found = { 0 };
	int hidden = 0;
	DIR *dir = opendir("/sys/kernel/mm/damon/admin/kdamonds");

	if (!dir) {
		fm_fact_unknown(facts, FM_FACT_STATE, "damon_running",
				strerror(errno), states);
		return;
	}
	closedir(dir);
	if (glob(states, 0, NULL, &found) == 0)
		for (size_t i = 0; i < found.gl_pathc; i++) {
			char text[16];
			ssize_t n = fm_file_read(found.gl_pathv[i], text,
						 sizeof(text));

			hidden = n < 0 ? (int)-n : hidden;
			on += n > 0 && !strcmp(text, "on");
		}
	globfree(&found);
	if (hidden) /* from ordinary users; it may well be running */
		fm_fact_unknown(facts, FM_FACT_STATE, "damon_running",
				strerror(hidden), states);
	else
		fm_fact_number(facts, FM_FACT_STATE, "damon_running", on,
			       states);
}

/* The id itself is confidential (machine-id(5)); its digest says which host. */
static void add_machine_id(struct fm_facts *facts)
{
	static const char path[] = "/etc/machine-id";
	static struct fm_facts alone;
	char digits[17];

	alone.n = 0;
	fm_fact_file(&alone, FM_FACT_HOST, "forkmeter", path);
	fm_fact_digest(&alone, FM_FACT_HOST, digits);
	if (alone.fact[0].value)
		fm_fact_text(facts, FM_FACT_HOST, "machine_id_digest", digits,
			     "FNV-1a of /etc/machine-id");
	else
		fm_fact_unknown(facts, FM_FACT_HOST, "machine_id_digest",
				alone.fact[0].why, path);
	fm_fact_free(&alone);
}

/*
 * Each filter is run at every system call, and a child is given all of them, so
 * they make a process dearer, too. Containers and hardened services have some.
 * Kernels before 5.9 tell only whether there are any.
 */
static void add_seccomp(struct fm_facts *facts)
{
	static const char key[] = "seccomp_filters";
	static const char source[] = "/proc/self/status";
	char text[8192];
	ssize_t n = fm_file_read(source, text, sizeof(text));
	const char *mode = n > 0 ? strstr(text, "\nSeccomp:\t") : NULL;
	const char *filters =
		n > 0 ? strstr(text, "\nSeccomp_filters:\t") : NULL;

	if (filters)
		fm_fact_number(facts, FM_FACT_STATE, key,
			       strtoull(strchr(filters, '\t'), NULL, 10),
			       source);
	else if (mode && !strncmp(strchr(mode, '\t'), "\t0\n", 3))
		fm_fact_number(facts, FM_FACT_STATE, key, 0, source);
	else
		fm_fact_unknown(facts, FM_FACT_STATE, key,
				n < 0 ? strerror((int)-n) :
				mode  ? "this kernel does not count them" :
					"this kernel has none",
				source);
}

/* Times under an emulator are its own: bench/compare_across.c. */
static void add_emulator(struct fm_facts *facts)
{
	const char *source;
	char text[256];

	if (*fm_emulator_here(text, sizeof(text), &source))
		fm_fact_text(facts, FM_FACT_STATE, "emulator", text, source);
	else
		fm_fact_unknown(facts, FM_FACT_STATE, "emulator",
				"nothing names one", source);
}

/* An empty list of processors is empty, or "(null)", by kernel. */
static void add_files(struct fm_facts *facts)
{
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		struct fm_fact *fact = &facts->fact[facts->n];

		fm_fact_file(facts, files[i].role, files[i].key, files[i].path);
		if (fact->value && !strcmp(fact->value, "(null)"))
			*fact->value = '\0';
	}
}

void fm_machine_files(struct fm_facts *facts)
{
	add_machine_id(facts);
	add_files(facts);
	add_cpu(facts);
	add_emulator(facts);
	add_each(facts, "mthp_", THP "hugepages-*/enabled", "hugepages-",
		 "/enabled");
	add_each(facts, "vulnerability_", CPU "vulnerabilities/*",
		 "vulnerabilities/", "");
	add_damon(facts);
	add_seccomp(facts);
}
