/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A level shift of a series, as forkmeter trend tells and remembers it. */
#ifndef FM_CHANGE_H
#define FM_CHANGE_H

#include "record.h"

#define FM_CHANGE_COLUMNS(X)                                                   \
	X(num, change, "",                                                     \
	  "number of the change; shifts of one machine that came together "    \
	  "have one number")                                                   \
	X(str, status, "", "new, known, or accepted")                          \
	X(str, told, "", "when it was first told, UTC")                        \
	X(str, host, "", "the machine's name")                                 \
	X(str, host_id, "", "its hardware, of machine.json")                   \
	X(text, settings, "", "switches that the blocks had, --setting")       \
	FM_POINT_COLUMNS(X)                                                    \
	X(str, metric, "", "as in summary.tsv")                                \
	X(str, unit, "", "of before and after")                                \
	X(str, verdict, "", "slower or faster")                                \
	X(str, started, "", "when the first run after it began, UTC")          \
	X(num, at, "s", "the same, since 1970")                                \
	X(str, last_before, "", "when the last run before it began, UTC")      \
	X(str, earliest, "",                                                   \
	  "the first run after it, as early as the interval of its place "     \
	  "allows")                                                            \
	X(str, latest, "", "and as late")                                      \
	X(num, runs_before, "", "runs behind the level before it")             \
	X(num, runs_after, "", "runs behind the level after it")               \
	X(real, before, "", "exp of the trimmed mean of log medians")          \
	X(real, after, "", "the same of the runs after it")                    \
	X(real, ratio, "", "after / before")                                   \
	X(real, ratio_lo, "", "lower end of its interval")                     \
	X(real, ratio_hi, "", "upper end")                                     \
	X(real, level, "", "level of that interval, and of the place's")       \
	X(real, delta, "", "minimum effect that matters; 0.01 is 1 %")         \
	X(real, p, "", "of the permutation test")                              \
	X(text, changed, "", "what differs in machine.json around it")         \
	X(text, reason, "", "why it is accepted")

struct fm_change_row {
	FM_CHANGE_COLUMNS(FM_FIELD)
};

/*
 * changes.tsv, a journal beside the runs (lib/journal.h): what was told, so
 * that it is told once, as new; and a line with the status accepted, a change's
 * number and the reason for what was accepted later. Not derived: what was told
 * is not to be had from the runs.
 */
extern const struct fm_table fm_change_table;

#endif
