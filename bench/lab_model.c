/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lab's stage that is the reference model. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lab.h"

/* Process A is a child of the model's first process, which has no memory. */
static int begin(void *self, const struct fm_lab_views *views,
		 struct fm_why *why)
{
	struct fm_lab_model *lab = self;
	const struct fm_model_area area = { .pages = views->pages, .unit = 1 };
	int number = fm_model_fork(&lab->m, 0);
	int err = number < 0 ? number : fm_model_map(&lab->m, number, &area);

	lab->views = views;
	memset(lab->number, 0, sizeof(lab->number));
	lab->number[0] = number;
	return err ? fm_fail(why, -err, "the model has no memory") : 0;
}

/* What the process has in the page. */
static unsigned char look(const struct fm_lab_model *lab, int number,
			  size_t page)
{
	struct fm_model_page is = fm_model_look(&lab->m, number, page);

	return is.owners ? lab->content[is.frame] : 0;
}

static int write_pages(struct fm_lab_model *lab, const struct fm_lab_step *step,
		       unsigned char byte)
{
	size_t eighth = lab->views->pages / 8;
	int number = lab->number[step->process];

	for (size_t i = eighth * step->from; i < eighth * step->to; i++) {
		int err = step->what == FM_LAB_WRITE ?
				  fm_model_write(&lab->m, number, i) :
				  fm_model_kernel_write(&lab->m, number, i);

		if (err)
			return err;
		lab->content[fm_model_look(&lab->m, number, i).frame] = byte;
	}
	return 0;
}

/* An eager fork fills the child's own frames from the parent's. */
static int do_fork(struct fm_lab_model *lab, const struct fm_lab_step *step)
{
	int parent = lab->number[step->process];
	int child = fm_model_fork(&lab->m, parent);

	if (child < 0)
		return child;
	lab->number[step->child] = child;
	for (size_t i = 0; i < lab->views->pages; i++) {
		struct fm_model_page is = fm_model_look(&lab->m, child, i);

		if (is.owners == 1)
			lab->content[is.frame] = look(lab, parent, i);
	}
	return 0;
}

static size_t count_wrong(const struct fm_lab_model *lab)
{
	size_t wrong = 0;

	for (int p = 0; p < FM_LAB_PROCESSES; p++)
		for (size_t i = 0; lab->number[p] && i < lab->views->pages; i++)
			wrong += look(lab, lab->number[p], i) !=
				 lab->views->byte[p][i];
	return wrong;
}

static int act(void *self, const struct fm_lab_step *step, unsigned char byte,
	       struct fm_lab_seen *seen, struct fm_why *why)
{
	struct fm_lab_model *lab = self;
	struct fm_model_count before = lab->m.count;
	size_t free_frames = lab->m.frames - lab->m.used;
	int err = 0;

	if (step->what == FM_LAB_FORK) {
		err = do_fork(lab, step);
	} else if (step->what == FM_LAB_EXIT) {
		fm_model_exit(&lab->m, lab->number[step->process]);
		lab->number[step->process] = 0;
	} else {
		err = write_pages(lab, step, byte);
	}
	seen->faults = lab->m.count.faults - before.faults;
	seen->copies = lab->m.count.copies - before.copies;
	seen->zero_fills = lab->m.count.zero_fills - before.zero_fills;
	seen->reuses = lab->m.count.reuses - before.reuses;
	seen->frames = lab->m.used;
	seen->wrong = err ? 0 : count_wrong(lab);
	if (err == -ENOMEM)
		fm_fail(why, ENOMEM,
			"%s would copy %zu pages, and %zu frames are free",
			step->what == FM_LAB_FORK ? "fork" : "the write",
			lab->views->pages, free_frames);
	return err;
}

static int end(void *self, struct fm_why *why)
{
	struct fm_lab_model *lab = self;
	size_t owned = 0;

	for (int p = 0; p < FM_LAB_PROCESSES; p++)
		if (lab->number[p])
			fm_model_exit(&lab->m, lab->number[p]);
	for (size_t f = 0; f < lab->m.frames; f++)
		owned += lab->m.owners[f] > 0;
	if (!owned && !lab->m.used)
		return 0;
	return fm_fail(why, ERANGE, "frames that are not back: %zu",
		       owned > lab->m.used ? owned : lab->m.used);
}

int fm_lab_model_open(struct fm_lab_model *lab,
		      const struct fm_model_policy *policy, size_t frames,
		      struct fm_lab_stage *stage)
{
	*lab = (struct fm_lab_model){ 0 };
	*stage = (struct fm_lab_stage){
		.on = "model",
		.policy = policy->eager ? "eager copy" : "copy-on-write",
		.eager = policy->eager,
		.counts = 1,
		.frames = frames,
		.self = lab,
		.begin = begin,
		.act = act,
		.end = end,
	};
	lab->content = calloc(frames, 1);
	if (!lab->content)
		return -ENOMEM;
	return fm_model_open(&lab->m, policy, frames);
}

void fm_lab_model_close(struct fm_lab_model *lab)
{
	fm_model_close(&lab->m);
	free(lab->content);
}
