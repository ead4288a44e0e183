/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the driver asks of a worker: KEY=VALUE arguments. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "worker.h"

/* Those that are one number. Returns 1 where key is one of them. */
static int take_number(struct fm_worker_request *request, const char *key,
		       const char *value)
{
	const struct {
		const char *key;
		uint64_t *value;
	} numbers[] = {
		{ "driver", &request->driver },
		{ "samples_min", &request->samples_min },
		{ "samples_max", &request->samples_max },
		{ "time_ns", &request->time_ns },
		{ "slow_strategy_ns", &request->slow_strategy_ns },
		{ "slow_workload_ns", &request->slow_workload_ns },
		{ "intervals", &request->intervals },
		{ "node", &request->node },
		{ "node_asked", &request->node_asked },
	};

	for (size_t k = 0; k < sizeof(numbers) / sizeof(*numbers); k++)
		if (!strcmp(key, numbers[k].key)) {
			*numbers[k].value = strtoull(value, NULL, 10);
			return 1;
		}
	return 0;
}

static int take_scope(struct fm_counting *counting, const char *name)
{
	for (int i = 0; fm_count_scopes[i]; i++)
		if (!strcmp(name, fm_count_scopes[i])) {
			counting->scope = (enum fm_count_scope)i;
			return 0;
		}
	return -EINVAL;
}

static int take(struct fm_worker_request *request, const char *key,
		const char *value)
{
	const struct fm_column *column;

	if (take_number(request, key, value))
		return 0;
	if (!strcmp(key, "count"))
		return take_scope(&request->counting, value);
	if (!strcmp(key, "event"))
		return fm_counting_parse(&request->counting, value);
	if (!strcmp(key, "libexec"))
		request->libexec = value;
	if (!strcmp(key, "cpus"))
		request->cpus = value;
	column = fm_table_column(&fm_plan_table, key);
	return column ? fm_row_set(column, &request->point, value) : 0;
}

int fm_worker_parse(int argc, char **argv, struct fm_worker_request *request)
{
	int err = 0;

	fm_row_clear(&fm_plan_table, &request->point);
	request->node = FM_ABSENT;
	for (int i = 1; i < argc && !err; i++) {
		char *value = strchr(argv[i], '=');

		if (!value)
			return -EINVAL;
		*value++ = '\0';
		err = take(request, argv[i], value);
	}
	return err ? err : request->samples_max ? 0 : -EINVAL;
}
