/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a side, and which points of two plans are partners. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "pair.h"
#include "side.h"
#include "test.h"

/* ------------------------------------------------------------------ words */

/* The words that text is cut into, each in <>, or its error. */
static const char *cut(const char *from, int max)
{
	static char text[256], told[512];
	char *word[8];
	int n;

	strcpy(text, from);
	n = fm_side_split(text, word, max);
	if (n < 0)
		return n == -EINVAL ? "open" : n == -E2BIG ? "many" : "?";
	*told = '\0';
	for (int i = 0; i < n; i++)
		sprintf(told + strlen(told), "<%s>", word[i]);
	return told;
}

static int is(const char *told, const char *wanted)
{
	if (strcmp(told, wanted))
		printf("%s, not %s\n", told, wanted);
	return !strcmp(told, wanted);
}

static void words(void)
{
	CHECK(is(cut("", 8), "") && is(cut(" \t\n", 8), ""));
	CHECK(is(cut("--rss 4M", 8), "<--rss><4M>"));
	CHECK(is(cut("  a   b\t", 8), "<a><b>"));
	CHECK(is(cut("'a b' \"c d\"", 8), "<a b><c d>"));
	CHECK(is(cut("a' 'b\"\"c", 8), "<a bc>"));
	CHECK(is(cut("'' x \"\"", 8), "<><x><>"));
	CHECK(is(cut("a\\ b \\' \"\\\"\" '\\'", 8), "<a b><'><\"><\\>"));
	CHECK(is(cut("$HOME *.c `id` ~", 8), "<$HOME><*.c><`id`><~>"));
	CHECK(is(cut("'a", 8), "open") && is(cut("a \"b'", 8), "open"));
	CHECK(is(cut("a\\", 8), "<a\\>"));
	CHECK(is(cut("a b c", 3), "<a><b><c>") && is(cut("a b c", 2), "many"));
}

/* ------------------------------------------------------------------ pairs */

static struct fm_options asked[FM_SIDES];
static struct fm_run run[FM_SIDES];
static struct fm_offers offers;
static struct fm_sitting sitting = { .side = { &run[0], &run[1] },
				     .sides = FM_SIDES };

static void plan(int side, struct fm_axes axes)
{
	struct fm_why why;

	fm_plan_free(&run[side].plan);
	run[side].plan = (struct fm_plan){ .offers = &offers };
	run[side].options = &asked[side];
	asked[side] = (struct fm_options){ .strategy = axes.strategy,
					   .backing = axes.backing,
					   .rss = axes.rss,
					   .child = axes.child };
	for (; axes.set[asked[side].set.n]; asked[side].set.n++)
		asked[side].set.item[asked[side].set.n] =
			axes.set[asked[side].set.n];
	CHECK(!fm_plan_add(&run[side].plan, &axes, &why));
}

static size_t pairs(struct fm_axes base, struct fm_axes other)
{
	plan(0, base);
	plan(1, other);
	free(sitting.turn);
	CHECK(!fm_pair_plans(&sitting));
	CHECK(fm_plan_measured(&run[0].plan) == sitting.turns);
	CHECK(fm_plan_measured(&run[1].plan) == sitting.turns);
	return sitting.turns;
}

#define AXES(...) ((struct fm_axes){ __VA_ARGS__ })

static const struct fm_plan_row *row_of(int side, size_t turn)
{
	return &run[side].plan.row[sitting.turn[turn].row[side]];
}

static void partners(void)
{
	struct fm_plan_row *row;

	/* The same twice. */
	CHECK(pairs(AXES(.workload = "wait", .strategy = "fork,vfork"),
		    AXES(.workload = "wait", .strategy = "fork,vfork")) == 4);
	/* By place, where what differs was asked for. */
	CHECK(pairs(AXES(.workload = "wait", .strategy = "fork"),
		    AXES(.workload = "wait", .strategy = "vfork")) == 2);
	CHECK(!strcmp(row_of(0, 1)->child, row_of(1, 1)->child));
	CHECK(pairs(AXES(.workload = "cow", .set = { "writer=child" }),
		    AXES(.workload = "cow", .set = { "writer=parent" })) == 1);
	CHECK(pairs(AXES(.workload = "zero_fill", .backing = "anon"),
		    AXES(.workload = "zero_fill", .backing = "vmas")) == 1);
	CHECK(pairs(AXES(.workload = "spawn", .rss = "0", .strategy = "fork"),
		    AXES(.workload = "spawn", .rss = "4M",
			 .strategy = "fork")) == 2);
	/* By axes, where the plans differ in length or in order. */
	CHECK(pairs(AXES(.workload = "wait", .strategy = "vfork,fork"),
		    AXES(.workload = "wait", .strategy = "fork",
			 .child = "exec")) == 1);
	CHECK(!strcmp(row_of(0, 0)->strategy, "fork") &&
	      !strcmp(row_of(0, 0)->child, "exec") &&
	      fm_plan_same(row_of(0, 0), row_of(1, 0)));
	row = &run[0].plan.row[0];
	CHECK(!strcmp(row->status, "skip") &&
	      strstr(row->reason, "the other side has no such point"));
	/* A partner that is skipped. */
	CHECK(pairs(AXES(.workload = "cow", .strategy = "fork"),
		    AXES(.workload = "cow", .strategy = "vfork")) == 0);
	row = &run[0].plan.row[0];
	CHECK(strstr(row->reason, "other side: vfork makes no copy-on-write"));
	CHECK(pairs(AXES(.workload = "wait", .strategy = "fork"),
		    AXES(.workload = "spawn", .strategy = "fork")) == 0);
}

int main(void)
{
	words();
	partners();
	for (int side = 0; side < FM_SIDES; side++)
		fm_plan_free(&run[side].plan);
	free(sitting.turn);
	return test_end();
}
