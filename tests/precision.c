/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Precision as the stopping rule, on blocks whose spread is known. */
#include <math.h>
#include <string.h>

#include "levels.h"
#include "progress.h"
#include "quantiles.h"
#include "stopping.h"
#include "test.h"

static struct fm_plan_row narrow, wide, null;

static void make_point(struct fm_plan_row *point, const char *workload)
{
	fm_row_clear(&fm_plan_table, point);
	strcpy(point->workload, workload);
	strcpy(point->strategy, "fork");
	strcpy(point->backing, "none");
	point->rss_bytes = 0;
}

/* Three samples of wait_ns around level ns; 0 ns is a value, too. */
static int add_block(struct fm_levels *levels, const struct fm_plan_row *point,
		     uint64_t level, const char *marks)
{
	static struct fm_reply reply;
	struct fm_sample sample[3];
	static uint64_t block;

	memset(&reply, 0, sizeof(reply));
	strcpy(reply.block.status, "ok");
	reply.samples = 3;
	block++;
	for (uint64_t i = 0; i < 3; i++) {
		fm_row_clear(&fm_sample_table, &sample[i]);
		sample[i].block = block;
		sample[i].wait_ns = level ? level - 1 + i : 0;
		strcpy(sample[i].marks, marks);
	}
	return fm_levels_add(levels, point, &reply, sample);
}

static int add_nothing(struct fm_levels *levels,
		       const struct fm_plan_row *point, const char *status)
{
	static struct fm_reply reply;

	memset(&reply, 0, sizeof(reply));
	strcpy(reply.block.status, status);
	strcpy(reply.block.reason, "no memory for it");
	return fm_levels_add(levels, point, &reply, NULL);
}

/* +-10 % around 100 us, and +-0.1 %. */
static uint64_t wide_level(int round)
{
	return round % 2 ? 110000 : 90000;
}

static uint64_t narrow_level(int round)
{
	return round % 2 ? 100100 : 99900;
}

/* Narrow from the first rounds on, and yet not looked at before the twelfth. */
static void never_before_twelve(void)
{
	struct fm_precision p = { .wanted = 0.02 };
	struct fm_levels levels = { 0 };

	CHECK(!fm_precision_is_over(&p));
	for (int round = 1; round <= 12; round++) {
		CHECK(!add_block(&levels, &null, 20, ""));
		CHECK(!add_block(&levels, &narrow, narrow_level(round), ""));
		/* A round is looked at as a whole. */
		CHECK(!fm_precision_is_over(&p));
		fm_precision_look(&p, levels.known, levels.n, (uint64_t)round);
		CHECK(fm_precision_is_over(&p) == (round == 12));
	}
	CHECK(p.n == 1); /* the floor is not asked for */
	CHECK(p.wide == 0 && p.without == 0);
	CHECK(fm_stopping_width(levels.known->mean, 0.95) < 0.001);
	CHECK(!fm_precision_say(&p, levels.known, 1e9));
	fm_levels_free(&levels);
}

/* The widest decides, is named, and says how many rounds it will take. */
static void all_together(void)
{
	struct fm_precision p = { .wanted = 0.02 };
	struct fm_progress progress = { .time_ns = 1000000000000,
					.round_ns = 1e9,
					.precision = &p };
	struct fm_levels levels = { 0 };
	double first_needed = 0;
	int round = 0;

	while (!fm_precision_is_over(&p) && ++round < 1000) {
		add_block(&levels, &narrow, narrow_level(round), "");
		add_block(&levels, &wide, wide_level(round), "");
		fm_precision_look(&p, levels.known, levels.n, (uint64_t)round);
		if (round != 12)
			continue;
		first_needed = p.needed;
		CHECK(p.n == 2 && p.wide == 1);
		CHECK(!strcmp(p.widest, "wait fork wait_ns"));
		CHECK(p.width > 0.05 && p.width < 0.08);
		/* No more than that, whatever the time allows. */
		CHECK(fm_progress_expected(&progress, 0) == p.needed * 1e9);
		progress.rounds = 20;
		CHECK(fm_progress_expected(&progress, 0) == 20e9);
	}
	/* Predicted well: t, which falls with more rounds, makes it less. */
	CHECK(round < first_needed && round > 0.7 * first_needed);
	CHECK(fm_stopping_width(levels.known[1].mean, 0.95) <= 0.02);
	CHECK(levels.known[0].mean.n == levels.known[1].mean.n);
	fm_levels_free(&levels);
}

/* As summary.tsv has it: the very same mean over the very same blocks. */
static void same_as_summary(void)
{
	struct fm_quantile_row row[20];
	struct fm_levels levels = { 0 };
	struct fm_mean mean;

	for (int k = 0; k < 20; k++) {
		double x[] = { (double)wide_level(k) - 1, (double)wide_level(k),
			       (double)wide_level(k) + 1 };

		fm_quantiles_fill(&row[k], x, 3);
		add_block(&levels, &wide, wide_level(k), "");
	}
	mean = fm_quantiles_mean(row, 20,
				 offsetof(struct fm_quantile_row, median),
				 FM_CLOCK_STEP);
	CHECK(fabs(levels.known->mean.value - mean.value) < 1e-12);
	CHECK(fabs(levels.known->mean.se - mean.se) < 1e-12);
	CHECK(levels.known->mean.n == 20 && mean.n == 20);
	fm_levels_free(&levels);
}

