/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What libpfm4 knows: events of processors, by their manuals' names. */
#include "config.h"

#include <errno.h>
#include <stdio.h>

#include "event.h"

#ifdef HAVE_LIBPFM4
#include <perfmon/pfmlib_perf_event.h>

static int is_ready(void)
{
	static int state; /* 0: not yet, 1: ready, -1: it cannot */

	if (!state)
		state = pfm_initialize() == PFM_SUCCESS ? 1 : -1;
	return state > 0;
}

int fm_event_find_pfm(const char *name, struct fm_counter *counter)
{
	struct perf_event_attr attr = { .size = sizeof(attr) };
	pfm_perf_encode_arg_t arg = { .attr = &attr, .size = sizeof(arg) };

	if (!is_ready() ||
	    pfm_get_os_event_encoding(name, PFM_PLM0 | PFM_PLM3,
				      PFM_OS_PERF_EVENT, &arg) != PFM_SUCCESS)
		return -ENOENT;
	*counter = (struct fm_counter){
		.type = attr.type,
		.config = attr.config,
		.config1 = attr.config1,
		.config2 = attr.config2,
		.exclude = (attr.exclude_user ? FM_NOT_USER : 0) |
			   (attr.exclude_kernel ? FM_NOT_KERNEL : 0) |
			   FM_NOT_HYPERVISOR,
	};
	return 0;
}

/* An event that is none without a unit mask, with each that makes it one. */
static int names_of_masks(const pfm_pmu_info_t *pmu,
			  const pfm_event_info_t *event, fm_event_name_fn *fn,
			  void *ctx)
{
	struct fm_counter counter;
	int err = 0;

	for (int i = 0; i < event->nattrs && !err; i++) {
		pfm_event_attr_info_t mask = { .size = sizeof(mask) };
		char name[256];

		if (pfm_get_event_attr_info(event->idx, i, PFM_OS_PERF_EVENT,
					    &mask) != PFM_SUCCESS ||
		    mask.type != PFM_ATTR_UMASK)
			continue;
		snprintf(name, sizeof(name), "%s::%s:%s", pmu->name,
			 event->name, mask.name);
		if (!fm_event_find_pfm(name, &counter))
			err = fn(name, ctx);
	}
	return err;
}

/* The kernel's own are named without it. */
static int names_of(const pfm_pmu_info_t *pmu, fm_event_name_fn *fn, void *ctx)
{
	struct fm_counter counter;
	int err = 0;

	for (int i = pmu->first_event; i >= 0 && !err;
	     i = pfm_get_event_next(i)) {
		pfm_event_info_t event = { .size = sizeof(event) };
		char name[256];

		if (pfm_get_event_info(i, PFM_OS_PERF_EVENT, &event) !=
		    PFM_SUCCESS)
			continue;
		snprintf(name, sizeof(name), "%s::%s", pmu->name, event.name);
		err = fm_event_find_pfm(name, &counter) ?
			      names_of_masks(pmu, &event, fn, ctx) :
			      fn(name, ctx);
	}
	return err;
}

int fm_event_names_pfm(fm_event_name_fn *fn, void *ctx)
{
	int err = 0;

	for (int i = 0; is_ready() && i < PFM_PMU_MAX && !err; i++) {
		pfm_pmu_info_t pmu = { .size = sizeof(pmu) };

		if (pfm_get_pmu_info((pfm_pmu_t)i, &pmu) == PFM_SUCCESS &&
		    pmu.is_present && i != PFM_PMU_PERF_EVENT &&
		    i != PFM_PMU_PERF_EVENT_RAW)
			err = names_of(&pmu, fn, ctx);
	}
	return err;
}
#else
int fm_event_find_pfm(const char *name, struct fm_counter *counter)
{
	(void)name;
	(void)counter;
	return -ENOENT;
}

int fm_event_names_pfm(fm_event_name_fn *fn, void *ctx)
{
	(void)fn;
	(void)ctx;
	return 0;
}
#endif
