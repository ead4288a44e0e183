/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparisons whose figures can be checked by hand, and the rule for boots. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "compare.h"
#include "quantiles.h"
#include "test.h"

enum { BLOCKS = 12 };

static const size_t median = offsetof(struct fm_quantile_row, median);

/* Blocks of level, a ramp of that relative height over them. */
static struct fm_unit unit_of(struct fm_quantile_row *row, size_t k,
			      double level, double ramp)
{
	for (size_t i = 0; i < k; i++) {
		fm_row_clear(&fm_quantile_table, &row[i]);
		row[i].round = i + 1;
		row[i].median = level * (1 + ramp * (double)i / (double)k);
	}
	return (struct fm_unit){ row, k };
}

static int is_near(double x, double want)
{
	return fabs(x - want) <= 1e-9 * fabs(want) + 1e-12;
}

static void pairs(void)
{
	struct fm_quantile_row x[BLOCKS], y[BLOCKS];
	struct fm_unit a = unit_of(x, BLOCKS, 1000, 3);
	struct fm_unit b = unit_of(y, BLOCKS, 1100, 3);
	struct fm_comparison c;

	/* The ramp is in both, and so in neither their ratio nor its error. */
	CHECK(!fm_comparison_make(&c, (struct fm_units_of){ &a, 1 },
				  (struct fm_units_of){ &b, 1 }, median,
				  FM_OVER_ROUNDS, FM_CLOCK_STEP));
	CHECK(is_near(c.ratio.value, log(1.1)));
	CHECK(c.ratio.n == BLOCKS &&
	      c.ratio.df == (double)fm_trimmed_count(BLOCKS) - 1);
	/* Nothing but the clock's step is left of it. */
	CHECK(is_near(c.ratio.se, hypot(exp(-c.base.value), exp(-c.new.value)) /
					  sqrt(12 * BLOCKS)));
	CHECK(!fm_comparison_make(&c, (struct fm_units_of){ &a, 1 },
				  (struct fm_units_of){ &b, 1 }, median,
				  FM_OVER_BLOCKS, FM_CLOCK_STEP));
	CHECK(is_near(c.ratio.value, log(1.1)) && c.ratio.se > 0.1);
	CHECK(is_near(c.difference.value, c.base_ns * 0.1));

	/* Rounds 1, 3, 5 ... against 1, 2, 3 ...: every other has a partner. */
	for (size_t i = 0; i < BLOCKS; i++)
		x[i].round = 2 * i + 1;
	CHECK(!fm_comparison_make(&c, (struct fm_units_of){ &a, 1 },
				  (struct fm_units_of){ &b, 1 }, median,
				  FM_OVER_ROUNDS, FM_CLOCK_STEP));
	CHECK(c.ratio.n == BLOCKS / 2 && c.left_out == BLOCKS);
	for (size_t i = 0; i < BLOCKS; i++)
		x[i].round = 100 + i;
	CHECK(!fm_comparison_make(&c, (struct fm_units_of){ &a, 1 },
				  (struct fm_units_of){ &b, 1 }, median,
				  FM_OVER_ROUNDS, FM_CLOCK_STEP));
	CHECK(c.ratio.n == 0 && isnan(c.ratio.value));
}

/* Runs whose levels differ far more than their blocks do. */
static void units(void)
{
	static const double level[] = { 1000, 2000, 1000, 2000, 1000, 2000 };
	struct fm_quantile_row row[2][6][BLOCKS];
	struct fm_unit a[6], b[6];
	struct fm_units_of base = { a, 6 }, new = { b, 6 };
	struct fm_comparison c;

	for (int i = 0; i < 6; i++) {
		a[i] = unit_of(row[0][i], BLOCKS, level[i], 0.001);
		b[i] = unit_of(row[1][i], BLOCKS, 1.5 * level[i], 0.001);
	}
	CHECK(!fm_comparison_make(&c, base, new, median, FM_OVER_UNITS,
				  FM_CLOCK_STEP));
	CHECK(is_near(c.ratio.value, log(1.5)) && c.ratio.n == 6);
	/* Two sides of +-log(2) / 2 over six runs each, by hand. */
	CHECK(fabs(c.ratio.se - log(2) / 2 * sqrt(2 / 5.)) < 1e-6);
	CHECK(fabs(c.ratio.df - 10) < 1e-6);
	/* A run that lacks the point is no observation. */
	b[5].k = 0;
	CHECK(!fm_comparison_make(&c, base, new, median, FM_OVER_UNITS,
				  FM_CLOCK_STEP));
	CHECK(c.ratio.n == 5);
}

