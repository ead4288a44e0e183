/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a point can be measured here, and if not, why. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "judge.h"
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

/* Does the strategy give the workload what it needs? 1: skipped. */
static int judge_strategy(struct fm_plan_row *row, const struct fm_workload *w)
{
	const struct fm_strategy *s = fm_strategy_find(row->strategy);

	if (!s)
		return 0;
	if ((w->needs & FM_NEEDS_COPY) && !(s->caps & FM_OWN_MEMORY))
		return skip(row, "%s makes no copy-on-write copy of memory",
			    row->strategy);
	if (!(s->caps & FM_RUNS_CODE) && !strcmp(row->child, "exit"))
		return skip(row, "%s can only exec: use --child exec",
			    row->strategy);
	return 0;
}

/* Does size fit the backing, and the machine? 1: skipped. */
static int judge_memory(const struct fm_plan *plan, struct fm_plan_row *row,
			const struct fm_workload *w)
{
	const struct fm_backing *b = fm_backing_find(row->backing);
	uint64_t unit = b && b->unit ? b->unit() : 0, need;
	char text[32];

	if ((!unit || !row->rss_bytes) && (w->needs & FM_NEEDS_MEMORY))
		return skip(row,
			    "%s needs memory: use --rss 64M or the like, "
			    "and a backing other than none",
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
	need = row->rss_bytes;
	if ((w->needs & FM_NEEDS_MEMORY) && (w->needs & FM_USES_MEMORY))
		need *= 2; /* the copies */
	need += need / 256 + (64u << 20);
	if (row->rss_bytes && plan->memory_available &&
	    need > plan->memory_available)
		return skip(row, "needs %.1f GiB of memory, %.1f are available",
			    (double)need / 0x1p30,
			    (double)plan->memory_available / 0x1p30);
	return 0;
}

void fm_judge(const struct fm_plan *plan, struct fm_plan_row *row)
{
	const struct fm_workload *w = fm_workload_find(row->workload);
	const struct {
		const char *kind, *name;
	} used[] = { { "strategy", row->strategy },
		     { "backing", row->backing },
		     { "child", row->child } };

	if (judge_strategy(row, w))
		return;
	for (size_t i = 0; i < sizeof(used) / sizeof(*used); i++) {
		const char *refusal = fm_offers_refusal(
			plan->offers, used[i].kind, used[i].name);

		if (refusal) {
			skip(row, "%s", refusal);
			return;
		}
	}
	if (!judge_memory(plan, row, w))
		strcpy(row->status, "measure");
}
