/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forkmeter show --machine: machine.json for people. */
#include "fact.h"
#include "say.h"
#include "show.h"

static int print(const struct fm_facts *facts, enum fm_format format)
{
	static const char *const header[] = { "fact", "source", "value" };
	struct fm_print table;
	char value[4096];

	fm_print_begin(&table, format, header, 3);
	for (size_t i = 0; i < facts->n; i++) {
		const struct fm_fact *f = &facts->fact[i];
		const char *cells[] = { f->key, f->source,
					fm_fact_say(f, value, sizeof(value)) };

		fm_print_row(&table, cells);
	}
	return fm_print_end(&table);
}

int fm_show_machine(const char *dir, enum fm_format format)
{
	static struct fm_facts facts;
	struct fm_why why;
	int err = fm_fact_read(&facts, dir, &why);

	if (err)
		fm_say("%s", why.text);
	else
		err = print(&facts, format);
	fm_fact_free(&facts);
	return err;
}

void fm_show_warning(const char *dir)
{
	char inject[FM_WHY_MAX], emulator[FM_WHY_MAX], counted[FM_WHY_MAX];

	/* A file that cannot be read is for --machine to tell. */
	if (!fm_fact_read_one(dir, "inject", inject, sizeof(inject), NULL) &&
	    *inject)
		fm_say("this run was slowed on purpose (--inject %s, in ns): "
		       "its figures are not this machine's",
		       inject);
	if (!fm_fact_read_one(dir, "counted_times", counted, sizeof(counted),
			      NULL) &&
	    *counted)
		fm_say("this run has no blocks that only time "
		       "(--counted-times): its times hold what counting "
		       "costs");
	if (!fm_fact_read_one(dir, "emulator", emulator, sizeof(emulator),
			      NULL) &&
	    *emulator)
		fm_say("this run was measured under an emulator (%s): its "
		       "times are the emulator's, not those of a processor",
		       emulator);
}