/* Two lines of BLOCKS blocks whose ratio is that, judged. */
static void judge(double ratio, struct fm_yardstick *y,
		  struct fm_comparison_row *row)
{
	static struct fm_summary_row point;
	static const struct fm_across nothing;
	struct fm_quantile_row x[BLOCKS], z[BLOCKS];
	struct fm_unit a = unit_of(x, BLOCKS, 100000, 0.001);
	struct fm_unit b = unit_of(z, BLOCKS, 100000 * ratio, 0.001);
	struct fm_line base = { .row = &point, .units = { &a, 1 } };
	struct fm_line new = { .row = &point, .units = { &b, 1 } };
	struct fm_match match = { &base, &new };

	fm_row_clear(&fm_summary_table, &point);
	y->statistic = fm_table_column(&fm_quantile_table, "median");
	y->across = &nothing;
	y->stated[0] = FM_COMPARE_LEVEL;
	y->stated[1] = y->level = 0.99;
	y->delta = 0.01;
	CHECK(!fm_compare_line(row, &match, y));
}

static void boots(void)
{
	struct fm_comparison_row row;
	static const struct fm_choice choice;
	struct fm_yardstick y = { .over = FM_OVER_BLOCKS,
				  .choice = &choice,
				  .boots_floor = NAN,
				  .boots = 1,
				  .caveat = "these boots" };

	judge(1.03, &y, &row);
	CHECK(!strcmp(row.verdict, "slower") && !*row.reason);
	CHECK(!strcmp(row.note, "these boots"));
	y.boots_lack = 1;
	judge(1.03, &y, &row);
	CHECK(!strcmp(row.verdict, "unsure"));
	CHECK(strstr(row.reason, "how boots differ is not measured"));
	y.boots_floor = 0.05;
	judge(1.03, &y, &row);
	CHECK(!strcmp(row.verdict, "unsure") && strstr(row.reason, "5 %"));
	judge(1, &y, &row); /* nor are they the same: boots may hide it */
	CHECK(!strcmp(row.verdict, "unsure"));
	judge(1.1, &y, &row);
	CHECK(!strcmp(row.verdict, "slower") && !*row.reason);
	judge(0.9, &y, &row);
	CHECK(!strcmp(row.verdict, "faster"));
	y.boots_floor = 0.005; /* less than what matters: that decides */
	judge(1.008, &y, &row);
	CHECK(!strcmp(row.verdict, "unsure"));
}

static struct fm_comparison_row told(const char *verdict, double ratio,
				     double width)
{
	struct fm_comparison_row row;

	fm_row_clear(&fm_comparison_table, &row);
	strcpy(row.verdict, verdict);
	row.ratio = ratio;
	row.ratio_slo = ratio / width;
	row.ratio_shi = ratio * width;
	return row;
}

static void order(void)
{
	struct fm_comparison_row row[] = {
		told("same", 1, 1.002),	      told("unsure", NAN, NAN),
		told("faster", 0.9, 1.01),    told("unsure", 1.1, 1.2),
		told("slower", 1.05, 1.01),   told("slower", 1.5, 1.01),
		told("unsure", 1.001, 1.02),  told("faster", 0.5, 1.01),
		told("same", 1.0001, 1.0001),
	};
	static const double want[] = { 1.5, 1.05, 0.5,	  0.9, 1.001,
				       1.1, NAN,  1.0001, 1 };
	const size_t n = sizeof(row) / sizeof(*row);

	fm_compare_sort(row, n);
	for (size_t i = 0; i < n; i++)
		CHECK(row[i].ratio == want[i] || isnan(want[i]));
	CHECK(isnan(row[6].ratio));
	CHECK(fm_compare_count(row, n, FM_UNSURE) == 3);
}

