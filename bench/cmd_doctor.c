/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter doctor: what this machine allows, and what it costs. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "doctor.h"
#include "file.h"
#include "machine.h"
#include "memory.h"
#include "options.h"
#include "print.h"
#include "say.h"

struct ticks {
	uint64_t all, idle, steal;
};

/* The processor's line of /proc/stat (proc(5)), in clock ticks. */
static struct ticks read_ticks(int cpu)
{
	static char text[65536];
	struct ticks t = { 0 };
	char key[16], *at;

	snprintf(key, sizeof(key), "\ncpu%d ", cpu);
	if (fm_file_read("/proc/stat", text, sizeof(text)) < 0)
		return t;
	at = strstr(text, key);
	if (!at)
		return t;
	at += strlen(key);
	for (int i = 0; i < 8; i++) {
		uint64_t n = strtoull(at, &at, 10);

		t.all += n;
		t.idle += i == 3 || i == 4 ? n : 0; /* idle, iowait */
		t.steal += i == 7 ? n : 0;
	}
	return t;
}

/* What others do on the measuring processor while we do nothing. */
static void watch(struct fm_patient *p)
{
	struct ticks before = read_ticks(p->worker_cpu), after;
	double all;

	usleep(500000);
	after = read_ticks(p->worker_cpu);
	all = (double)(after.all - before.all);
	if (all <= 0)
		return;
	p->steal = (double)(after.steal - before.steal) / all;
	p->busy = 1 - (double)(after.idle - before.idle) / all - p->steal;
}

static const char *const levels[] = { "ok", "limit", "noise", "bad" };

/* For people: a line, and for a gap two more, so that commands stay whole. */
static void print_finding(const char *name, const struct fm_finding *f)
{
	const char *colour = fm_print_colour(levels[f->level]);

	printf("%s%-6s%s %-17s %s\n", colour, levels[f->level],
	       *colour ? "\033[0m" : "", name, f->is);
	if (*f->costs)
		printf("       %-17s costs: %s\n", "", f->costs);
	if (*f->command)
		printf("       %-17s do:    %s\n", "", f->command);
}

/* Prints the findings, at once or into the table. Returns the worst level. */
static enum fm_level run_checks(const struct fm_patient *patient,
				const struct fm_check *check,
				struct fm_print *print)
{
	enum fm_level worst = FM_LEVEL_OK;

	for (; check->name; check++) {
		struct fm_finding f = { .costs = "" };
		const char *cells[] = { check->name, NULL, f.is, NULL,
					f.command };

		check->run(patient, &f);
		cells[1] = levels[f.level];
		cells[3] = f.costs;
		if (print->format == FM_TEXT)
			print_finding(check->name, &f);
		else
			fm_print_row(print, cells);
		if (f.level > worst)
			worst = f.level;
	}
	return worst;
}

static int examine(struct fm_patient *patient, enum fm_format format)
{
	static const char *const header[] = { "what", "verdict", "is", "costs",
					      "do" };
	enum fm_level worst, noise;
	struct fm_print print;

	watch(patient);
	fm_print_begin(&print, format, header, 5);
	worst = run_checks(patient, fm_checks_allowed, &print);
	noise = run_checks(patient, fm_checks_noise, &print);
	if (noise > worst)
		worst = noise;
	if (format == FM_TEXT ? fflush(stdout) : fm_print_end(&print))
		return FM_BROKEN;
	fm_say_note(worst == FM_LEVEL_BAD ?
			    "what is bad spoils numbers: mend it first" :
		    worst == FM_LEVEL_NOISE ?
			    "a trustworthy run is possible; noise makes its "
			    "intervals wider" :
			    "a trustworthy run is possible");
	return worst == FM_LEVEL_BAD ? FM_NOISY : FM_DONE;
}

int fm_cmd_doctor(const struct fm_options *o)
{
	static struct fm_offers offers;
	static struct fm_facts facts;
	struct fm_patient patient = { .facts = &facts, .offers = &offers };
	struct fm_machine_run run = { .command = NULL };
	struct fm_programs programs;
	struct fm_place *place = NULL;
	struct fm_why why = { "" };
	enum fm_format format;
	int status = FM_BROKEN;

	if (fm_options_format(o, &format))
		return FM_USAGE;
	if (o->args) {
		fm_say("%s: doctor takes no arguments; see forkmeter doctor "
		       "--help",
		       o->arg[0]);
		return FM_USAGE;
	}
	if (fm_place_open(&place, fm_options_cpu(o), &why)) {
		fm_say("--cpu: %s", why.text);
		return FM_USAGE;
	}
	if (fm_programs_find(&programs, &why) ||
	    fm_offers_ask(&offers, &programs, place, &why)) {
		fm_say("nothing can be measured: %s", why.text);
	} else {
		run.place = place;
		fm_machine_facts(&facts, &run);
		patient.worker_cpu = fm_place_worker_cpu(place);
		patient.memory_available = fm_memory_available();
		status = examine(&patient, format);
	}
	fm_fact_free(&facts);
	fm_place_close(place);
	return status;
}
