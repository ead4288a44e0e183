/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much memory there is, and how much can be had. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "memory.h"

static uint64_t meminfo(const char *key)
{
	char text[4096];
	uint64_t kib;

	if (fm_file_read("/proc/meminfo", text, sizeof(text)) < 0 ||
	    fm_file_number_after(text, key, &kib))
		return 0;
	return kib * 1024;
}

uint64_t fm_memory_total(void)
{
	return meminfo("MemTotal:");
}

/* In KiB; 0 where there is no such line. */
static uint64_t line_of_node(const char *text, int node, const char *name)
{
	char key[64];
	uint64_t kib;

	snprintf(key, sizeof(key), "Node %d %s:", node, name);
	return fm_file_number_after(text, key, &kib) ? 0 : kib;
}

uint64_t fm_memory_of_node(int node)
{
	char path[64], text[8192];

	snprintf(path, sizeof(path), "/sys/devices/system/node/node%d/meminfo",
		 node);
	if (fm_file_read(path, text, sizeof(text)) < 0)
		return 0;
	return 1024 * (line_of_node(text, node, "MemFree") +
		       (line_of_node(text, node, "Active(file)") +
			line_of_node(text, node, "Inactive(file)") +
			line_of_node(text, node, "SReclaimable")) /
			       2);
}

static uint64_t number_in(const char *dir, const char *file)
{
	char path[PATH_MAX + 64], text[64];

	snprintf(path, sizeof(path), "%s/%s", dir, file);
	if (fm_file_read(path, text, sizeof(text)) < 0 || text[0] < '0' ||
	    text[0] > '9')
		return UINT64_MAX; /* no such file, or "max" */
	return strtoull(text, NULL, 10);
}

/* What the cgroup is charged for but gives back when asked: file pages. */
static uint64_t cache_in(const char *dir)
{
	char path[PATH_MAX + 64], text[8192];
	uint64_t bytes = 0;

	snprintf(path, sizeof(path), "%s/memory.stat", dir);
	if (fm_file_read(path, text, sizeof(text)) < 0)
		return 0;
	if (fm_file_number_after(text, "total_inactive_file ", &bytes))
		fm_file_number_after(text, "inactive_file ", &bytes);
	return bytes;
}

/* The least room from the cgroup in dir up to its hierarchy's root. */
static uint64_t room_of_cgroup(const char *root, const char *path,
			       const char *limit, const char *usage)
{
	uint64_t room = UINT64_MAX;
	char dir[PATH_MAX];
	size_t end = strlen(root);

	snprintf(dir, sizeof(dir), "%s%s", root, path);
	while (strlen(dir) >= end) {
		uint64_t max = number_in(dir, limit);
		uint64_t charged = number_in(dir, usage);
		char *slash = strrchr(dir, '/');

		if (max != UINT64_MAX && charged != UINT64_MAX) {
			uint64_t used = charged - cache_in(dir);
			uint64_t left = max > used ? max - used : 0;

			room = left < room ? left : room;
		}
		if (!slash || slash == dir)
			break;
		*slash = '\0';
	}
	return room;
}

uint64_t fm_memory_available(void)
{
	uint64_t available = meminfo("MemAvailable:"), room = UINT64_MAX;
	char text[4096], *line, *save = NULL;

	if (fm_file_read("/proc/self/cgroup", text, sizeof(text)) < 0)
		return available;
	for (line = strtok_r(text, "\n", &save); line && room == UINT64_MAX;
	     line = strtok_r(NULL, "\n", &save)) {
		char *controllers = strchr(line, ':');
		char *path = controllers ? strchr(controllers + 1, ':') : NULL;

		if (!path)
			continue;
		*path++ = '\0';
		if (!strcmp(controllers + 1, "memory"))
			room = room_of_cgroup("/sys/fs/cgroup/memory", path,
					      "memory.limit_in_bytes",
					      "memory.usage_in_bytes");
		else if (!controllers[1])
			room = room_of_cgroup("/sys/fs/cgroup", path,
					      "memory.max", "memory.current");
	}
	return room < available ? room : available;
}
