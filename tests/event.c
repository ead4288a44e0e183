/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events of a run: as many as may be asked for, each with columns of its own.
 */
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "counted.h"
#include "counted_groups.h"
#include "file.h"
#include "test.h"

static struct fm_sample_columns columns;
static uint64_t last;

static int keep_last(const void *row, void *ctx)
{
	const struct fm_counted_sample *sample = row;

	(void)ctx;
	last = sample->count[FM_COUNTS_MAX - 1];
	return 0;
}

/* Each event is four columns: self, child, process, cpu. */
static void widest_table(void)
{
	static struct fm_counted_sample row;
	char dir[] = "/tmp/forkmeter-event-XXXXXX", path[64];
	struct fm_event_row event = { .status = "counts" };
	struct fm_why why = { "" };
	FILE *f;

	CHECK(FM_COUNTS_MAX >= 4 * FM_EVENTS_MAX);
	fm_sample_columns_begin(&columns);
	for (int i = 0; i < FM_COUNTS_MAX; i++) {
		snprintf(event.metric, sizeof(event.metric), "e%d", i);
		CHECK(!fm_sample_columns_add(&columns, &event));
		row.count[i] = (uint64_t)i;
	}
	CHECK(fm_sample_columns_add(&columns, &event));
	CHECK(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/%s.tsv", dir, columns.table.name);
	f = fopen(path, "w");
	fm_table_write_header(&columns.table, f);
	fm_table_write(&columns.table, f, &row);
	fclose(f);
	CHECK(!fm_table_read(&columns.table, dir, keep_last, NULL, &why));
	CHECK(last == FM_COUNTS_MAX - 1);
	unlink(path);
	rmdir(dir);
}

/* Names that differ in their last character alone have columns that do. */
static void longest_names(void)
{
	struct fm_counted *c = calloc(1, sizeof(*c));
	struct fm_why why;

	for (; c->events < 2; c->events++) {
		struct fm_event *e = &c->event[c->events];

		memset(e->name, 'a', FM_EVENT_NAME - 1);
		e->name[FM_EVENT_NAME - 2] = "xy"[c->events];
		e->status = FM_EVENT_UNSUPPORTED;
	}
	CHECK(!fm_counted_group(c, 0, &why));
	CHECK(c->rows == 8);
	for (size_t i = 0; i < c->rows; i++) {
		const struct fm_event_row *row = &c->row[i];
		const char *dot = strchr(row->metric, '.');

		CHECK(!strcmp(dot ? dot + 1 : row->metric, row->event));
		for (size_t k = 0; k < i; k++)
			CHECK(strcmp(row->metric, c->row[k].metric));
	}
	free(c);
}

/* A PMU that leaves no mode out: counted as a whole, or refused as such. */
static void no_exclusion(void)
{
	struct fm_event whole, e;
	struct fm_why why;
	char type[16], name[32];

	if (fm_file_read("/sys/bus/event_source/devices/msr/type", type,
			 sizeof(type)) < 0) {
		puts("skip a PMU without modes: no msr in event_source");
		return;
	}
	snprintf(name, sizeof(name), "%s/0:ukh", type);
	CHECK(!fm_event_find(name, &whole, &why));
	fm_event_try(&whole);
	if (whole.status != FM_EVENT_COUNTS) {
		printf("skip a PMU without modes: %s\n", whole.why.text);
		return;
	}
	snprintf(name, sizeof(name), "%s/0", type);
	CHECK(!fm_event_find(name, &e, &why));
	fm_event_try(&e);
	CHECK(e.status == FM_EVENT_COUNTS && e.counter.exclude == 0);
	snprintf(name, sizeof(name), "%s/0:u", type);
	CHECK(!fm_event_find(name, &e, &why));
	fm_event_try(&e);
	CHECK(e.status == FM_EVENT_UNSUPPORTED &&
	      strstr(e.why.text, "leave :u and :k out"));
}

/* What opens need not count: nothing is a value of software's events alone. */
static void judged(void)
{
	const struct fm_counts some = { { 7 }, .enabled = 9, .running = 9 };
	const struct fm_counts none = { .enabled = 9, .running = 9 };
	const struct fm_counts part = { { 7 }, .enabled = 9, .running = 5 };
	const struct fm_counts never = { .enabled = 9 };
	struct fm_event hardware, software;
	struct fm_why why;

	CHECK(!fm_event_find("instructions", &hardware, &why));
	CHECK(!fm_event_find("major-faults", &software, &why));
	fm_event_judge(&hardware, &none);
	CHECK(hardware.status == FM_EVENT_UNSUPPORTED &&
	      strstr(hardware.why.text, "counted nothing"));
	fm_event_judge(&hardware, &part);
	CHECK(hardware.status == FM_EVENT_UNSUPPORTED &&
	      strstr(hardware.why.text, "5 of 9 ns"));
	fm_event_judge(&hardware, &never);
	CHECK(hardware.status == FM_EVENT_UNSUPPORTED &&
	      strstr(hardware.why.text, "0 of 9 ns"));
	fm_event_judge(&hardware, &some);
	CHECK(hardware.status == FM_EVENT_COUNTS && hardware.tried == 7 &&
	      !*hardware.why.text);
	fm_event_judge(&software, &none);
	CHECK(software.status == FM_EVENT_COUNTS && !*software.why.text);
}

/* In a process that sees none of the kernel's settings. */
static _Noreturn void try_unbuilt(void)
{
	struct fm_event e = { .status = FM_EVENT_UNTRIED };

	if (unshare(CLONE_NEWNS) ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount("none", "/proc/sys/kernel", "tmpfs", 0, NULL))
		_exit(77);
	fm_event_refused(&e, -ENOSYS);
	_exit(e.status == FM_EVENT_UNSUPPORTED &&
			      strstr(e.why.text, "CONFIG_PERF_EVENTS") ?
		      0 :
		      1);
}

static void unbuilt(void)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0)
		try_unbuilt();
	CHECK(waitpid(pid, &status, 0) == pid);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
		puts("skip a kernel without perf: /proc cannot be covered");
	else
		CHECK(status == 0);
}

