/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lab's checks as scripts, and the judge of how one was played. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "lab.h"

#define WRITE(who, a, b)                                                       \
	{                                                                      \
		FM_LAB_WRITE, who, 0, a, b                                     \
	}
#define KERNEL(who, a, b)                                                      \
	{                                                                      \
		FM_LAB_KERNEL_WRITE, who, 0, a, b                              \
	}
#define FORK(who, new)                                                         \
	{                                                                      \
		FM_LAB_FORK, who, new, 0, 0                                    \
	}
#define EXIT(who)                                                              \
	{                                                                      \
		FM_LAB_EXIT, who, 0, 0, 0                                      \
	}
#define SCRIPT(name, part, of, steps)                                          \
	static const struct fm_lab_script name = {                             \
		part, of, steps, sizeof(steps) / sizeof(*steps)                \
	}

enum { A, B, C };

static const struct fm_lab_step simple_steps[] = {
	WRITE(A, 0, 8),
	FORK(A, B),
	EXIT(B),
	EXIT(A),
};
/* Two fifths each: the third copy of it has no place. */
static const struct fm_lab_step three_steps[] = {
	WRITE(A, 0, 8), FORK(A, B), FORK(B, C), WRITE(C, 0, 4), WRITE(B, 2, 6),
	WRITE(A, 0, 4), EXIT(C),    EXIT(B),	WRITE(A, 0, 8), EXIT(A),
};
static const struct fm_lab_step file_steps[] = {
	WRITE(A, 0, 8),	 FORK(A, B),	  FORK(A, C),	   KERNEL(B, 0, 5),
	KERNEL(C, 3, 8), KERNEL(A, 2, 4), KERNEL(B, 0, 8), EXIT(B),
	EXIT(C),	 EXIT(A),
};
static const struct fm_lab_step touch_steps[] = {
	WRITE(A, 0, 8), FORK(A, B), WRITE(B, 0, 8), EXIT(B), EXIT(A),
};
SCRIPT(simple, 2, 3, simple_steps);
SCRIPT(three, 2, 5, three_steps);
SCRIPT(file, 1, 16, file_steps);
const struct fm_lab_script fm_lab_touch = {
	2, 3, touch_steps, sizeof(touch_steps) / sizeof(*touch_steps)
};

const struct fm_lab_check fm_lab_checks[] = {
	{ "simple", "a process with two thirds of memory forks", { &simple } },
	{ "three",
	  "parent, child and grandchild write to what they share",
	  { &three } },
	{ "file",
	  "the kernel writes into shared pages, by read(2)",
	  { &file } },
	{ "frames",
	  "all of these in a row: every frame is back at the end",
	  { &simple, &three, &file, &simple } },
	{ 0 },
};

static void advance(struct fm_lab_views *v, const struct fm_lab_step *s,
		    unsigned char byte)
{
	size_t from = v->pages / 8 * s->from, to = v->pages / 8 * s->to;

	switch (s->what) {
	case FM_LAB_FORK:
		memcpy(v->byte[s->child], v->byte[s->process], v->pages);
		v->alive[s->child] = 1;
		break;
	case FM_LAB_EXIT:
		v->alive[s->process] = 0;
		break;
	default:
		memset(v->byte[s->process] + from, byte, to - from);
	}
}

/* Frames that the views need: with copy-on-write, one for what is the same. */
static uint64_t frames_needed(const struct fm_lab_views *v, int eager)
{
	uint64_t n = 0;

	for (size_t i = 0; i < v->pages; i++)
		for (int p = 0; p < FM_LAB_PROCESSES; p++) {
			int has_it = 0;

			for (int q = 0; q < p && !eager; q++)
				has_it |= v->alive[q] &&
					  v->byte[q][i] == v->byte[p][i];
			n += v->alive[p] && v->byte[p][i] && !has_it;
		}
	return n;
}

static int judge_step(const struct fm_lab_stage *stage, uint64_t need,
		      const struct fm_lab_seen *seen,
		      const struct fm_lab_seen *model, int err,
		      struct fm_lab_result *r)
{
	int must_fail = need > stage->frames;