/* The sides differ in the name of the kernel's file, and in what stands there.
 */
static int differ(const char *a, const char *b, int intended)
{
	static struct fm_rundata x, y;
	struct fm_across across = { .key = { "kernel" },
				    .n = 1,
				    .any_fact = intended };
	struct fm_side base = { "BASE", &x, 1, 1, 1 };
	struct fm_side new = { "NEW", &y, 1, 1, 1 };
	int err;

	fm_fact_text(&x.facts, FM_FACT_STATE, "kernel", "6.1", "");
	fm_fact_text(&y.facts, FM_FACT_STATE, "kernel", "6.2", "");
	fm_fact_text(&x.facts, FM_FACT_STATE, "kernel_command_line", a, "");
	fm_fact_text(&y.facts, FM_FACT_STATE, "kernel_command_line", b, "");
	err = fm_across_check(&across, &base, &new);
	fm_fact_free(&x.facts);
	fm_fact_free(&y.facts);
	return err;
}

static void kernels(void)
{
	CHECK(!differ("BOOT_IMAGE=/a quiet x=1", "BOOT_IMAGE=/b quiet x=1", 0));
	CHECK(!differ("quiet", "BOOT_IMAGE=/b  quiet ", 0));
	CHECK(!differ("", "", 0));
	CHECK(differ("BOOT_IMAGE=/a quiet", "BOOT_IMAGE=/b quiet x", 0));
	CHECK(differ("BOOT_IMAGE=/a x=1", "BOOT_IMAGE=/a x=2", 0));
	CHECK(differ("BOOT_IMAGE=/a x", "BOOT_IMAGE=/a", 0));
	CHECK(!differ("BOOT_IMAGE=/a x", "BOOT_IMAGE=/a", 1));
}

static void facts(void)
{
	static struct fm_facts a, b;
	struct fm_fact_difference d[2 * FM_FACTS_MAX];

	fm_fact_text(&a, FM_FACT_STATE, "kernel", "6.1", "");
	fm_fact_text(&b, FM_FACT_STATE, "kernel", "6.1", "");
	fm_fact_text(&a, FM_FACT_NOTE, "load", "1", "");
	fm_fact_text(&b, FM_FACT_NOTE, "load", "2", "");
	fm_fact_unknown(&a, FM_FACT_STATE, "boost", "no such file", "");
	fm_fact_unknown(&b, FM_FACT_STATE, "boost", "not permitted", "");
	CHECK(fm_fact_differ(&a, &b, d) == 0);
	/* An earlier forkmeter said that they differ, but not in what. */
	fm_fact_text(&a, FM_FACT_NOTE, "state", "1", "");
	fm_fact_text(&b, FM_FACT_NOTE, "state", "2", "");
	CHECK(fm_fact_differ(&a, &b, d) == 1 && !strcmp(d[0].key, "state"));
	fm_fact_text(&b, FM_FACT_STATE, "inject", "fork=500", "");
	fm_fact_text(&b, FM_FACT_HOST, "cpu", "x", "");
	CHECK(fm_fact_differ(&a, &b, d) == 2 && !strcmp(d[0].key, "cpu"));
	CHECK(!strcmp(d[1].key, "inject") && !d[1].a && d[1].b);
	CHECK(fm_fact_differ(&b, &a, d) == 2 && d[1].a && !d[1].b);
	fm_fact_free(&a);
	fm_fact_free(&b);
}

int main(void)
{
	pairs();
	units();
	boots();
	order();
	kernels();
	facts();
	return test_end();
}