static int masks;

static int check_name(const char *name, void *ctx)
{
	struct fm_counter counter;

	(void)ctx;
	CHECK(!fm_event_find_pfm(name, &counter));
	masks += !strncmp(name, "skl::MEM_LOAD_RETIRED:", 22);
	return 0;
}

/* What libpfm4 lists can be asked for: with a unit mask, where it must be. */
static void pfm_names(void)
{
	struct fm_counter counter;
	struct fm_event event;
	struct fm_why why;
	const char *at;

	setenv("LIBPFM_FORCE_PMU", "skl", 1);
	if (fm_event_find_pfm("skl::MEM_LOAD_RETIRED:L1_HIT", &counter)) {
		puts("skip names of libpfm4: it has no skl, or is not there");
		return;
	}
	CHECK(!fm_event_names_pfm(check_name, NULL));
	CHECK(masks > 1);
	/* What is too long is told with what is not. */
	CHECK(fm_event_find("skl::DTLB_STORE_MISSES:WALK_COMPLETED_4K:u",
			    &event, &why) == -EINVAL);
	CHECK(strstr(why.text, "; type DTLB_STORE_MISSES:WALK_COMPLETED_4K:u"));
	CHECK(fm_event_find("skl::OFFCORE_REQUESTS_OUTSTANDING:"
			    "DEMAND_DATA_RD_GE_6:k",
			    &event, &why) == -EINVAL);
	at = strstr(why.text, "by number it is ");
	CHECK(at && !fm_event_find(at + 16, &event, &why));
	CHECK(event.counter.exclude == (FM_NOT_USER | FM_NOT_HYPERVISOR));
}

int main(void)
{
	pfm_names(); /* first, for libpfm4 looks once which PMUs there are */
	unbuilt();
	judged();
	no_exclusion();
	longest_names();
	widest_table();
	return test_end();
}
