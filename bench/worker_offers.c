/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this machine has, as the measured process finds it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "clock.h"
#include "worker.h"

static void offer(const char *kind, const char *name, int err,
		  const struct fm_why *why)
{
	printf("%s\t%s\t%s\t%s\n", kind, name, err ? "no" : "yes",
	       err ? why->text : "");
}

int fm_worker_offers(const char *target)
{
	struct fm_clock_facts clock;
	struct fm_why why;

	for (const struct fm_strategy_row *r = fm_strategies; r->name; r++)
		offer("strategy", r->name,
		      r->ops->offer ? r->ops->offer(&why) : 0, &why);
	for (const struct fm_backing_row *r = fm_backings; r->name; r++)
		offer("backing", r->name,
		      r->ops->offer ? r->ops->offer(&why) : 0, &why);
	for (const struct fm_child *c = fm_children; c->name; c++) {
		int err = 0;

		if (!strcmp(c->name, "exec") && access(target, X_OK) < 0)
			err = fm_fail(&why, errno,
				      "the target cannot be executed: %s: %s",
				      target, strerror(errno));
		offer("child", c->name, err, &why);
	}
	fm_clock_measure(&clock);
	printf("clock\tresolution_ns\tyes\t%llu\n"
	       "clock\tstep_ns\tyes\t%llu\n"
	       "clock\tcost_ns\tyes\t%llu\n",
	       (unsigned long long)clock.resolution_ns,
	       (unsigned long long)clock.step_ns,
	       (unsigned long long)clock.cost_ns);
	return fflush(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
