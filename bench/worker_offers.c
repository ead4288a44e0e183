/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this machine has, as the measured process finds it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "build.h"
#include "clock.h"
#include "reply.h"
#include "worker.h"

static void offer(const char *kind, const char *name, int err,
		  const struct fm_why *why)
{
	printf("%s\t%s\t%s\t%s\n", kind, name, err ? "no" : "yes",
	       err ? why->text : "");
}

static void offer_backing(const struct fm_backing_row *r)
{
	static struct fm_settings settings;
	struct fm_plan_row point;
	struct fm_why why;

	fm_row_clear(&fm_plan_table, &point);
	settings.n = 0;
	offer("backing", r->name,
	      r->ops->offer ? r->ops->offer(&point, &settings, &why) : 0, &why);
}

static void offer_children(const char *libexec)
{
	struct fm_why why;
	char path[4096];

	for (const struct fm_child *c = fm_children; c->name; c++) {
		int err = 0;

		snprintf(path, sizeof(path), "%s/%s", libexec,
			 c->program ? c->program : "");
		if (c->program && access(path, X_OK) < 0)
			err = fm_fail(&why, errno,
				      "the target cannot be executed: %s: %s",
				      path, strerror(errno));
		offer("child", c->name, err, &why);
	}
}

int fm_worker_offers(const char *libexec)
{
	static struct fm_settings settings;
	struct fm_clock_facts clock;
	struct fm_why why;

	for (const struct fm_strategy_row *r = fm_strategies; r->name; r++) {
		settings.n = 0;
		offer("strategy", r->name,
		      r->ops->offer ? r->ops->offer(&settings, &why) : 0, &why);
	}
	for (const struct fm_backing_row *r = fm_backings; r->name; r++)
		offer_backing(r);
	offer_children(libexec);
	fm_worker_policy();
	for (const struct fm_build *b = fm_builds; b->key; b++)
		printf("build\t%s\tyes\t%s\n", b->key, b->value);
	printf("build\treply_size\tyes\t%llu\n",
	       (unsigned long long)FM_REPLY_SIZE);
	fm_clock_measure(&clock);
	printf("clock\tresolution_ns\tyes\t%llu\n"
	       "clock\tstep_ns\tyes\t%llu\n"
	       "clock\tcost_ns\tyes\t%llu\n",
	       (unsigned long long)clock.resolution_ns,
	       (unsigned long long)clock.step_ns,
	       (unsigned long long)clock.cost_ns);
	return fflush(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
