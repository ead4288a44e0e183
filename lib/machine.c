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

#include "build.h"
#include "file.h"
#include "machine.h"
#include "machine_files.h"
#include "machine_place.h"
#include "memory.h"
#include "pages.h"

static void add_kernel(struct fm_facts *facts, const char *host)
{
	struct utsname u;

	uname(&u);
	fm_fact_text(facts, FM_FACT_NOTE, "host", host ? host : u.nodename,
		     host ? "--host" : "uname(2)");
	fm_fact_text(facts, FM_FACT_STATE, "kernel", u.release, "uname(2)");
	fm_fact_text(facts, FM_FACT_STATE, "kernel_version", u.version,
		     "uname(2)");
	fm_fact_text(facts, FM_FACT_HOST, "architecture", u.machine,
		     "uname(2)");
}

/*
 * Memory accounting makes a process dearer, so how deep we are accounted for is
 * part of the state. The path itself changes from login to login.
 */
static void add_cgroup(struct fm_facts *facts)
{
	static const char source[] = "/proc/self/cgroup";
	char text[4096], *memory;
	ssize_t n = fm_file_read(source, text, sizeof(text));
	uint64_t depth = 0;

	if (n < 0) {
		fm_fact_unknown(facts, FM_FACT_NOTE, "cgroup",
				strerror((int)-n), source);
		return;
	}
	fm_fact_text(facts, FM_FACT_NOTE, "cgroup", text, source);
	memory = strstr(text, ":memory:");
	memory = memory ? memory + 8 : strstr(text, "0::");
	if (!memory) {
		fm_fact_unknown(facts, FM_FACT_STATE, "cgroup_memory_depth",
				"no memory controller", source);
		return;
	}
	memory += strncmp(memory, "0::", 3) ? 0 : 3;
	for (const char *c = memory; *c && *c != '\n'; c++)
		depth += *c == '/' && c[1] && c[1] != '\n';
	fm_fact_number(facts, FM_FACT_STATE, "cgroup_memory_depth", depth,
		       source);
}

#ifdef HAVE_LIBPFM4
/* What libpfm4 takes for present; whether it counts, only opening tells. */
static void add_pmus(struct fm_facts *facts)
{
	char names[1024] = "";
	size_t n = 0;

	if (pfm_initialize() != PFM_SUCCESS)
		return;
	for (int i = 0; i < PFM_PMU_MAX && n < sizeof(names); i++) {
		pfm_pmu_info_t info = { .size = sizeof(info) };

		if (pfm_get_pmu_info((pfm_pmu_t)i, &info) == PFM_SUCCESS &&
		    info.is_present)
			n += (size_t)snprintf(names + n, sizeof(names) - n,
					      "%s%s", n ? " " : "", info.name);
	}
	pfm_terminate();
	fm_fact_text(facts, FM_FACT_NOTE, "pmus_by_libpfm4", names, "libpfm4");
}
#else
static void add_pmus(struct fm_facts *facts)
{
	fm_fact_unknown(facts, FM_FACT_NOTE, "pmus_by_libpfm4",
			"built without libpfm4", "libpfm4");
}
#endif

static void add_counters(struct fm_facts *facts)
{
	static const char source[] = "perf_event_open(2), instructions";
	struct perf_event_attr attr = {
		.type = PERF_TYPE_HARDWARE,
		.size = sizeof(attr),
		.config = PERF_COUNT_HW_INSTRUCTIONS,
		.disabled = 1,
		.exclude_hv = 1,
	};
	long fd = syscall(SYS_perf_event_open, &attr, 0, -1, -1, 0);

	if (fd < 0)
		fm_fact_unknown(facts, FM_FACT_NOTE, "hardware_counters",
				strerror(errno), source);
	else
		fm_fact_text(facts, FM_FACT_NOTE, "hardware_counters",
			     "instructions open", source);
	if (fd >= 0)
		close((int)fd);
	add_pmus(facts);
}

/* Of the worker, as it told; of ourselves where no run is meant. */
static void add_build(struct fm_facts *facts, const struct fm_machine_run *run)
{
	for (const struct fm_build *b = fm_builds; b->key; b++) {
		const char *value = b->value;

		for (size_t i = 0; i < run->builds; i++)
			if (!strcmp(run->build[i].key, b->key))
				value = run->build[i].value;
		fm_fact_text(facts, FM_FACT_STATE, b->key, value, b->source);
	}
#ifdef HAVE_GNU_LIBC_VERSION_H
	fm_fact_text(facts, FM_FACT_NOTE, "libc_of_driver",
		     gnu_get_libc_version(), "gnu_get_libc_version(3)");
#endif
}

