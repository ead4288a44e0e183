/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the numbers depend on: machine.json. */
#include "config.h"

#include <errno.h>
#include <limits.h>
#include <linux/perf_event.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#ifdef HAVE_GNU_LIBC_VERSION_H
#include <gnu/libc-version.h>
#endif
#ifdef HAVE_LIBPFM4
#include <perfmon/pfmlib.h>
#endif

#include "file.h"
#include "json.h"
#include "machine.h"
#include "memory.h"
#include "pages.h"

#define THP "/sys/kernel/mm/transparent_hugepage/"
#define CPU0 "/sys/devices/system/cpu/cpu0/"

/* Members that are the first line of a file, as it stands. */
static const struct {
	const char *key, *path;
} files[] = {
	{ "boot_id", "/proc/sys/kernel/random/boot_id" },
	{ "kernel_command_line", "/proc/cmdline" },
	{ "load_average", "/proc/loadavg" },
	{ "clocksource",
	  "/sys/devices/system/clocksource/clocksource0/current_clocksource" },
	{ "governor", CPU0 "cpufreq/scaling_governor" },
	{ "smt", "/sys/devices/system/cpu/smt/control" },
	{ "isolated_cpus", "/sys/devices/system/cpu/isolated" },
	{ "thp_enabled", THP "enabled" },
	{ "thp_defrag", THP "defrag" },
	{ "thp_use_zero_page", THP "use_zero_page" },
	{ "khugepaged_defrag", THP "khugepaged/defrag" },
	{ "ksm_run", "/sys/kernel/mm/ksm/run" },
	{ "overcommit_memory", "/proc/sys/vm/overcommit_memory" },
	{ "swappiness", "/proc/sys/vm/swappiness" },
	{ "numa_balancing", "/proc/sys/kernel/numa_balancing" },
	{ "randomize_va_space", "/proc/sys/kernel/randomize_va_space" },
	{ "perf_event_paranoid", "/proc/sys/kernel/perf_event_paranoid" },
};

/* Members that are "key : value" lines of /proc/cpuinfo, by architecture. */
static const struct {
	const char *key, *line;
} cpuinfo[] = {
	{ "cpu_model", "model name" },	{ "cpu_vendor", "vendor_id" },
	{ "cpu_family", "cpu family" }, { "cpu_model_number", "model\t" },
	{ "cpu_stepping", "stepping" }, { "microcode", "microcode" },
};

static void add_files(struct fm_json *json)
{
	char text[4096];

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		ssize_t n = fm_file_read(files[i].path, text, sizeof(text));

		if (n < 0)
			fm_json_unknown(json, files[i].key, strerror((int)-n));
		else
			fm_json_text(json, files[i].key, text);
	}
}

static void add_cpu(struct fm_json *json)
{
	static char text[65536];
	ssize_t n = fm_file_read("/proc/cpuinfo", text, sizeof(text));

	for (size_t i = 0; i < sizeof(cpuinfo) / sizeof(*cpuinfo); i++) {
		char *at = n > 0 ? strstr(text, cpuinfo[i].line) : NULL;
		char *value = at ? strchr(at, ':') : NULL;
		char line[256];

		if (!value) {
			fm_json_unknown(json, cpuinfo[i].key,
					"no such line in /proc/cpuinfo");
			continue;
		}
		value += strspn(value, ": \t");
		snprintf(line, sizeof(line), "%.*s", (int)strcspn(value, "\n"),
			 value);
		fm_json_text(json, cpuinfo[i].key, line);
	}
	fm_json_text(json, "virtual_machine",
		     n > 0 && strstr(text, " hypervisor") ? "yes"
		     : n > 0 && strstr(text, "flags")	  ? "no"
							  : "unknown");
}

static void add_mitigations(struct fm_json *json)
{
	static const char *const names[] = { "meltdown", "spectre_v1",
					     "spectre_v2", "spec_store_bypass",
					     "retbleed" };
	char path[128], key[64], text[256];

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		ssize_t n;

		snprintf(path, sizeof(path),
			 "/sys/devices/system/cpu/vulnerabilities/%s",
			 names[i]);
		snprintf(key, sizeof(key), "vulnerability_%s", names[i]);
		n = fm_file_read(path, text, sizeof(text));
		if (n < 0)
			fm_json_unknown(json, key, strerror((int)-n));
		else
			fm_json_text(json, key, text);
	}
}

/*
 * DAMON samples pages by clearing their accessed bits. A write fault that it
 * races with is taken twice, which shows as samples marked extra:1.
 */
static void add_damon(struct fm_json *json)
{
	static const char dir[] = "/sys/kernel/mm/damon/admin/kdamonds";
	char path[128], text[64];
	uint64_t on = 0, n;

	snprintf(path, sizeof(path), "%s/nr_kdamonds", dir);
	if (fm_file_read(path, text, sizeof(text)) < 0) {
		fm_json_unknown(json, "damon_running", strerror(errno));
		return;
	}
	n = strtoull(text, NULL, 10);
	for (uint64_t i = 0; i < n; i++) {
		snprintf(path, sizeof(path), "%s/%u/state", dir, (unsigned)i);
		on += fm_file_read(path, text, sizeof(text)) > 0 &&
		      !strcmp(text, "on");
	}
	fm_json_number(json, "damon_running", on);
}

static void add_kernel(struct fm_json *json)
{
	struct utsname u;

	uname(&u);
	fm_json_text(json, "host", u.nodename);
	fm_json_text(json, "kernel", u.release);
	fm_json_text(json, "kernel_version", u.version);
	fm_json_text(json, "architecture", u.machine);
}

