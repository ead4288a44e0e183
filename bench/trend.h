/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What forkmeter trend is made of. */
#ifndef FM_TREND_H
#define FM_TREND_H

#include "change.h"
#include "history.h"
#include "journal.h"
#include "options.h"
#include "print.h"
#include "shift.h"

/* Shifts so many runs apart came together, and what caused them is as near. */
enum { FM_TREND_TOGETHER = 2 };

enum { FM_TREND_WAIT_MS = 60000 }; /* for others that write changes.tsv */

/* A shift of one series. Places count the machine's runs, by time. */
struct fm_trend_shift {
	struct fm_change_row row;
	size_t at;     /* place of the first run after it */
	size_t lo, hi; /* where that may be instead */
	size_t change; /* place of the surest shift of its change */
	const struct fm_change_row *told; /* as it was told before; or NULL */
};

struct fm_trend {
	double delta; /* minimum effect, in logarithms */
	size_t last;  /* runs of a series that are looked at, the newest */
	const char *metric;
	const struct fm_list *where;
	struct fm_history *history;
	struct fm_history_run *run; /* by machine and time */
	size_t runs;
	uint64_t newest;	    /* number of the last one that was added */
	size_t *place;		    /* of a run's number in run */
	char *looked_at;	    /* of each run: a wanted series has it */
	struct fm_change_row *told; /* changes.tsv, by line */
	size_t tolds;
	struct fm_trend_shift *shift;
	size_t n;
	size_t series, judged; /* wanted ones, and those with enough runs */
	size_t other; /* changes of the spread, or too small or new to say */
	size_t gone;  /* shifts that were told, and are not found any more */
};

/*
 * Reads the runs of the history, and changes.tsv in dir. Returns 0 or -errno
 * with the reason. To be freed in any case; history stays the caller's.
 */
int fm_trend_open(struct fm_trend *trend, const char *dir, struct fm_why *why);
void fm_trend_free(struct fm_trend *trend);

/* Whether the row is of that machine: its name and its hardware. */
int fm_trend_is_machine(const struct fm_change_row *row, const char *host,
			const char *host_id);

/* Whether there is such a place, and the run there is of the row's machine. */
int fm_trend_is_run_of(const struct fm_trend *trend, size_t place,
		       const struct fm_change_row *row);

/* Whether both are of one series. */
int fm_trend_is_series(const struct fm_change_row *a,
		       const struct fm_change_row *b);

/* The runs that wanted series have, and of how many machines they are. */
size_t fm_trend_count_runs(const struct fm_trend *trend, size_t *machines);

/* Finds the shifts of all wanted series, and which of them were told. */
int fm_trend_find(struct fm_trend *trend, struct fm_why *why);

/*
 * Gives each shift the number of its change, and its status. A shift that was
 * told keeps its number; one that came together with another has that one's,
 * unless its own series has a shift of that change already, found or told: then
 * it is a further one. Others get new numbers. Returns 0 or -ENOMEM.
 */
int fm_trend_number(struct fm_trend *trend);

/* Says of each shift what changed on the machine around it. 0 or -errno. */
int fm_trend_explain(struct fm_trend *trend, struct fm_why *why);

/*
 * Whether the shift calls for attention: slower, and its change neither
 * accepted nor told as slower before.
 */
int fm_trend_is_alarm(const struct fm_trend *trend,
		      const struct fm_trend_shift *shift);

/* The line that accepts the change, or NULL. */
const struct fm_change_row *fm_trend_accepted(const struct fm_trend *trend,
					      uint64_t change);

/*
 * What the metrics of all series are, where none is the one that was asked for:
 * says so and returns -EINVAL. Else 0, or -errno with the reason in why.
 */
int fm_trend_check_metric(const struct fm_trend *trend, struct fm_why *why);

/* forkmeter trend accept. Returns an exit status. */
int fm_trend_accept(const struct fm_options *options);

/* The time of now as changes.tsv has it. */
void fm_trend_now(char *buf, size_t size);

/* The shifts on standard output. Returns 0 or -EIO. */
int fm_trend_print(const struct fm_trend *trend, enum fm_format format);

#endif