	if (err == -ENOMEM && must_fail) {
		r->verdict = FM_LAB_REFUSED;
		return err;
	}
	if (err)
		return err;
	if (must_fail)
		return fm_fail(&r->why, EPROTO,
			       "went on, though %ju frames are needed and "
			       "there are %zu",
			       (uintmax_t)need, stage->frames);
	if (seen->wrong)
		return fm_fail(&r->why, EPROTO,
			       "%zu pages do not hold what they must",
			       seen->wrong);
	if (seen->frames != need)
		return fm_fail(&r->why, EPROTO, "frames in use: %ju, not %ju",
			       (uintmax_t)seen->frames, (uintmax_t)need);
	if (model && seen->faults < model->faults)
		return fm_fail(&r->why, EPROTO,
			       "%ju faults were taken, by the model %ju",
			       (uintmax_t)seen->faults,
			       (uintmax_t)model->faults);
	return 0;
}

static void add(struct fm_lab_result *r, const struct fm_lab_seen *seen,
		const struct fm_lab_seen *model)
{
	struct fm_lab_seen *sum = &r->sum;

	sum->faults += seen->faults;
	sum->copies += seen->copies;
	sum->zero_fills += seen->zero_fills;
	sum->reuses += seen->reuses;
	if (seen->frames > sum->frames)
		sum->frames = seen->frames;
	if (seen->usage_kib > sum->usage_kib)
		sum->usage_kib = seen->usage_kib;
	if (model && seen->faults > model->faults)
		r->extra += seen->faults - model->faults;
}

/* Returns 0, or what ended the script early. */
static int play_steps(const struct fm_lab_script *script,
		      const struct fm_lab_stage *stage,
		      const struct fm_lab_stage *beside,
		      struct fm_lab_views *views, fm_lab_told *told, void *ctx,
		      struct fm_lab_result *r)
{
	for (size_t i = 0; i < script->steps; i++) {
		const struct fm_lab_step *step = &script->step[i];
		struct fm_lab_seen seen = { 0 }, model = { 0 };
		unsigned char byte = (unsigned char)(i + 1);
		int err = 0;

		advance(views, step, byte);
		if (beside)
			err = beside->act(beside->self, step, byte, &model,
					  &r->why);
		if (!err)
			err = stage->act(stage->self, step, byte, &seen,
					 &r->why);
		add(r, &seen, beside && !err ? &model : NULL);
		err = judge_step(stage, frames_needed(views, stage->eager),
				 &seen, beside ? &model : NULL, err, r);
		told(ctx, step, &seen, err);
		if (err)
			return err;
	}
	return 0;
}

static int begin(const struct fm_lab_script *script,
		 const struct fm_lab_stage *stage,
		 const struct fm_lab_stage *beside, size_t frames,
		 struct fm_lab_views *v, struct fm_lab_result *r)
{
	size_t bytes;
	int err = 0;

	*v = (struct fm_lab_views){ .alive = { 1 } };
	v->pages = frames * script->part / script->of / 8 * 8;
	bytes = v->pages * FM_LAB_PROCESSES;
	v->byte[0] = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
			  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (v->byte[0] == MAP_FAILED) {
		v->byte[0] = NULL;
		return fm_fail(&r->why, errno, "no memory for what is to be");
	}
	memset(v->byte[0], 0, bytes); /* charged to us, not to the stage */
	for (int p = 1; p < FM_LAB_PROCESSES; p++)
		v->byte[p] = v->byte[p - 1] + v->pages;
	if (beside)
		err = beside->begin(beside->self, v, &r->why);
	return err ? err : stage->begin(stage->self, v, &r->why);
}

void fm_lab_play(const struct fm_lab_script *script,
		 const struct fm_lab_stage *stage,
		 const struct fm_lab_stage *beside, size_t frames,
		 fm_lab_told *told, void *ctx, struct fm_lab_result *r)
{
	enum fm_lab_verdict before = r->verdict;
	struct fm_lab_views views;
	struct fm_why why;
	int err;

	r->verdict = FM_LAB_PASSED;
	err = begin(script, stage, beside, frames, &views, r);
	if (!err)
		err = play_steps(script, stage, beside, &views, told, ctx, r);
	if (err && r->verdict != FM_LAB_REFUSED)
		r->verdict = FM_LAB_FAILED;
	if (beside)
		beside->end(beside->self, &why);
	if (stage->end(stage->self, &why) && r->verdict != FM_LAB_FAILED) {
		r->verdict = FM_LAB_FAILED;
		r->why = why;
	}
	if (before > r->verdict)
		r->verdict = before;
	if (views.byte[0])
		munmap(views.byte[0], views.pages * FM_LAB_PROCESSES);
}
