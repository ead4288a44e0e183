/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter lab: a course's checks of copy-on-write, on a model and on Linux.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "lab.h"
#include "names.h"
#include "options.h"
#include "pages.h"
#include "print.h"
#include "say.h"

enum { MEMORY_MIB = 64 }; /* of the model, and of the cgroup */

struct lab {
	struct fm_print print;
	int steps, failed;
	size_t frames;
	struct fm_lab_cgroup group;
	int has_group;
	struct fm_why no_group;
	/* Of what is being played. */
	const char *check;
	const struct fm_lab_stage *stage;
};

enum { COLUMNS = 12, COUNTS = 6, CHECKS_MAX = 16 };
static const char *const header[COLUMNS] = {
	"check",  "on",		"policy", "step",   "result",	 "faults",
	"copies", "zero_fills", "reuses", "frames", "usage_kib", "note",
};

static void row(struct lab *lab, const char *step, const char *result,
		const struct fm_lab_seen *seen, const char *note)
{
	const struct fm_lab_stage *stage = lab->stage;
	char text[COUNTS][24];
	const char *cells[COLUMNS] = { lab->check, stage->on, stage->policy,
				       step, result };
	const struct {
		int known;
		uint64_t n;
	} counts[] = {
		{ 1, seen ? seen->faults : 0 },
		{ stage->counts, seen ? seen->copies : 0 },
		{ stage->counts, seen ? seen->zero_fills : 0 },
		{ stage->counts, seen ? seen->reuses : 0 },
		{ 1, seen ? seen->frames : 0 },
		{ stage->has_usage, seen ? seen->usage_kib : 0 },
	};

	for (size_t i = 0; i < COUNTS; i++) {
		snprintf(text[i], sizeof(text[i]), "%ju",
			 (uintmax_t)counts[i].n);
		cells[5 + i] = seen && counts[i].known ? text[i] : NULL;
	}
	cells[COLUMNS - 1] = note;
	fm_print_row(&lab->print, cells);
}

/* "A writes 0/8 to 4/8", "B forks C" and so on. */
static void told(void *ctx, const struct fm_lab_step *step,
		 const struct fm_lab_seen *seen, int err)
{
	struct lab *lab = ctx;
	int who = 'A' + step->process;
	char text[64];

	if (!lab->steps)
		return;
	if (step->what == FM_LAB_FORK)
		snprintf(text, sizeof(text), "%c forks %c", who,
			 'A' + step->child);
	else if (step->what == FM_LAB_EXIT)
		snprintf(text, sizeof(text), "%c exits", who);
	else
		snprintf(text, sizeof(text), "%c%s writes %zu/8 to %zu/8", who,
			 step->what == FM_LAB_WRITE ? "" : "\'s kernel",
			 step->from, step->to);
	row(lab, text,
	    !err	   ? NULL :
	    err == -ENOMEM ? "no frames" :
			     "FAILED",
	    seen, NULL);
}

static void note_of(const struct lab *lab, const struct fm_lab_result *r,
		    const struct fm_lab_linux *real, char *text, size_t size)
{
	size_t n = 0;

	*text = '\0';
	if (*r->why.text)
		n += (size_t)snprintf(text, size, "%s", r->why.text);
	else if (!real)
		n += (size_t)snprintf(text, size,
				      "of %zu frames; at the end all are back",
				      lab->frames);
	else if (lab->has_group)
		n += (size_t)snprintf(
			text, size,
			"limit %d MiB; charges within %ju KiB of the frames",
			MEMORY_MIB, (uintmax_t)real->most_off_kib);
	else
		n += (size_t)snprintf(text, size,
				      "without a limit; frames by smaps");
	if (r->extra && n < size)
		snprintf(text + n, size - n, "; %ju faults more than the model",
			 (uintmax_t)r->extra);
}

static const char *const verdicts[] = { "passed", "failed as it must",
					"FAILED" };

/* Scripts in a row are for the frames at the end, whatever fails before. */
static void play(struct lab *lab, const struct fm_lab_script *const *script,
		 const struct fm_lab_stage *stage,
		 const struct fm_lab_stage *beside,
		 const struct fm_lab_linux *real)
{
	int is_row = script[1] != NULL;
	struct fm_lab_result r = { 0 };
	char note[FM_WHY_MAX + 64];

	lab->stage = stage;
	for (; *script; script++)
		fm_lab_play(*script, stage, beside, lab->frames, told, lab, &r);
	if (is_row && r.verdict == FM_LAB_REFUSED) {
		size_t n = strlen(r.why.text);

		r.verdict = FM_LAB_PASSED;
		snprintf(r.why.text + n, sizeof(r.why.text) - n,
			 "; at the end all are back");
	}
	lab->failed |= r.verdict == FM_LAB_FAILED;
	note_of(lab, &r, real, note, sizeof(note));
	row(lab, NULL, verdicts[r.verdict], &r.sum, note);
}

