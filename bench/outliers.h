/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What forkmeter outliers is made of. */
#ifndef FM_OUTLIERS_H
#define FM_OUTLIERS_H

#include "compare.h"
#include "outlier.h"

/* Machines of equal hardware and state, and what they measured. */
struct fm_peers {
	struct fm_side side; /* one run a machine, which is its unit */
	struct fm_lines lines;
	struct fm_mean *shown;	 /* lines times machines, logarithms */
	struct fm_mean *value;	 /* of them, what can be judged; else NaN */
	struct fm_outlier *line; /* of each of them */
	struct fm_mean *sum;	 /* of each machine, over its points */
	struct fm_outlier *machine;
	size_t judged; /* lines that enough machines have */
};

struct fm_outliers {
	const char *metrics;
	const struct fm_list *where;
	double family, delta;
	struct fm_across across;
	struct fm_side all; /* of each machine and state the newest run */
	size_t older;	    /* runs that are not, left out */
	size_t damaged;	    /* runs of the history that could not be read */
	struct fm_peers *peers;
	size_t groups, judged; /* of them, those that were judged */
	size_t points;	       /* that were, in all of them */
	struct fm_outlier_row *row;
	size_t rows;
};

/*
 * Reads the runs that are named, or for none the newest one of each machine in
 * the history. Returns an exit status, after saying what is wrong.
 */
int fm_outliers_open(struct fm_outliers *outliers, char **arg, int args);
void fm_outliers_free(struct fm_outliers *outliers);

/*
 * Puts the machines into groups and says which those are, how they differ, and
 * which of their machines cannot be independent. Returns 0 or -ENOMEM.
 */
int fm_outliers_group(struct fm_outliers *outliers);

/*
 * The differences that say something: neither that machines are others, nor
 * what comes with another kernel. Returns how many of them are in d, which has
 * room for 2 * FM_FACTS_MAX.
 */
size_t fm_outliers_differ(const struct fm_rundata *a,
			  const struct fm_rundata *b,
			  struct fm_fact_difference *d);
int fm_outliers_same_settings(const struct fm_rundata *a,
			      const struct fm_rundata *b);

/*
 * Once they are judged: in what the group differs from the one that it is most
 * like of those that were judged, and what --across would let it; "" where
 * there is no other.
 */
void fm_outliers_apart(const struct fm_outliers *outliers, size_t group,
		       char *text, size_t size);

/* Says which machines were not judged in any group, and why. */
void fm_outliers_say_unjudged(const struct fm_outliers *outliers);

/*
 * Judges each point of each group, and each machine over all its points. Half
 * of what may go wrong is spent on points, half on machines. Returns 0,
 * -EINVAL after saying that there is no such metric, or -ENOMEM.
 */
int fm_outliers_judge(struct fm_outliers *outliers);

/* Makes row: of each group the machines first, then the points. 0 or -ENOMEM.
 */
int fm_outliers_tell(struct fm_outliers *outliers);

/* The tables on standard output. Returns 0 or -EIO. */
int fm_outliers_print(const struct fm_outliers *outliers,
		      enum fm_format format);

/* How many rows about machines (else points) have that verdict. */
size_t fm_outliers_count(const struct fm_outliers *outliers, int of_machines,
			 enum fm_verdict verdict);

#endif