/* Memory accounting makes a process dearer, so where we run is recorded. */
static void add_cgroup(struct fm_json *json)
{
	char text[4096];
	ssize_t n = fm_file_read("/proc/self/cgroup", text, sizeof(text));
	char *memory;
	uint64_t depth = 0;

	if (n < 0) {
		fm_json_unknown(json, "cgroup", strerror((int)-n));
		return;
	}
	fm_json_text(json, "cgroup", text);
	memory = strstr(text, ":memory:");
	memory = memory ? memory + 8 : strstr(text, "0::");
	if (memory && !strncmp(memory, "0::", 3))
		memory += 3;
	for (const char *c = memory; c && *c && *c != '\n'; c++)
		depth += *c == '/' && c[1] && c[1] != '\n';
	if (memory)
		fm_json_number(json, "cgroup_memory_depth", depth);
	else
		fm_json_unknown(json, "cgroup_memory_depth",
				"no memory controller in /proc/self/cgroup");
}

static void add_counters(struct fm_json *json)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_HARDWARE,
		.size = sizeof(attr),
		.config = PERF_COUNT_HW_INSTRUCTIONS,
		.disabled = 1,
		.exclude_hv = 1,
	};
	long fd = syscall(SYS_perf_event_open, &attr, 0, -1, -1, 0);

	if (fd < 0)
		fm_json_unknown(json, "hardware_counters", strerror(errno));
	else
		fm_json_text(json, "hardware_counters", "instructions open");
	if (fd >= 0)
		close((int)fd);
#ifdef HAVE_LIBPFM4
	char names[1024] = "";
	size_t n = 0;

	if (pfm_initialize() == PFM_SUCCESS) {
		for (int i = 0; i < PFM_PMU_MAX && n < sizeof(names); i++) {
			pfm_pmu_info_t info = { .size = sizeof(info) };

			if (pfm_get_pmu_info((pfm_pmu_t)i, &info) ==
				    PFM_SUCCESS &&
			    info.is_present)
				n += (size_t)snprintf(names + n,
						      sizeof(names) - n, "%s%s",
						      n ? " " : "", info.name);
		}
		pfm_terminate();
	}
	/* What libpfm4 takes for present; whether it counts, opening tells. */
	fm_json_text(json, "pmus_by_libpfm4", names);
#else
	fm_json_unknown(json, "pmus_by_libpfm4", "built without libpfm4");
#endif
}

static void add_build(struct fm_json *json, const struct fm_machine_run *run)
{
	char libc[64];

#if defined(__GLIBC__)
	snprintf(libc, sizeof(libc), "glibc %d.%d", __GLIBC__, __GLIBC_MINOR__);
#else
	snprintf(libc, sizeof(libc), "not glibc");
#endif
	fm_json_text(json, "forkmeter", PACKAGE_VERSION);
	fm_json_text(json, "libc", libc);
#ifdef HAVE_GNU_LIBC_VERSION_H
	fm_json_text(json, "libc_of_driver", gnu_get_libc_version());
#endif
	fm_json_text(json, "compiler", __VERSION__);
	fm_json_text(json, "compiler_flags", FM_COMPILER_FLAGS);
	fm_json_text(json, "worker_linkage", run->worker_linkage);
}

static void add_run(struct fm_json *json, const struct fm_machine_run *run)
{
	char now[32];
	time_t t = time(NULL);
	struct tm tm;

	gmtime_r(&t, &tm);
	strftime(now, sizeof(now), "%Y-%m-%dT%H:%M:%SZ", &tm);
	fm_json_text(json, "started", now);
	fm_json_text(json, "command", run->command);
	fm_json_number(json, "seed", run->seed);
	fm_json_text(json, "clock", FM_CLOCK_NAME);
	fm_json_number(json, "clock_resolution_ns", run->clock.resolution_ns);
	fm_json_number(json, "clock_step_ns", run->clock.step_ns);
	fm_json_number(json, "clock_cost_ns", run->clock.cost_ns);
}

static void add_place(struct fm_json *json, const struct fm_place *place)
{
	fm_json_number(json, "cpus", (uint64_t)fm_place_cpus(place));
	fm_json_number(json, "cores", (uint64_t)fm_place_cores(place));
	fm_json_number(json, "packages", (uint64_t)fm_place_packages(place));
	fm_json_number(json, "numa_nodes", (uint64_t)fm_place_nodes(place));
	fm_json_number(json, "worker_cpu",
		       (uint64_t)fm_place_worker_cpu(place));
	fm_json_number(json, "driver_cpu",
		       (uint64_t)fm_place_driver_cpu(place));
	fm_json_number(json, "uid", (uint64_t)getuid());
	fm_json_number(json, "page_bytes", fm_pages_base());
	fm_json_number(json, "huge_page_bytes", fm_pages_huge());
	fm_json_number(json, "memory_bytes", fm_memory_total());
	fm_json_number(json, "memory_available_bytes", fm_memory_available());
}

int fm_machine_write(const char *dir, const struct fm_machine_run *run,
		     struct fm_why *why)
{
	char path[PATH_MAX];
	struct fm_json json;
	int err = 0;
	FILE *out;

	snprintf(path, sizeof(path), "%s/machine.json", dir);
	out = fopen(path, "we");
	if (!out)
		return fm_fail(why, errno, "%s: %s", path, strerror(errno));
	fm_json_open(&json, out);
	add_run(&json, run);
	add_kernel(&json);
	add_files(&json);
	add_cpu(&json);
	add_mitigations(&json);
	add_damon(&json);
	add_place(&json, run->place);
	add_cgroup(&json);
	add_counters(&json);
	add_build(&json, run);
	fm_json_close(&json);
	if (ferror(out))
		err = EIO;
	if (fclose(out))
		err = errno;
	return err ? fm_fail(why, err, "%s: %s", path, strerror(err)) : 0;
}
