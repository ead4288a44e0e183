/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter trace: the steps as a story for people, and as one table. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "trace.h"
#include "units.h"

enum { CELL = 32 };

static const struct {
	char name;
	const char *kind;
} pages[FM_TRACE_PAGES] = {
	[FM_TRACE_V] = { 'V', "code" },	 [FM_TRACE_W] = { 'W', "zero" },
	[FM_TRACE_X] = { 'X', "stack" }, [FM_TRACE_Y] = { 'Y', "heap" },
	[FM_TRACE_Z] = { 'Z', "data" },
};

/* Its number after prefix; else a letter that only tells frames apart. */
static void frame_text(const struct fm_trace_seen *s, const char *prefix,
		       char *text)
{
	*text = '\0';
	if (s->numbered)
		snprintf(text, CELL, "%s%" PRIx64, prefix, s->frame);
	else if (s->frame)
		snprintf(text, CELL, "%c", (int)('a' + (s->frame - 1) % 26));
}

static void sharers_text(const struct fm_trace_seen *s, char *text)
{
	*text = '\0';
	if ((s->present || s->frame) && s->sharers != FM_ABSENT)
		snprintf(text, CELL, "%" PRIu64 "%s", s->sharers,
			 s->at_least ? "+" : "");
}

/* ---------------------------------------------------------------- for people
 */

static const char *or_nothing(const char *did)
{
	return *did ? did : "nothing";
}

static const char *faults_text(uint64_t n, char *text)
{
	snprintf(text, CELL, "%" PRIu64 " fault%s", n, fm_units_plural(n));
	return text;
}

static void tell_touches(const struct fm_trace_step *step)
{
	for (int i = 0; i < FM_TRACE_BOTH * FM_TRACE_PAGES; i++) {
		int who = i / FM_TRACE_PAGES, page = i % FM_TRACE_PAGES;
		const struct fm_trace_event *e = &step->event[who][page];
		char faults[CELL], model_faults[CELL], time[CELL];

		if (e->touched)
			printf("   page %c of %c: %s, %s, %s; the model: %s, "
			       "%s\n",
			       pages[page].name, 'A' + who, or_nothing(e->did),
			       faults_text(e->faults, faults),
			       fm_units_time_text((double)e->ns, time, CELL),
			       or_nothing(e->model_did),
			       faults_text(e->model_faults, model_faults));
	}
}

/* Where the model says otherwise: what. */
static void tell_differences(const struct fm_trace_step *step)
{
	for (int i = 0; i < FM_TRACE_BOTH * FM_TRACE_PAGES; i++) {
		int who = i / FM_TRACE_PAGES, page = i % FM_TRACE_PAGES;
		const struct fm_trace_event *e = &step->event[who][page];
		char faults[CELL];

		if (e->told && !strcmp(e->agrees, "no"))
			printf("   the model differs on page %c of %c: %s, %s; "
			       "then it is %s\n",
			       pages[page].name, 'A' + who,
			       or_nothing(e->model_did),
			       faults_text(e->model_faults, faults),
			       !step->model.page[who][page].present ?
				       "absent" :
			       fm_trace_is_shared(&step->model, page) ?
				       "shared" :
				       "not shared");
	}
}

/* What is the worst of both processes' lines. */
static const char *verdict(const struct fm_trace_step *step, int page)
{
	const char *says = "agrees";

	for (int who = 0; who < FM_TRACE_BOTH; who++) {
		const struct fm_trace_event *e = &step->event[who][page];

		if (e->told && !strcmp(e->agrees, "no"))
			return "differs";
		if (e->told && strcmp(e->agrees, "yes"))
			says = e->agrees;
	}
	return says;
}

static void print_line(const char *page, const char *address,
		       const char (*a)[CELL], const char (*b)[CELL],
		       const char *model)
{
	printf("   %-7s  %-12s  %-8s %2s %-9s  %-8s %2s %-9s  %s\n", page,
	       address, a[0], a[1], a[2], b[0], b[1], b[2], model);
}

static void print_page(const struct fm_trace_pair *pair,
		       const struct fm_trace_step *step, int page)
{
	char name[CELL], address[CELL];
	char cells[FM_TRACE_BOTH][3][CELL] = { 0 };

	for (int who = 0; who < FM_TRACE_BOTH; who++) {
		const struct fm_trace_seen *s = &step->view.page[who][page];

		if (!step->event[who][page].told)
			continue;
		frame_text(s, "", cells[who][0]);
		if (!*cells[who][0])
			strcpy(cells[who][0], "-");
		sharers_text(s, cells[who][1]);
		snprintf(cells[who][2], CELL, "%s", step->event[who][page].did);
	}
	snprintf(name, CELL, "%c %s", pages[page].name, pages[page].kind);
	snprintf(address, CELL, "%" PRIxPTR, pair->at[page]);
	print_line(name, address, (const char(*)[CELL])cells[FM_TRACE_A],
		   (const char(*)[CELL])cells[FM_TRACE_B], verdict(step, page));
}

