/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Named sets of points. */
#include <string.h>

#include "profile.h"

static const struct fm_axes quick[] = {
	{ .workload = "spawn,start,wait",
	  .strategy = "fork,_Fork,vfork,clone_vm,posix_spawn",
	  .rss = "0" },
	{ .workload = "spawn",
	  .strategy = "fork,vfork,posix_spawn",
	  .backing = "anon,thp",
	  .rss = "16M,64M,256M,1G",
	  .child = "exec" },
	{ .workload = "cow",
	  .backing = "anon,thp",
	  .rss = "32M",
	  .set = { "writer=child,parent" } },
	{ .workload = "zero_fill,zero_read",
	  .backing = "anon,thp",
	  .rss = "32M" },
	{ 0 },
};

const struct fm_profile fm_profiles[] = {
	{ "quick",
	  "five strategies; fork, vfork, posix_spawn up to 1 GiB; every fault",
	  90 * 1000000000ull, 1000, quick },
	{ 0 },
};

const struct fm_profile *fm_profile_find(const char *name)
{
	for (const struct fm_profile *p = fm_profiles; p->name; p++)
		if (!strcmp(p->name, name))
			return p;
	return NULL;
}
