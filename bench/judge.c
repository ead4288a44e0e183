/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a point can be measured here, and if not, why. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "judge.h"
#include "params.h"
#include "scenario.h"
#include "units.h"

static int skip(struct fm_plan_row *row, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static int skip(struct fm_plan_row *row, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(row->reason, sizeof(row->reason), fmt, ap);
	va_end(ap);
	strcpy(row->status, "skip");
	return 1;
}

static int judge_thread(struct fm_plan_row *row, const struct fm_workload *w)
{
	if (w->needs & FM_NEEDS_CODE)
		return skip(row, "a thread does nothing but return: use "
				 "another strategy");
	if (strcmp(row->child, "exit") && *row->child)
		return skip(row, "a thread does nothing but return: use "
				 "--child exit");
	return 0;
}

/* Does the strategy give the workload what it needs? 1: skipped. */
static int judge_strategy(struct fm_plan_row *row, const struct fm_workload *w)
{
	const struct fm_strategy *s = fm_strategy_find(row->strategy);
	const struct fm_child *c = fm_child_find(row->child);
	int execs = c && c->program;

	if (!s)
		return 0;
	if ((w->needs & FM_NEEDS_COPY) && !(s->caps & FM_OWN_MEMORY))
		return skip(row, "%s makes no copy-on-write copy of memory",
			    row->strategy);
	if (s->caps & FM_IS_THREAD)
		return judge_thread(row, w);
	if ((w->needs & FM_NEEDS_CODE) && !(s->caps & FM_RUNS_CODE))
		return skip(row, "%s runs no code of ours before the program's",
			    row->strategy);
	if ((w->needs & FM_NEEDS_EXEC) && !execs)
		return skip(row, "%s times a program's start: use --child exec",
			    row->workload);
	if (!(s->caps & FM_RUNS_CODE) && !execs)
		return skip(row, "%s can only exec: use --child exec",
			    row->strategy);
	if (fm_child_percent(row->child) >= 0 && !(s->caps & FM_OWN_MEMORY))
		return skip(row,
			    "a child of %s has no copy of the memory to "
			    "touch",
			    row->strategy);
	return 0;
}

/* Does the workload make sense with such memory? 1: skipped. */
static int judge_area(struct fm_plan_row *row, const struct fm_workload *w,
		      const struct fm_area *area)
{
	if (((w->needs & FM_WRITES_FRESH) && area->fill != FM_FILL_WRITE) ||
	    ((w->needs & FM_READS_FRESH) && area->fill != FM_FILL_WRITE &&
	     area->fill != FM_FILL_READ))
		return skip(row,
			    "%s brings its own fresh memory, which is no %s "
			    "yet: use write or cow",
			    row->workload, row->backing);
	if (fm_child_percent(row->child) > 0 &&
	    area->model.at_fork == FM_MODEL_DONTFORK)
		return skip(row,
			    "the child of a fork has no %s memory to touch",
			    row->backing);
	return 0;
}

/* How often the region can be there at once: what is written is copied. */
static uint64_t copies(const struct fm_plan_row *row,
		       const struct fm_workload *w)
{
	const struct fm_strategy *s = fm_strategy_find(row->strategy);
	int written =
		(w->needs & FM_NEEDS_MEMORY) && (w->needs & FM_USES_MEMORY);

	return written || fm_child_percent(row->child) > 0 ||
			       (s && s->caps & (FM_COPIES | FM_CHILD_COPIES)) ?
		       2 :
		       1;
}

/* Does size fit the backing, and the machine? 1: skipped. */
static int judge_memory(const struct fm_plan *plan, struct fm_plan_row *row,
			const struct fm_workload *w)
{
	const struct fm_backing *b = fm_backing_find(row->backing);
	struct fm_area area = fm_area_of(b, row);
	uint64_t unit = fm_area_unit_bytes(&area), need;
	char text[32];

	if ((!unit || !row->rss_bytes) &&
	    ((w->needs & FM_NEEDS_MEMORY) || fm_child_percent(row->child) >= 0))
		return skip(row,
			    "%s needs memory: use --rss 64M or the like, "
			    "and a backing other than none",
			    fm_child_percent(row->child) >= 0 ? row->child :
								row->workload);
	if (!unit && row->rss_bytes)
		return skip(row, "backing %s has no memory: use --rss 0",
			    row->backing);
	if (unit && !row->rss_bytes)
		return skip(row, "0 bytes of %s are backing none",
			    row->backing);
	if (unit && row->rss_bytes % unit)
		return skip(row, "the size must be a multiple of %s for %s",
			    fm_units_size_text(unit, text, sizeof(text)),
			    row->backing);
	if (judge_area(row, w, &area))
		return 1;
	need = row->rss_bytes * copies(row, w);
	need += need / 256 + (64u << 20);
	if (row->rss_bytes && plan->memory_available &&
	    need > plan->memory_available)
		return skip(row, "needs %.1f GiB of memory, %.1f are available",
			    (double)need / 0x1p30,
			    (double)plan->memory_available / 0x1p30);
	return 0;
}

/* Of this machine, for this point. 1: skipped. */
static int judge_offers(const struct fm_plan *plan, struct fm_plan_row *row,
			const struct fm_workload *w)
{
	const struct fm_backing *b = fm_backing_find(row->backing);
	const struct {
		const char *kind, *name;
	} used[] = { { "strategy", row->strategy }, { "child", row->child } };
	static struct fm_settings settings;
	struct fm_why why;

	for (size_t i = 0; i < sizeof(used) / sizeof(*used); i++) {
		const char *refusal = fm_offers_refusal(
			plan->offers, used[i].kind, used[i].name);

		if (refusal)
			return skip(row, "%s", refusal);
	}
	settings.n = 0;
	if ((b->offer && b->offer(row, &settings, &why)) ||
	    fm_tunables_conflict(plan->tunables, &settings, &why))
		return skip(row, "%s", why.text);
	if (w->offer && w->offer(row, &why))
		return skip(row, "%s", why.text);
	return fm_params_refusal(row, &why) ? skip(row, "%s", why.text) : 0;
}

int fm_judge(const struct fm_plan *plan, struct fm_plan_row *row)
{
	const struct fm_workload *w = fm_workload_find(row->workload);
	int err;

	if (judge_strategy(row, w) || judge_offers(plan, row, w) ||
	    judge_memory(plan, row, w))
		return 0;
	err = fm_scenario_predict(row, &plan->policy);
	if (err == -EFAULT)
		skip(row, "the child of a fork has no %s memory to write to",
		     row->backing);
	else if (err)
		return err;
	else
		strcpy(row->status, "measure");
	return 0;
}
