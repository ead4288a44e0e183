/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runs that stand on one side of a comparison. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "compare.h"
#include "rundir.h"
#include "summary.h"

static int load_tables(struct fm_rundata *run, struct fm_why *why)
{
	struct fm_derived derived;
	int err = fm_derived_open(&derived, run->path, why);

	if (!err)
		err = fm_table_load(&fm_summary_table, derived.dir,
				    (void **)&run->line, &run->lines, why);
	if (!err)
		err = fm_table_load(&fm_quantile_table, derived.dir,
				    (void **)&run->block, &run->blocks, why);
	fm_derived_close(&derived);
	return err;
}

static int add_run(const char *path, void *ctx, struct fm_why *why)
{
	struct fm_side *side = ctx;
	struct fm_rundata *run =
		realloc(side->run, (side->n + 1) * sizeof(*run));
	int err;

	if (!run)
		return -ENOMEM;
	side->run = run;
	run += side->n++;
	memset(run, 0, sizeof(*run));
	snprintf(run->path, sizeof(run->path), "%s", path);
	err = fm_fact_read(&run->facts, path, why);
	if (!err)
		err = load_tables(run, why);
	if (!err && !run->blocks)
		return fm_fail(why, EINVAL,
			       "%.150s has no complete block: there is nothing "
			       "to compare; measure it again",
			       path);
	return err;
}

int fm_side_open(struct fm_side *side, const char *name, const char *arg,
		 struct fm_why *why)
{
	int err;

	*side = (struct fm_side){ .name = name };
	err = fm_rundir_each(arg, add_run, side, why);
	if (err == -ENOMEM)
		fm_fail(why, ENOMEM, "%s", strerror(ENOMEM));
	else if (!err && !side->n)
		err = fm_fail(why, ENOENT, "%s: no run is named", name);
	return err;
}

void fm_side_close(struct fm_side *side)
{
	for (size_t i = 0; i < side->n; i++) {
		fm_fact_free(&side->run[i].facts);
		free(side->run[i].line);
		free(side->run[i].block);
	}
	free(side->run);
	side->run = NULL;
	side->n = 0;
}

const char *fm_rundata_fact(const struct fm_rundata *run, const char *key)
{
	const struct fm_fact *fact = fm_fact_find(&run->facts, key);

	return fact && fact->value ? fact->value : "";
}

/* Gives each run the number of its boot. Returns how many there are. */
static size_t number_boots(struct fm_side *side)
{
	size_t boots = 0;

	for (size_t i = 0; i < side->n; i++) {
		const char *boot = fm_rundata_fact(&side->run[i], "boot_id");
		size_t k = 0;

		while (k < i &&
		       strcmp(boot, fm_rundata_fact(&side->run[k], "boot_id")))
			k++;
		side->run[i].unit = k < i ? side->run[k].unit : boots++;
	}
	return boots;
}

static void number_runs(struct fm_side *side)
{
	for (size_t i = 0; i < side->n; i++)
		side->run[i].unit = i;
	side->units = side->n;
}

int fm_side_units(struct fm_side *base, struct fm_side *new)
{
	base->units = base->boots = number_boots(base);
	new->units = new->boots = number_boots(new);
	if (base->boots > 1 || new->boots > 1)
		return 1;
	number_runs(base);
	number_runs(new);
	return 0;
}
