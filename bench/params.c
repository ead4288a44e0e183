/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parameters of a point: their values, defaults and how they are told. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "params.h"

struct fm_params fm_params_of(const struct fm_plan_row *row)
{
	const struct fm_workload *w = fm_workload_find(row->workload);
	const struct fm_backing *b = fm_backing_find(row->backing);

	return (struct fm_params){ { w ? w->params : NULL,
				     b ? b->params : NULL } };
}

const struct fm_param *fm_params_at(const struct fm_params *params, size_t i)
{
	for (int list = 0; list < 2; list++)
		for (const struct fm_param *p = params->of[list]; p && p->name;
		     p++)
			if (!i--)
				return p;
	return NULL;
}

const struct fm_param *fm_params_find(const struct fm_params *params,
				      const char *name)
{
	size_t n = strcspn(name, "=");
	const struct fm_param *p;

	for (size_t i = 0; (p = fm_params_at(params, i)); i++)
		if (strlen(p->name) == n && !strncmp(p->name, name, n))
			return p;
	return NULL;
}

const char *fm_param_range(const struct fm_param *p, char *buf, size_t size)
{
	if (p->most)
		snprintf(buf, size, "a number from %llu to %llu (default: %s)",
			 (unsigned long long)p->least,
			 (unsigned long long)p->most, p->values);
	else
		snprintf(buf, size, "%s", p->values);
	return buf;
}

static int cut_numbers(struct fm_names *values, const struct fm_param *p,
		       const char *list, struct fm_why *why)
{
	char *rest = values->text, *text, range[128];

	values->n = 0;
	if (strlen(list) >= sizeof(values->text))
		return fm_fail(why, EINVAL, "%s: the list is too long",
			       p->name);
	snprintf(values->text, sizeof(values->text), "%s", list);
	while ((text = strsep(&rest, ","))) {
		char *end;
		uint64_t n = strtoull(text, &end, 10);

		if (values->n == FM_NAMES_MAX)
			return fm_fail(why, EINVAL, "%s: at most %d values",
				       p->name, FM_NAMES_MAX);
		if (*text < '0' || *text > '9' || *end || n < p->least ||
		    n > p->most || (*text == '0' && text[1]))
			return fm_fail(why, EINVAL, "%s=%s: want %s", p->name,
				       text,
				       fm_param_range(p, range, sizeof(range)));
		values->name[values->n++] = text;
	}
	return 0;
}

int fm_param_values(struct fm_names *values, const struct fm_param *p,
		    const char *list, struct fm_why *why)
{
	char first[64];

	snprintf(first, sizeof(first), "%.*s", (int)strcspn(p->values, ","),
		 p->values);
	if (!list)
		list = first;
	return p->most ? cut_numbers(values, p, list, why) :
			 fm_names_cut(values, p->name, list, p->values, why);
}

static const char *value_of(const struct fm_plan_row *row,
			    const struct fm_param *p, char *buf)
{
	return fm_row_text(fm_table_column(&fm_plan_table, p->name), row, buf);
}

void fm_params_tell(struct fm_plan_row *row)
{
	struct fm_params params = fm_params_of(row);
	char value[FM_WHY_MAX], with[FM_WHY_MAX + 64];
	const struct fm_param *p;

	row->parameters[0] = '\0';
	for (size_t i = 0; (p = fm_params_at(&params, i)); i++) {
		size_t n = strcspn(p->values, ",");

		value_of(row, p, value);
		if (strlen(value) == n && !strncmp(value, p->values, n))
			continue;
		snprintf(with, sizeof(with), "%s=%s", p->name, value);
		fm_names_append(row->parameters, sizeof(row->parameters), with);
	}
}

const char *fm_params_refusal(const struct fm_plan_row *row, struct fm_why *why)
{
	struct fm_params params = fm_params_of(row);
	char value[FM_WHY_MAX];
	const struct fm_param *p;

	for (size_t i = 0; (p = fm_params_at(&params, i)); i++)
		if (p->offer && p->offer(value_of(row, p, value), why))
			return why->text;
	return NULL;
}