/* Of several wide ones the widest is named, wherever it stands. */
static void widest(void)
{
	struct fm_precision p = { .wanted = 0.0001 };
	struct fm_levels levels = { 0 };
	struct fm_plan_row point[3];

	for (int i = 0; i < 3; i++)
		make_point(&point[i], i == 1 ? "start" : "wait");
	for (int round = 1; round <= 12; round++) {
		add_block(&levels, &point[0], narrow_level(round), "");
		add_block(&levels, &point[1], wide_level(round), "");
		add_block(&levels, &point[2], narrow_level(round), "");
	}
	fm_precision_look(&p, levels.known, levels.n, 12);
	CHECK(p.wide == 3 && !strcmp(p.widest, "start fork wait_ns"));
	CHECK(p.width == fm_stopping_width(levels.known[1].mean, 0.95));
	fm_levels_free(&levels);
}

static int has_nan(const char *text)
{
	return strstr(text, "nan") || strstr(text, "inf");
}

/*
 * What gives nothing, or a median of 0, keeps no run going, is never called
 * reached, and is told with the reason.
 */
static void without(void)
{
	struct fm_precision p = { .wanted = 0.02 };
	struct fm_levels levels = { 0 };
	struct fm_plan_row skipped, broken, failed, zero;
	char text[512], all[2048] = "";
	int round;

	make_point(&skipped, "wait");
	make_point(&broken, "start");
	make_point(&failed, "spawn");
	make_point(&zero, "exec");
	for (round = 1; round <= 12; round++) {
		add_nothing(&levels, &skipped, "skip");
		add_nothing(&levels, &broken, "broken");
		add_block(&levels, &failed, 100, "failed:status 1");
		add_block(&levels, &zero, 0, "");
		add_block(&levels, &narrow, narrow_level(round), "");
		fm_precision_look(&p, levels.known, levels.n, (uint64_t)round);
		CHECK(fm_precision_is_over(&p) == (round == 12));
		CHECK(!has_nan(p.widest));
	}
	CHECK(p.n == 5 && p.wide == 0 && p.without == 4);
	for (size_t i = 0; i < levels.n; i++) {
		fm_known_text(&levels.known[i], &p, 1e9, text, sizeof(text));
		CHECK(!has_nan(text));
		if (levels.known[i].point != &narrow)
			CHECK(fm_precision_state(&p, &levels.known[i]) ==
			      FM_KNOWN_WITHOUT);
		strcat(strcat(all, text), "\n");
	}
	CHECK(strstr(all, "no interval: no memory for it"));
	CHECK(strstr(all, "no interval: all samples of a block failed"));
	CHECK(strstr(all, "no interval: the median of a block is 0"));
	/* exec was measured, and is not known. */
	CHECK(fm_precision_say(&p, levels.known, 1e9));
	fm_levels_free(&levels);
}

/* What was never measured is no shortfall; a first sample may come late. */
static void late(void)
{
	struct fm_precision p = { .wanted = 0.02 };
	struct fm_levels levels = { 0 };
	int round;

	for (round = 1; round <= 14; round++) {
		if (round < 3)
			add_nothing(&levels, &narrow, "skip");
		else
			add_block(&levels, &narrow, narrow_level(round), "");
		add_nothing(&levels, &wide, "skip");
		fm_precision_look(&p, levels.known, levels.n, (uint64_t)round);
		CHECK(fm_precision_is_over(&p) == (round == 14));
	}
	CHECK(levels.n == 2 && levels.known->mean.n == 12);
	CHECK(!strcmp(levels.known->metric, "wait_ns"));
	CHECK(p.without == 1);
	CHECK(!fm_precision_say(&p, levels.known, 1e9));
	fm_levels_free(&levels);
}

/* The time was over first: what would do, and never a number that is none. */
static void too_soon(void)
{
	struct fm_precision p = { .wanted = 0.02 };
	struct fm_levels levels = { 0 };
	char text[512];

	for (int round = 1; round <= 5; round++) {
		add_block(&levels, &narrow, narrow_level(round), "");
		fm_precision_look(&p, levels.known, levels.n, (uint64_t)round);
		fm_known_text(levels.known, &p, 2e9, text, sizeof(text));
		CHECK(!has_nan(text));
		if (round == 2)
			CHECK(!strcmp(text, "no interval from 2 blocks"));
	}
	CHECK(strstr(text, "% of +-2 %, about 7 more rounds (14 s) would do"));
	CHECK(fm_precision_say(&p, levels.known, 1e9));
	fm_precision_look(&p, NULL, 0, 0);
	CHECK(!fm_precision_is_over(&p));
	fm_levels_free(&levels);
}

int main(void)
{
	make_point(&narrow, "wait");
	make_point(&wide, "wait");
	make_point(&null, "null");
	never_before_twelve();
	all_together();
	same_as_summary();
	widest();
	without();
	late();
	too_soon();
	return test_end();
}
