/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runs of a lab: of each machine the newest in each of its states. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "history.h"
#include "outliers.h"
#include "rundir.h"
#include "say.h"

static int is_equal(const struct fm_rundata *a, const struct fm_rundata *b,
		    const char *key)
{
	return !strcmp(fm_rundata_fact(a, key), fm_rundata_fact(b, key));
}

static void drop(struct fm_rundata *run)
{
	fm_fact_free(&run->facts);
	free(run->line);
	free(run->block);
}

/* Moves the runs of a side behind the others. Returns 0 or -ENOMEM. */
static int take(struct fm_outliers *o, struct fm_side *from)
{
	struct fm_rundata *run =
		realloc(o->all.run, (o->all.n + from->n + 1) * sizeof(*run));

	if (!run)
		return -ENOMEM;
	o->all.run = run;
	memcpy(run + o->all.n, from->run, from->n * sizeof(*run));
	o->all.n += from->n;
	from->n = 0;
	return 0;
}

static int status_of(int err)
{
	return err == -EINVAL || err == -ENOENT || err == -EOPNOTSUPP ?
		       FM_USAGE :
	       err ? FM_BROKEN :
		     FM_DONE;
}

static int open_runs(struct fm_outliers *o, char **arg, int args)
{
	struct fm_why why = { "" };
	int err = 0;

	for (int i = 0; i < args && !err; i++) {
		struct fm_side some;

		err = fm_side_open(&some, "RUN", arg[i], &why);
		if (!err && take(o, &some))
			err = fm_fail(&why, ENOMEM, "%s", strerror(ENOMEM));
		fm_side_close(&some);
	}
	if (err)
		fm_say("%s", why.text);
	return status_of(err);
}

/* One that was deleted or is damaged does not keep the others from us. */
static int open_one(struct fm_outliers *o, const struct fm_history_run *run)
{
	struct fm_why why = { "" };
	struct fm_side one;
	char path[PATH_MAX];
	int err;

	if (*run->path == '/')
		snprintf(path, sizeof(path), "%s", run->path);
	else
		snprintf(path, sizeof(path), "%s/%s", fm_rundir_results(),
			 run->path);
	err = fm_side_open(&one, "RUN", path, &why);
	if (!err && take(o, &one))
		return -ENOMEM;
	fm_side_close(&one);
	if (err)
		fm_say("%s of the history is left out: %s", run->host,
		       why.text);
	o->damaged += err != 0;
	return 0;
}

static int is_newest(const struct fm_history_run *run, size_t i, size_t n)
{
	return i + 1 == n || strcmp(run[i].host, run[i + 1].host) ||
	       strcmp(run[i].host_id, run[i + 1].host_id);
}

static int open_history(struct fm_outliers *o)
{
	struct fm_history *history;
	struct fm_history_run *run = NULL;
	struct fm_why why = { "" };
	size_t n = 0;
	int err = fm_history_open(&history, fm_rundir_results(),
				  FM_HISTORY_READ, &why);

	if (!err) {
		err = fm_history_load(history, &fm_history_run_table,
				      "ORDER BY host, host_id, at, run",
				      (void **)&run, &n, &why);
		fm_history_close(history);
	}
	for (size_t i = 0; i < n && !err; i++)
		if (is_newest(run, i, n) && open_one(o, &run[i]))
			err = fm_fail(&why, ENOMEM, "%s", strerror(ENOMEM));
	free(run);
	if (err)
		fm_say("%s", why.text);
	return status_of(err);
}

/* By machine and state, the newest first. */
static int compare_runs(const void *a, const void *b)
{
	static const char *const key[] = { "host", "host_id", "state",
					   "settings" };
	const struct fm_rundata *x = a, *y = b;
	int order = 0;

	for (size_t i = 0; i < sizeof(key) / sizeof(*key) && !order; i++)
		order = strverscmp(fm_rundata_fact(x, key[i]),
				   fm_rundata_fact(y, key[i]));
	if (!order)
		order = -strcmp(fm_rundata_fact(x, "started"),
				fm_rundata_fact(y, "started"));
	return order ? order : strcmp(x->path, y->path);
}

static void keep_newest(struct fm_outliers *o)
{
	struct fm_rundata *run = o->all.run;
	size_t n = 0;

	if (o->all.n)
		qsort(run, o->all.n, sizeof(*run), compare_runs);
	for (size_t i = 0; i < o->all.n; i++) {
		const struct fm_rundata *last = n ? &run[n - 1] : NULL;

		if (last && is_equal(last, &run[i], "host") &&
		    is_equal(last, &run[i], "host_id") &&
		    is_equal(last, &run[i], "state") &&
		    is_equal(last, &run[i], "settings")) {
			drop(&run[i]);
			o->older++;
			continue;
		}
		if (n != i)
			run[n] = run[i];
		n++;
	}
	o->all.n = n;
}

int fm_outliers_open(struct fm_outliers *o, char **arg, int args)
{
	int status = args ? open_runs(o, arg, args) : open_history(o);

	o->all.name = "RUN";
	if (status)
		return status;
	keep_newest(o);
	if (!o->all.n) {
		fm_say("no run of the history is there any more; forkmeter "
		       "history rebuild takes stock");
		return FM_USAGE;
	}
	if (o->older)
		fm_say_note("runs left out, all but the newest of each machine "
			    "and state: %zu",
			    o->older);
	return FM_DONE;
}

void fm_outliers_free(struct fm_outliers *o)
{
	for (size_t i = 0; i < o->groups; i++) {
		struct fm_peers *p = &o->peers[i];

		free(p->side.run); /* what it holds is all's */
		fm_lines_free(&p->lines);
		free(p->shown);
		free(p->value);
		free(p->line);
		free(p->sum);
		free(p->machine);
	}
	free(o->peers);
	free(o->row);
	fm_side_close(&o->all);
}
