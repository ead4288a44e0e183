/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events by name. */
#include <dirent.h>
#include <errno.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "event.h"
#include "file.h"

const char *fm_event_status_name(enum fm_event_status status)
{
	static const char *const names[] = { "untried", "counts", "denied",
					     "unsupported" };

	return names[status];
}

/*
 * Cuts ":uk" off the name. Returns the exclude bits, or -ENOENT where what
 * follows the last colon are no modes, as in the name of a tracepoint.
 */
static int cut_modes(char *name)
{
	char *colon = strrchr(name, ':');
	const char *modes = colon ? colon + 1 : "";
	int is_modes = *modes && strspn(modes, "ukh") == strlen(modes);

	if (!is_modes)
		return colon ? -ENOENT : FM_NOT_HYPERVISOR;
	*colon = '\0';
	return (strchr(modes, 'u') ? 0 : FM_NOT_USER) |
	       (strchr(modes, 'k') ? 0 : FM_NOT_KERNEL) |
	       (strchr(modes, 'h') ? 0 : FM_NOT_HYPERVISOR);
}

static const char *const tracefs[] = { "/sys/kernel/tracing/events",
				       "/sys/kernel/debug/tracing/events" };

enum { TRACEFS = sizeof(tracefs) / sizeof(*tracefs) };

static int tracing_denied(struct fm_why *why)
{
	return fm_fail(why, EACCES,
		       "tracepoints are numbered in /sys/kernel/tracing, which "
		       "you may not read; run as root, or let a group of yours "
		       "read it, as root: mount -o "
		       "remount,mode=755,gid=GROUP /sys/kernel/tracing");
}

static int tracing_absent(struct fm_why *why)
{
	return fm_fail(why, ENODEV,
		       "tracepoints are named in /sys/kernel/tracing, which is "
		       "not mounted; as root: mount -t tracefs tracefs "
		       "/sys/kernel/tracing");
}

/* SYSTEM:NAME, by the file that holds its number. */
static int find_tracepoint(const char *name, struct fm_counter *counter,
			   struct fm_why *why)
{
	const char *colon = strchr(name, ':');
	char path[256], id[32];
	int denied = 0;

	if (!colon || colon[1] == ':' || strchr(name, '/') ||
	    strchr(colon + 1, ':') || *name == '.' || colon[1] == '.')
		return -ENOENT;
	for (int i = 0; i < TRACEFS; i++) {
		ssize_t n;

		snprintf(path, sizeof(path), "%s/%.*s/%s/id", tracefs[i],
			 (int)(colon - name), name, colon + 1);
		n = fm_file_read(path, id, sizeof(id));
		if (n >= 0) {
			counter->type = PERF_TYPE_TRACEPOINT;
			counter->config = strtoull(id, NULL, 10);
			return 0;
		}
		/* Where one is readable and lacks it, the other does too. */
		if (n == -EACCES || n == -EPERM)
			denied = 1;
		else if (!denied && access(tracefs[i], R_OK) == 0)
			return -ENOENT;
	}
	return denied ? tracing_denied(why) : tracing_absent(why);
}

/* "perf::CYCLES" is how libpfm4 calls the kernel's own. */
static const char *without_prefix(const char *name)
{
	return strncasecmp(name, "perf::", 6) ? name : name + 6;
}

/* "instructions:q": an event of the kernel's, and no mode behind it. */
static int has_wrong_mode(const char *name)
{
	struct fm_event bare;

	snprintf(bare.name, sizeof(bare.name), "%.*s", (int)strcspn(name, ":"),
		 name);
	return !fm_event_find_generic(bare.name, &bare);
}

static int is_same_counter(const struct fm_counter *a,
			   const struct fm_counter *b)
{
	return a->type == b->type && a->config == b->config &&
	       a->config1 == b->config1 && a->config2 == b->config2 &&
	       a->exclude == b->exclude;
}

/* With what to type instead, where libpfm4 knows it: less, or its number. */
static int too_long(const char *name, struct fm_why *why)
{
	const char *pmu = strstr(name, "::"), *modes = "";
	struct fm_counter counter, bare;
	char instead[128] = "";

	if (!fm_event_find_pfm(name, &counter)) {
		if (counter.exclude & (FM_NOT_USER | FM_NOT_KERNEL))
			modes = counter.exclude & FM_NOT_USER ? ":k" : ":u";
		if (pmu && strlen(pmu + 2) < FM_EVENT_NAME &&
		    !fm_event_find_pfm(pmu + 2, &bare) &&
		    is_same_counter(&counter, &bare))
			snprintf(instead, sizeof(instead), "; type %s",
				 pmu + 2);
		else if (!counter.config1 && !counter.config2)
			snprintf(instead, sizeof(instead),
				 "; by number it is %u/0x%llx%s", counter.type,
				 (unsigned long long)counter.config, modes);
	}
	return fm_fail(why, EINVAL,
		       "%.60s%s: the name of an event has at most %d "
		       "characters%s",
		       name, strlen(name) > 60 ? "..." : "", FM_EVENT_NAME - 1,
		       instead);
}

int fm_event_find(const char *typed, struct fm_event *event, struct fm_why *why)
{
	const char *name = without_prefix(typed);
	char bare[FM_EVENT_NAME];
	int exclude, err;

	*event = (struct fm_event){ .status = FM_EVENT_UNTRIED };
	*why->text = '\0';
	if (strlen(name) >= sizeof(bare))
		return too_long(name, why);
	strcpy(bare, name);
	exclude = cut_modes(bare);
	if (exclude >= 0) {
		event->counter.exclude = (unsigned int)exclude;
		strcpy(event->name, bare);
		err = fm_event_find_generic(bare, event);
		/* The kernel's own spelling, and the modes as they were typed.
		 */
		if (strlen(event->name) + strlen(name) - strlen(bare) >=
		    sizeof(event->name))
			return too_long(name, why);
		strcat(event->name, name + strlen(bare));
		if (!err)
			return 0;
	}
	strcpy(event->name, name);
	if (exclude < 0 && has_wrong_mode(name))
		return fm_fail(why, EINVAL,
			       "%s: behind the event's colon want modes: u, k, "
			       "h, or several",
			       typed);
	err = find_tracepoint(exclude >= 0 ? bare : name, &event->counter, why);
	/* A system's name may be a PMU's, too: the reason waits. */
	if (err && !fm_event_find_pfm(typed, &event->counter)) {
		*why->text = '\0';
		return 0;
	}
	if (err == -ENOENT)
		return fm_fail(why, ENOENT, "%s: no such event", typed);
	return err;
}

int fm_event_names(fm_event_name_fn *fn, void *ctx)
{
	int err = fm_event_names_generic(fn, ctx);

	return err ? err : fm_event_names_pfm(fn, ctx);
}

int fm_event_tracepoints(const char *system, fm_event_name_fn *fn, void *ctx)
{
	char path[256], name[256];
	struct dirent *entry;
	DIR *dir = NULL;
	int err = 0;

	for (int i = 0; i < TRACEFS && !dir; i++) {
		snprintf(path, sizeof(path), "%s/%s", tracefs[i], system);
		dir = opendir(path);
	}
	while (dir && !err && (entry = readdir(dir)))
		if (entry->d_type == DT_DIR && *entry->d_name != '.') {
			snprintf(name, sizeof(name), "%.64s:%.128s", system,
				 entry->d_name);
			err = fn(name, ctx);
		}
	if (dir)
		closedir(dir);
	return err;
}