static uint64_t count_not_agreed(const struct fm_trace_step *steps, size_t n)
{
	uint64_t found = 0;

	for (size_t i = 0; i < n; i++)
		for (int k = 0; k < FM_TRACE_BOTH * FM_TRACE_PAGES; k++) {
			const struct fm_trace_event *e =
				&steps[i].event[k / FM_TRACE_PAGES]
					       [k % FM_TRACE_PAGES];

			found += e->told && strcmp(e->agrees, "yes");
		}
	return found;
}

int fm_trace_print_text(const struct fm_trace_pair *pair,
			const struct fm_trace_step *steps, size_t n)
{
	static const char a[3][CELL] = { "A: frame", "n", "did" };
	static const char b[3][CELL] = { "B: frame", "n", "did" };
	const struct fm_trace_seen *first = &steps->view.page[FM_TRACE_A][0];
	uint64_t differ = count_not_agreed(steps, n);

	for (size_t i = 0; i < n; i++) {
		printf("%s%zu. %s\n", i ? "\n" : "", i + 1, steps[i].action);
		tell_touches(&steps[i]);
		print_line("page", "address", a, b, "model");
		for (int page = 0; page < FM_TRACE_PAGES; page++)
			print_page(pair, &steps[i], page);
		tell_differences(&steps[i]);
	}
	printf("\nframe: %s\nn: entries of page tables that map it; did: what "
	       "the kernel did to the page\n",
	       first->numbered ? "its number, hexadecimal" :
				 "one letter a frame; its number is shown to "
				 "root alone");
	if (differ)
		printf("The model does not agree with %" PRIu64 " of the "
		       "lines.\n",
		       differ);
	else
		printf("The model agrees with every line.\n");
	return fflush(stdout) || ferror(stdout) ? -EIO : 0;
}

/* ------------------------------------------------------------- for programs */

static void add_row(struct fm_print *print, const struct fm_trace_pair *pair,
		    const struct fm_trace_step *step, size_t number, int who,
		    int page)
{
	const struct fm_trace_event *e = &step->event[who][page];
	const struct fm_trace_seen *s = &step->view.page[who][page];
	char n[CELL], process[2] = { (char)('A' + who) };
	char name[2] = { pages[page].name }, address[CELL], frame[CELL];
	char sharers[CELL], faults[CELL] = "", model_faults[CELL] = "";
	char ns[CELL] = "";
	const char *cells[] = {
		n,
		step->action,
		process,
		name,
		pages[page].kind,
		address,
		s->present ? "yes" : "no",
		frame,
		sharers,
		or_nothing(e->did),
		faults,
		ns,
		or_nothing(e->model_did),
		model_faults,
		step->model_writable[who][page] ? "yes" : "no",
		e->agrees,
	};

	snprintf(n, CELL, "%zu", number);
	snprintf(address, CELL, "0x%" PRIxPTR, pair->at[page]);
	frame_text(s, "0x", frame);
	sharers_text(s, sharers);
	if (e->touched) {
		snprintf(faults, CELL, "%" PRIu64, e->faults);
		snprintf(ns, CELL, "%" PRIu64, e->ns);
		snprintf(model_faults, CELL, "%" PRIu64, e->model_faults);
	}
	fm_print_row(print, cells);
}

int fm_trace_print_table(const struct fm_trace_pair *pair,
			 enum fm_format format,
			 const struct fm_trace_step *steps, size_t n)
{
	static const char *const header[] = {
		"step",	   "action",	   "process",	     "page",
		"kind",	   "address",	   "present",	     "frame",
		"sharers", "did",	   "faults",	     "ns",
		"model",   "model_faults", "model_writable", "agrees"
	};
	struct fm_print print;

	fm_print_begin(&print, format, header,
		       sizeof(header) / sizeof(*header));
	for (size_t i = 0; i < n; i++)
		for (int k = 0; k < FM_TRACE_BOTH * FM_TRACE_PAGES; k++) {
			int who = k / FM_TRACE_PAGES, page = k % FM_TRACE_PAGES;

			if (steps[i].event[who][page].told)
				add_row(&print, pair, &steps[i], i + 1, who,
					page);
		}
	return fm_print_end(&print);
}