static void add_run(struct fm_facts *facts, const struct fm_machine_run *run)
{
	static const char source[] = "measured by forkmeter-worker";
	time_t t = time(NULL);
	char now[32];
	struct tm tm;

	gmtime_r(&t, &tm);
	strftime(now, sizeof(now), "%Y-%m-%dT%H:%M:%SZ", &tm);
	fm_fact_text(facts, FM_FACT_NOTE, "started", now, "time(2)");
	fm_fact_text(facts, FM_FACT_NOTE, "command", run->command,
		     "/proc/self/cmdline");
	fm_fact_text(facts, FM_FACT_NOTE, "worker", run->worker,
		     "the side's words, FORKMETER_LIBEXEC or beside forkmeter");
	fm_fact_text(facts, FM_FACT_NOTE, "settings", run->settings,
		     "--setting");
	if (run->sitting) {
		fm_fact_text(facts, FM_FACT_NOTE, "sitting", run->sitting,
			     "getrandom(2)");
		fm_fact_text(facts, FM_FACT_NOTE, "side", run->side,
			     "forkmeter");
		fm_fact_text(facts, FM_FACT_NOTE, "side_words", run->side_words,
			     "as typed");
	}
	fm_fact_number(facts, FM_FACT_NOTE, "seed", run->seed,
		       "--seed or getrandom(2)");
	if (run->precision > 0)
		fm_fact_real(facts, FM_FACT_NOTE, "precision", run->precision,
			     "--precision");
	else
		fm_fact_unknown(facts, FM_FACT_NOTE, "precision",
				"the run was not to end by it", "--precision");
	if (run->counted_times)
		fm_fact_text(facts, FM_FACT_STATE, "counted_times", "yes",
			     "--counted-times");
	else
		fm_fact_unknown(facts, FM_FACT_STATE, "counted_times",
				"times are of blocks that do not count",
				"--counted-times");
	if (run->inject && *run->inject)
		fm_fact_text(facts, FM_FACT_STATE, "inject", run->inject,
			     "--inject");
	else
		fm_fact_unknown(facts, FM_FACT_STATE, "inject",
				"nothing was slowed on purpose", "--inject");
	fm_fact_text(facts, FM_FACT_NOTE, "clock", FM_CLOCK_NAME, "forkmeter");
	fm_fact_number(facts, FM_FACT_NOTE, "clock_resolution_ns",
		       run->clock.resolution_ns, "clock_getres(2)");
	fm_fact_number(facts, FM_FACT_NOTE, "clock_step_ns", run->clock.step_ns,
		       source);
	fm_fact_number(facts, FM_FACT_NOTE, "clock_cost_ns", run->clock.cost_ns,
		       source);
	for (size_t i = 0; i < run->policies; i++)
		fm_fact_text(facts, FM_FACT_NOTE, run->policy[i].key,
			     run->policy[i].value,
			     "probed by forkmeter-worker");
}

static void add_sizes(struct fm_facts *facts)
{
	uint64_t total = fm_memory_total();

	fm_fact_number(facts, FM_FACT_NOTE, "uid", getuid(), "getuid(2)");
	fm_fact_number(facts, FM_FACT_HOST, "cpus_configured",
		       (uint64_t)sysconf(_SC_NPROCESSORS_CONF), "sysconf(3)");
	fm_fact_number(facts, FM_FACT_STATE, "page_bytes", fm_pages_base(),
		       "sysconf(3)");
	fm_fact_number(facts, FM_FACT_STATE, "huge_page_bytes", fm_pages_huge(),
		       "hpage_pmd_size");
	/* MemTotal differs a little from kernel to kernel. */
	fm_fact_number(facts, FM_FACT_HOST, "memory_gib",
		       (total + (1ull << 29)) >> 30, "/proc/meminfo");
	fm_fact_number(facts, FM_FACT_NOTE, "memory_bytes", total,
		       "/proc/meminfo");
	fm_fact_number(facts, FM_FACT_NOTE, "memory_available_bytes",
		       fm_memory_available(),
		       "/proc/meminfo and memory cgroup");
}

static void add_keys(struct fm_facts *facts, enum fm_fact_role role,
		     const char *name)
{
	char keys[4096] = "";
	size_t n = 0;

	for (size_t i = 0; i < facts->n && n < sizeof(keys); i++)
		if (facts->fact[i].role == role)
			n += (size_t)snprintf(keys + n, sizeof(keys) - n,
					      "%s%s", n ? " " : "",
					      facts->fact[i].key);
	fm_fact_text(facts, FM_FACT_NOTE, name, keys, "forkmeter");
}

/* host_id says which history a run belongs to, state what may be compared. */
static void add_identity(struct fm_facts *facts)
{
	char host[17], state[17];

	fm_fact_digest(facts, FM_FACT_HOST, host);
	fm_fact_digest(facts, FM_FACT_STATE, state);
	fm_fact_text(facts, FM_FACT_NOTE, "host_id", host,
		     "FNV-1a over the facts that host_keys names");
	fm_fact_text(facts, FM_FACT_NOTE, "state", state,
		     "FNV-1a over the facts that state_keys names");
	add_keys(facts, FM_FACT_HOST, "host_keys");
	add_keys(facts, FM_FACT_STATE, "state_keys");
}

void fm_machine_facts(struct fm_facts *facts, const struct fm_machine_run *run)
{
	facts->n = 0;
	if (run->command)
		add_run(facts, run);
	add_kernel(facts, run->host);
	fm_machine_files(facts);
	if (run->place)
		fm_machine_place(facts, run->place);
	add_sizes(facts);
	add_cgroup(facts);
	add_counters(facts);
	add_build(facts, run);
	add_identity(facts);
}

int fm_machine_write(const char *dir, const struct fm_machine_run *run,
		     struct fm_why *why)
{
	static struct fm_facts facts;
	char path[PATH_MAX];
	int err = 0;
	FILE *out;

	snprintf(path, sizeof(path), "%s/machine.json", dir);
	out = fopen(path, "we");
	if (!out)
		return fm_fail(why, errno, "%s: %s", path, strerror(errno));
	fm_machine_facts(&facts, run);
	fm_fact_write(&facts, out);
	fm_fact_free(&facts);
	if (ferror(out))
		err = EIO;
	if (fclose(out))
		err = errno;
	return err ? fm_fail(why, err, "%s: %s", path, strerror(err)) : 0;
}
