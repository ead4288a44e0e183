/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A block with the machine set as its point needs it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "bench.h"
#include "pushed.h"
#include "say.h"
#include "tunable.h"

/* "name=value name+=value", for the record; a long list is cut. */
static void tell(const struct fm_settings *settings, char *text, size_t size)
{
	size_t n = 0;

	*text = '\0';
	for (size_t i = 0; i < settings->n && n < size; i++) {
		const struct fm_setting *s = &settings->item[i];
		const char *name = strstr(s->path, "/mm/");

		n += (size_t)snprintf(text + n, size - n, "%s%s%s%s",
				      i ? " " : "", name ? name + 4 : s->path,
				      !*s->value ? "" :
				      s->add	 ? "+=" :
						   "=",
				      s->value);
	}
}

static int wishes(const struct fm_plan_row *point, struct fm_settings *settings,
		  struct fm_why *why)
{
	const struct fm_strategy *s = fm_strategy_find(point->strategy);
	const struct fm_backing *b = fm_backing_find(point->backing);
	int err = s && s->offer ? s->offer(settings, why) : 0;

	if (!err && b->offer)
		err = b->offer(point, settings, why);
	return err;
}

/*
 * What could not be put back after an earlier block, because somebody else
 * wrote there too, is tried once more first.
 */
static int push(const struct fm_settings *settings, struct fm_why *why)
{
	int err = fm_settings_push(settings, why);

	if (err != -EBUSY)
		return err;
	err = fm_settings_pop(why);
	return err ? err : fm_settings_push(settings, why);
}

static int wants_settings(const struct fm_block_request *request)
{
	const struct fm_strategy *s =
		fm_strategy_find(request->point->strategy);

	return (request->tunables && request->tunables->n) || (s && s->offer) ||
	       fm_backing_find(request->point->backing)->offer;
}

/* The run's switches first; then what is still to be set for the plug-ins. */
static int set_machine(const struct fm_block_request *request,
		       struct fm_settings *settings, struct fm_why *why)
{
	static struct fm_settings wanted;
	int err = fm_tunables_want(request->tunables, settings, why);

	if (!err && settings->n)
		err = push(settings, why);
	if (err)
		return err;
	wanted.n = 0;
	err = wishes(request->point, &wanted, why);
	if (!err)
		err = fm_tunables_conflict(request->tunables, &wanted, why);
	if (!err && !wanted.n)
		return 0;
	/* Settings do not nest. */
	if (settings->n && fm_settings_pop(err ? NULL : why) && !err)
		return -EBUSY;
	for (size_t i = 0; i < wanted.n && !err; i++)
		if (settings->n < FM_SETTINGS_AT_ONCE)
			settings->item[settings->n++] = wanted.item[i];
		else
			err = fm_fail(why, E2BIG, "too many settings at once");
	return err ? err : push(settings, why);
}

static int block_in_turn(const struct fm_block_request *request,
			 struct fm_reply *reply, struct fm_sample *samples)
{
	static struct fm_settings settings;
	struct fm_why why = { "" };
	int err;

	settings.n = 0;
	err = set_machine(request, &settings, &why);
	if (err) {
		fm_launch_no_block(reply, err, why.text);
		return 0;
	}
	err = fm_launch_block(request, reply, samples);
	if (settings.n && fm_settings_pop(&why))
		fm_say("%s", why.text);
	tell(&settings, reply->block.settings, sizeof(reply->block.settings));
	return err;
}

void fm_pushed_expect_node(const struct fm_place *place)
{
	int binds = place && fm_place_binds_memory(place);

	fm_region_expect_node(binds ? fm_place_memory_node(place) : -1,
			      binds && fm_place_numa(place));
}

int fm_pushed_block(const struct fm_block_request *request,
		    struct fm_reply *reply, struct fm_sample *samples)
{
	struct fm_why why = { "" };
	int err;

	fm_pushed_expect_node(request->place);
	if (!wants_settings(request))
		return fm_launch_block(request, reply, samples);
	err = fm_settings_turn(&why);
	if (err == -EINTR)
		return err;
	if (err) {
		fm_launch_no_block(reply, err, why.text);
		return 0;
	}
	err = block_in_turn(request, reply, samples);
	fm_settings_pass();
	return err;
}
