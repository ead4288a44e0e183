/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is being measured and how long it will take, on standard error. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "progress.h"
#include "stopping.h"
#include "units.h"

const char *fm_point_text(const struct fm_plan_row *p, char *buf, size_t size)
{
	char bytes[32];
	size_t n = (size_t)snprintf(buf, size, "%s", p->workload);
	const struct {
		const char *before, *text;
	} parts[] = {
		{ " ", p->strategy },
		{ " + ", p->child },
		{ " ", p->parameters },
		{ " ", strcmp(p->backing, "none") ? p->backing : "" },
		{ " ", p->rss_bytes ? fm_units_size_text(p->rss_bytes, bytes,
							 sizeof(bytes)) :
				      "" },
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (*parts[i].text && n < size)
			n += (size_t)snprintf(buf + n, size - n, "%s%s",
					      parts[i].before, parts[i].text);
	return buf;
}

void fm_progress_begin(struct fm_progress *p)
{
	p->terminal = isatty(STDERR_FILENO);
	p->start_ns = fm_clock_ns();
	p->said_ns = 0;
	p->done_ns = 0;
}

double fm_progress_expected(const struct fm_progress *p, double spent_ns)
{
	/* Until a tenth of a round is over, what was estimated before it. */
	double round = p->done_ns > p->round_ns / 10 ?
			       spent_ns * p->round_ns / p->done_ns :
			       p->round_ns;
	double rounds = p->rounds ? (double)p->rounds :
				    floor((double)p->time_ns / round);
	double needed = p->precision ? p->precision->needed : 0;
	double least = p->least_rounds > 1 ? (double)p->least_rounds : 1;

	if (needed > 0 && needed < rounds)
		rounds = needed;
	return round * (rounds < least ? least : rounds);
}

static double spent(const struct fm_progress *p)
{
	return (double)(fm_clock_ns() - p->start_ns);
}

/* Seconds; a run that is late never says that it is over. */
static unsigned long left(const struct fm_progress *p)
{
	double ns = fm_progress_expected(p, spent(p)) - spent(p);

	return ns > 0 ? (unsigned long)(ns / 1e9) + 1 : 1;
}

static double percent(const struct fm_progress *p)
{
	double share = spent(p) / fm_progress_expected(p, spent(p));

	return share < 1 ? 100 * share : 100;
}

/* On a terminal's line: "  +-3.4 % of +-2 % (3/20)". */
static void put_short(const struct fm_precision *p, const char *width,
		      const char *wanted, char *buf, size_t size)
{
	size_t n;

	if (isinf(p->width))
		return;
	n = (size_t)snprintf(buf, size, "  +-%s of +-%s", width, wanted);
	if (p->rounds >= FM_STOPPING_LEAST_BLOCKS)
		snprintf(buf + n, size - n, " (%zu/%zu)", p->wide, p->n);
}

/*
 * "; 3 of 20 intervals wider than +-2 %, the widest +-3.4 %: cow fork anon 64M
 * op_ns", or short; nothing where no round was looked at.
 */
static void precision_text(const struct fm_progress *progress, char *buf,
			   size_t size)
{
	const struct fm_precision *p = progress->precision;
	char wanted[32], width[32];

	*buf = '\0';
	if (!p || !p->rounds || !p->wide)
		return;
	fm_units_percent_text(p->wanted, wanted, sizeof(wanted));
	fm_units_percent_text(p->width, width, sizeof(width));
	if (progress->terminal)
		put_short(p, width, wanted, buf, size);
	else
		snprintf(buf, size, "; %zu of %zu intervals %s +-%s, %s%s: %s",
			 p->wide, p->n,
			 p->rounds < FM_STOPPING_LEAST_BLOCKS ?
				 "not yet known to be within" :
				 "wider than",
			 wanted,
			 isinf(p->width) ? "no interval yet of" :
					   "the widest +-",
			 isinf(p->width) ? "" : width, p->widest);
}

void fm_progress_block(struct fm_progress *p, const char *side, uint64_t round,
		       const struct fm_plan_row *point)
{
	uint64_t now = fm_clock_ns();
	char text[128], precision[96];
	int n = snprintf(text, sizeof(text), "%s%s", side ? side : "",
			 side ? ": " : "");

	fm_point_text(point, text + n, sizeof(text) - (size_t)n);
	if (p->voice == FM_PROGRESS_VERBOSE)
		fprintf(stderr, "forkmeter: %3.0f %%, round %llu: %s",
			percent(p), (unsigned long long)round, text);
	if (p->voice != FM_PROGRESS_NORMAL || !p->terminal ||
	    now - p->said_ns < 100000000)
		return;
	p->said_ns = now;
	precision_text(p, precision, sizeof(precision));
	fprintf(stderr, "\r\033[K%3.0f %%  %lu:%02lu left  round %llu%s  %s",
		percent(p), left(p) / 60, left(p) % 60,
		(unsigned long long)round, precision, text);
	fflush(stderr);
}

void fm_progress_block_done(struct fm_progress *p, double estimate_ns,
			    uint64_t samples)
{
	p->done_ns += estimate_ns;
	if (p->voice == FM_PROGRESS_VERBOSE)
		fprintf(stderr, ": %llu sample%s\n",
			(unsigned long long)samples, fm_units_plural(samples));
}

void fm_progress_round(struct fm_progress *p, uint64_t round, uint64_t samples)
{
	uint64_t now = fm_clock_ns();
	char precision[320];

	if (p->voice == FM_PROGRESS_QUIET || p->terminal ||
	    now - p->said_ns < 5000000000)
		return;
	p->said_ns = now;
	precision_text(p, precision, sizeof(precision));
	fprintf(stderr,
		"forkmeter: round %llu done, %llu sample%s, about %lu s left"
		"%s\n",
		(unsigned long long)round, (unsigned long long)samples,
		fm_units_plural(samples), left(p), precision);
}

void fm_progress_end(struct fm_progress *p)
{
	if (p->voice == FM_PROGRESS_NORMAL && p->terminal)
		fputs("\r\033[K", stderr);
}
