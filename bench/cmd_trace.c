/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter trace: copy-on-write step by step, as seen and as it must be. */
#include <errno.h>
#include <signal.h>
#include <string.h>

#include "launch.h"
#include "model.h"
#include "options.h"
#include "say.h"
#include "trace.h"

#define TOUCH(who, act, page)                                                  \
	{                                                                      \
		FM_TRACE_##who,                                                \
		{                                                              \
			FM_TRACE_##act, FM_TRACE_##page                        \
		}                                                              \
	}

enum { TOUCHES = 4 };

static const struct scene {
	const char *action;
	struct fm_trace_touch touch[TOUCHES];
	int touches;
} story[] = {
	{ "A reads page W, and writes pages X, Y and Z",
	  { TOUCH(A, READ, W), TOUCH(A, WRITE, X), TOUCH(A, WRITE, Y),
	    TOUCH(A, WRITE, Z) },
	  4 },
	{ "A forks B", { TOUCH(A, FORK, V) }, 1 },
	{ "A writes page Z", { TOUCH(A, WRITE, Z) }, 1 },
	{ "B writes page Y", { TOUCH(B, WRITE, Y) }, 1 },
	{ "B has the kernel write page X, by read(2)",
	  { TOUCH(B, KERNEL_WRITE, X) },
	  1 },
	{ "B exits", { TOUCH(B, EXIT, V) }, 1 },
	{ "A writes page Y", { TOUCH(A, WRITE, Y) }, 1 },
	{ "A writes page W", { TOUCH(A, WRITE, W) }, 1 },
};
enum { STEPS = sizeof(story) / sizeof(*story) };

/* Views from before, of the pages and of the model's. */
struct stage {
	struct fm_trace_pair pair;
	struct fm_model model;
	struct fm_trace_view view, model_view;
};

static const char *agreement(const struct fm_trace_step *step, int who,
			     int page)
{
	const struct fm_trace_view *view = &step->view, *model = &step->model;
	const struct fm_trace_event *e = &step->event[who][page];

	if (!strcmp(e->did, "unclear"))
		return "unclear";
	return !strcmp(e->did, e->model_did) && e->faults == e->model_faults &&
			       view->page[who][page].present ==
				       model->page[who][page].present &&
			       fm_trace_is_shared(view, page) ==
				       fm_trace_is_shared(model, page) ?
		       "yes" :
		       "no";
}

/* Puts what one touch changed beside what the step's others did. */
static void compare(const struct stage *s, const struct fm_trace_touch *touch,
		    const struct fm_trace_reply *reply, uint64_t model_faults,
		    struct fm_trace_step *step)
{
	for (int i = 0; i < FM_TRACE_BOTH * FM_TRACE_PAGES; i++) {
		int who = i / FM_TRACE_PAGES, page = i % FM_TRACE_PAGES;
		struct fm_trace_event *e = &step->event[who][page];
		int touched = fm_trace_is_access(touch, who, page);
		uint64_t faults = touched ? reply->window.minflt : 0;
		uint64_t model_took = touched ? model_faults : 0;
		const char *did =
			fm_trace_did(&s->view, &step->view, who, page, faults);
		const char *model_did = fm_trace_did(
			&s->model_view, &step->model, who, page, model_took);

		e->told |= s->view.there[who] || step->view.there[who];
		e->did = *did || !e->did ? did : e->did;
		e->model_did =
			*model_did || !e->model_did ? model_did : e->model_did;
		if (touched) {
			e->touched = 1;
			e->faults = faults;
			e->model_faults = model_took;
			e->ns = reply->window.ns;
		}
		e->agrees = agreement(step, who, page);
	}
}

static int do_touch(struct stage *s, const struct fm_trace_touch *touch,
		    struct fm_trace_step *step, struct fm_why *why)
{
	struct fm_trace_reply reply;
	int64_t model_faults;
	int err = fm_trace_do(&s->pair, touch, &reply, why);

	if (!err)
		err = fm_trace_look(&s->pair, touch, &reply, &s->view,
				    &step->view, why);
	if (err)
		return err;
	model_faults = fm_trace_model_do(&s->model, touch, &step->model,
					 step->model_writable);
	if (model_faults < 0)
		return fm_fail(why, (int)-model_faults, "the model: %s",
			       strerror((int)-model_faults));
	compare(s, touch, &reply, (uint64_t)model_faults, step);
	s->view = step->view;
	s->model_view = step->model;
	return 0;
}

static int play(struct stage *s, const struct fm_place *place,
		struct fm_trace_step *steps, struct fm_why *why)
{
	const struct fm_trace_view nothing = { 0 };
	int err = fm_trace_begin(&s->pair, place, why);

	if (!err)
		err = fm_trace_look(&s->pair, NULL, NULL, &nothing, &s->view,
				    why);
	if (err)
		return err;
	if (fm_trace_model_begin(&s->model, &s->model_view))
		return fm_fail(why, ENOMEM, "no memory for the model");
	for (int i = 0; i < STEPS && !err; i++) {
		steps[i].action = story[i].action;
		for (int k = 0; k < story[i].touches && !err; k++)
			err = do_touch(s, &story[i].touch[k], &steps[i], why);
	}
	return err;
}

static int trace(const struct fm_place *place, enum fm_format format)
{
	struct fm_trace_step steps[STEPS] = { 0 };
	struct fm_why why = { "" };
	struct stage s = { 0 };
	int err = play(&s, place, steps, &why);

	fm_trace_end(&s.pair);
	if (s.model.process)
		fm_model_close(&s.model);
	if (err) {
		if (err != -EINTR)
			fm_say("%s", why.text);
		return FM_BROKEN;
	}
	err = format == FM_TEXT ?
		      fm_trace_print_text(&s.pair, steps, STEPS) :
		      fm_trace_print_table(&s.pair, format, steps, STEPS);
	return err ? FM_BROKEN : FM_DONE;
}

int fm_cmd_trace(const struct fm_options *o)
{
	struct fm_place *place = NULL;
	enum fm_format format;
	int status;

	if (fm_options_format(o, &format))
		return FM_USAGE;
	if (o->args) {
		fm_say("trace takes no arguments: %s", o->arg[0]);
		return FM_USAGE;
	}
	if (fm_options_place(o, &place))
		return FM_USAGE;
	fm_launch_catch_signals();
	status = trace(place, format);
	fm_place_close(place);
	if (fm_launch_signal()) { /* end as whoever sent it expects */
		signal(fm_launch_signal(), SIG_DFL);
		raise(fm_launch_signal());
	}
	return status;
}
