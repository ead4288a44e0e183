/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter doctor: what this machine allows, and what it costs. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "disturbance.h"
#include "doctor.h"
#include "machine.h"
#include "memory.h"
#include "options.h"
#include "print.h"
#include "say.h"

/* What others do while we do nothing. */
static void watch(struct fm_patient *p)
{
	static struct fm_disturbance d;

	fm_row_clear(&fm_block_table, &p->watched);
	fm_disturbance_open(&d, "", p->worker_cpu);
	fm_disturbance_begin(&d);
	usleep(500000);
	fm_disturbance_end(&d, &p->watched);
}

double fm_patient_share(const struct fm_patient *p, uint64_t ns)
{
	return ns == FM_ABSENT ? 0 : (double)ns / (double)p->watched.whole_ns;
}

enum { IS_AT = 25 }; /* columns before what is found */

static const char *const levels[] = { "ok", "limit", "noise", "bad" };

/* For people: a line, and for a gap two more. Commands stay whole, to copy. */
static void print_finding(const char *name, const struct fm_finding *f)
{
	const char *colour = fm_print_colour(levels[f->level]);

	printf("%s%-6s%s %-17s ", colour, levels[f->level],
	       *colour ? "\033[0m" : "", name);
	fm_print_wrapped(f->is, IS_AT);
	if (*f->costs) {
		printf("%*scosts: ", IS_AT, "");
		fm_print_wrapped(f->costs, IS_AT + 7);
	}
	if (*f->command)
		printf("%*sdo:    %s\n", IS_AT, "", f->command);
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
	static const struct fm_check *const checks[] = { fm_checks_allowed,
							 fm_checks_place,
							 fm_checks_noise,
							 fm_checks_actors };
	enum fm_level worst = FM_LEVEL_OK, level;
	struct fm_print print;

	watch(patient);
	fm_print_begin(&print, format, header, 5);
	for (size_t i = 0; i < sizeof(checks) / sizeof(*checks); i++) {
		level = run_checks(patient, checks[i], &print);
		worst = level > worst ? level : worst;
	}
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
	if (fm_options_place(o, &place))
		return FM_USAGE;
	if (fm_programs_find(&programs, &why) ||
	    fm_offers_ask(&offers, &programs, place, &why)) {
		fm_say("nothing can be measured: %s", why.text);
	} else {
		run.place = place;
		fm_machine_facts(&facts, &run);
		patient.place = place;
		patient.worker_cpu = fm_place_worker_cpu(place);
		patient.driver_cpu = fm_place_driver_cpu(place);
		patient.memory_available = fm_memory_available();
		status = examine(&patient, format);
	}
	fm_fact_free(&facts);
	fm_place_close(place);
	return status;
}