static int play_on_model(struct lab *lab, const struct fm_lab_check *check,
			 const struct fm_model_policy *policy)
{
	struct fm_lab_model model;
	struct fm_lab_stage stage;
	int err = fm_lab_model_open(&model, policy, lab->frames, &stage);

	if (!err)
		play(lab, check->script, &stage, NULL, NULL);
	fm_lab_model_close(&model);
	return err;
}

static int play_on_linux(struct lab *lab, const struct fm_lab_check *check)
{
	struct fm_lab_linux real;
	struct fm_lab_model model;
	struct fm_lab_stage stage, beside;
	int err = fm_lab_model_open(&model, &fm_model_linux, lab->frames,
				    &beside);

	fm_lab_linux_stage(&real, lab->has_group ? &lab->group : NULL,
			   (size_t)MEMORY_MIB << 20, &stage);
	if (!err)
		play(lab, check->script, &stage, &beside, &real);
	fm_lab_model_close(&model);
	return err;
}

/*
 * Linux forks no other way; but a child that writes everything takes as many
 * frames as an eager fork, and is killed where they are not there.
 */
static void touch_on_linux(struct lab *lab)
{
	const struct fm_lab_script *const script[] = { &fm_lab_touch, NULL };
	struct fm_lab_linux real;
	struct fm_lab_stage stage;
	char panic[16] = "";

	fm_lab_linux_stage(&real, &lab->group, (size_t)MEMORY_MIB << 20,
			   &stage);
	stage.policy = "eager copy";
	lab->stage = &stage;
	fm_file_read("/proc/sys/vm/panic_on_oom", panic, sizeof(panic));
	if (!lab->has_group || !strcmp(panic, "2")) {
		row(lab, NULL, "skip", NULL,
		    lab->has_group ? "vm.panic_on_oom is 2; do: sysctl -w "
				     "vm.panic_on_oom=0" :
				     lab->no_group.text);
		return;
	}
	play(lab, script, &stage, NULL, &real);
}

static int play_check(struct lab *lab, const struct fm_lab_check *check)
{
	int err;

	lab->check = check->name;
	err = play_on_model(lab, check, &fm_model_linux);
	if (!err)
		err = play_on_model(lab, check, &fm_model_xv6);
	if (!err)
		err = play_on_linux(lab, check);
	if (!err && check == fm_lab_checks)
		touch_on_linux(lab);
	return err;
}

/* Marks the checks that are asked for. Returns 0, or -EINVAL, having spoken. */
static int choose(const struct fm_options *o, int *wanted)
{
	char known[256] = "";
	struct fm_names names;
	struct fm_why why;

	for (const struct fm_lab_check *c = fm_lab_checks; c->name; c++)
		fm_names_append(known, sizeof(known), c->name);
	for (int i = 0; i < o->args || !i; i++) {
		if (fm_names_cut(&names, "check", o->args ? o->arg[i] : "all",
				 known, &why))
			return fm_say_usage("%s", why.text);
		for (size_t k = 0; k < names.n; k++)
			for (int c = 0; fm_lab_checks[c].name; c++)
				wanted[c] |= !strcmp(fm_lab_checks[c].name,
						     names.name[k]);
	}
	return 0;
}

/* A cgroup, or why there is none and what to do. */
static void open_group(struct lab *lab)
{
	struct fm_why why;

	lab->has_group = !fm_lab_cgroup_open(&lab->group,
					     (size_t)MEMORY_MIB << 20, &why);
	if (lab->has_group)
		return;
	fm_fail(&lab->no_group, EACCES, "no limit: %.150s; do: %s", why.text,
		!geteuid()    ? "let it write to /sys/fs/cgroup, "
				"outside of a container" :
		lab->group.v2 ? "run it as root, or by systemd-run --user "
				"--scope" :
				"run it as root");
	fm_say_note("%s", lab->no_group.text);
}

int fm_cmd_lab(const struct fm_options *o)
{
	struct lab lab = { .steps = o->steps };
	int wanted[CHECKS_MAX] = { 0 }, err = 0;
	enum fm_format format;

	if (fm_options_format(o, &format) || choose(o, wanted))
		return FM_USAGE;
	lab.frames = ((size_t)MEMORY_MIB << 20) / fm_pages_base();
	open_group(&lab);
	fm_print_begin(&lab.print, format, header, COLUMNS);
	lab.print.drop = "usage_kib,reuses,zero_fills";
	for (int c = 0; fm_lab_checks[c].name && !err; c++)
		if (wanted[c])
			err = play_check(&lab, &fm_lab_checks[c]);
	if (lab.has_group && fm_lab_cgroup_close(&lab.group)) {
		fm_say("%s could not be removed", lab.group.dir);
		lab.failed = 1;
	}
	if (err)
		fm_say("%s", strerror(-err));
	err |= fm_print_end(&lab.print);
	return err || lab.failed ? FM_BROKEN : FM_DONE;
}
