/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables written and read back; torn, damaged, and of another version. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "record.h"
#include "summary.h"
#include "test.h"

static char dir[] = "/tmp/forkmeter-record-XXXXXX";

static void put(const char *name, const char *text)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s.tsv", dir, name);
	f = fopen(path, "w");
	fputs(text, f);
	fclose(f);
}

static void remove_all(void)
{
	char path[128];

	for (const struct fm_table *const *t = fm_tables; *t; t++) {
		snprintf(path, sizeof(path), "%s/%s.tsv", dir, (*t)->name);
		unlink(path);
	}
	rmdir(dir);
}

static void round_trip(void)
{
	struct fm_summary_row row, *back = NULL;
	struct fm_why why;
	char path[128];
	size_t n = 0;
	FILE *f;

	fm_row_clear(&fm_summary_table, &row);
	CHECK(row.n == FM_ABSENT && isnan(row.median) && !*row.strategy);
	row.point = 3;
	row.median = 1234.5;
	strcpy(row.strategy, "a\tb\nc");
	snprintf(path, sizeof(path), "%s/summary.tsv", dir);
	f = fopen(path, "w");
	fm_table_write_header(&fm_summary_table, f);
	fm_table_write(&fm_summary_table, f, &row);
	fclose(f);
	CHECK(!fm_table_load(&fm_summary_table, dir, (void **)&back, &n, &why));
	CHECK(n == 1 && back[0].point == 3 && back[0].median == 1234.5);
	CHECK(n == 1 && !strcmp(back[0].strategy, "a b c"));
	CHECK(n == 1 && back[0].n == FM_ABSENT && isnan(back[0].median_lo));
	free(back);
}

static int load(size_t *n, struct fm_why *why)
{
	void *rows = NULL;
	int err = fm_table_load(&fm_sample_table, dir, &rows, n, why);

	free(rows);
	return err;
}

static void torn_and_damaged(void)
{
	struct fm_why why = { "" };
	size_t n = 0;

	put("samples", "point\tblock\twait_ns\n1\t1\t90\n1\t1\t91");
	CHECK(!load(&n, &why) && n == 1); /* no newline */
	put("samples", "point\tblock\twait_ns\n1\t1\t90\n1\t1\n");
	CHECK(!load(&n, &why) && n == 1); /* too few fields */
	put("samples", "point\tblock\twait_ns\n1\t1\n1\t1\t90\n");
	CHECK(load(&n, &why) == -EBADMSG && strstr(why.text, "line 2"));
	put("samples", "point\tblock\twait_ns\n1\tx\t9\n1\t1\t90\n");
	CHECK(load(&n, &why) == -EBADMSG);
	put("samples", "future\tpoint\nspace ship\t7\n");
	CHECK(!load(&n, &why) && n == 1); /* unknown column passed over */
	put("samples", "");
	CHECK(!load(&n, &why) && n == 0);
}

/* Blocks 1 and 2 complete; 3 has fewer samples than promised, 4 no line. */
static void summary_of_torn_run(void)
{
	struct fm_summary_facts facts;
	struct fm_summary_row *rows = NULL;
	struct fm_why why = { "" };
	size_t n = 0;

	put("plan", "point\tworkload\tstrategy\trss_bytes\tstatus\n"
		    "1\twait\tfork\t0\tmeasure\n");
	put("blocks", "point\tblock\tstatus\tsamples\n1\t1\tok\t2\n"
		      "1\t2\tok\t3\n1\t3\tbroken\t0\n1\t4\tok");
	put("samples", "point\tblock\tsample\twait_ns\tmarks\n"
		       "1\t1\t1\t100\t\n1\t1\t2\t200\tpreempted\n"
		       "1\t2\t1\t150\t\n1\t2\t2\t150\textra:1\n"
		       "1\t2\t3\t1\tpreempted,failed:child ended with 1\n"
		       "1\t4\t1\t9\t\n1\t4\t2\t9\t\n");
	CHECK(!fm_summary_make(dir, &facts, &why));
	CHECK(facts.points == 1 && facts.samples == 5 && facts.torn == 2);
	CHECK(facts.broken == 1 && facts.blocks_broken == 1);
	CHECK(!fm_table_load(&fm_summary_table, dir, (void **)&rows, &n, &why));
	CHECK(n == 1 && rows[0].n == 4 && rows[0].blocks == 2);
	CHECK(n == 1 && rows[0].failed == 1 && rows[0].disturbed == 1 &&
	      rows[0].extra == 1 && rows[0].max == 200);
	CHECK(n == 1 && fabs(rows[0].median - 150) < 1e-9);
	CHECK(n == 1 && isnan(rows[0].median_lo));    /* two blocks */
	CHECK(n == 1 && isnan(rows[0].median_clean)); /* 1 of 4 disturbed */
	CHECK(n == 1 && !strcmp(rows[0].verdict, "broken"));
	free(rows);
}

/* Samples that are promised and not there, or a plan out of order: refused. */
static void damaged_runs(void)
{
	struct fm_summary_facts facts;
	struct fm_why why = { "" };
	void *rows = NULL;
	size_t n = 0;

	put("summary", "point\tmetric\n1\tkept\n");
	put("samples", "point\tblock\tsample\twait_ns\n1\t1\t1\t100\n");
	CHECK(fm_summary_make(dir, &facts, &why) == -EBADMSG);
	CHECK(strstr(why.text, "block 1 has 1 samples of 2"));
	/* Blocks whose lines were cut off, and one whose line is missing. */
	put("blocks", "point\tblock\tstatus\tsamples\n1\t1\tok\t1\n1\t2");
	put("samples", "point\tblock\tsample\twait_ns\n"
		       "1\t1\t1\t100\n1\t2\t1\t100\n1\t3\t1\t100\n");
	CHECK(fm_summary_make(dir, &facts, &why) == -EBADMSG);
	CHECK(strstr(why.text, "ends with block 1 and has no line of block 3"));
	put("blocks", "point\tblock\tstatus\tsamples\n"
		      "1\t1\tok\t1\n1\t3\tok\t1\n");
	CHECK(fm_summary_make(dir, &facts, &why) == -EBADMSG);
	CHECK(strstr(why.text, "ends with block 3 and has no line of block 2"));
	put("plan", "point\tworkload\n2\twait\n1\tnull\n");
	CHECK(fm_summary_make(dir, &facts, &why) == -EBADMSG);
	CHECK(strstr(why.text, "plan.tsv: line 2 is not point 1"));
	put("plan", "point\tworkload\n");
	CHECK(fm_summary_make(dir, &facts, &why) == -EBADMSG);
	put("plan", "point\tworkload\n1\twait\n");
	put("blocks", "point\tblock\tstatus\tsamples\n1\t1\tok\t1\n");
	put("samples", "point\tblock\tsample\twait\n1\t1\t1\t100\n");
	CHECK(fm_summary_make(dir, &facts, &why) == -EBADMSG);
	CHECK(strstr(why.text, "1 samples have no time"));
	CHECK(!fm_table_load(&fm_summary_table, dir, &rows, &n, &why));
	CHECK(n == 1); /* the old one is still there */
	free(rows);
}

/* One point, whose blocks expect different counts of faults: broken. */
static void mixed_expectations(void)
{
	struct fm_summary_facts facts;
	struct fm_summary_row *rows = NULL;
	struct fm_why why = { "" };
	size_t n = 0;

	put("plan", "point\tworkload\n1\tcow\n");
	put("blocks", "point\tblock\tstatus\tsamples\n1\t1\tok\t1\n"
		      "1\t2\tok\t1\n");
	put("samples", "point\tblock\tsample\tbatch_ns\tops\tminflt\t"
		       "minflt_expected\n1\t1\t1\t900\t9\t9\t9\n"
		       "1\t2\t1\t900\t9\t9\t9\n");
	CHECK(!fm_summary_make(dir, &facts, &why) && facts.broken == 0);
	put("samples", "point\tblock\tsample\tbatch_ns\tops\tminflt\t"
		       "minflt_expected\n1\t1\t1\t900\t9\t9\t9\n"
		       "1\t2\t1\t900\t9\t9\t1\n");
	CHECK(!fm_summary_make(dir, &facts, &why) && facts.broken == 1);
	CHECK(!fm_table_load(&fm_summary_table, dir, (void **)&rows, &n, &why));
	CHECK(n == 1 && !strcmp(rows[0].verdict, "broken"));
	free(rows);
}

/* null takes 20 ns; a wait of 2,000 is that to 1 %, a batch of 4 x 50 to 10 %.
 */
static void harness_share(void)
{
	struct fm_summary_facts facts;
	struct fm_summary_row *rows = NULL;
	struct fm_stability_row *steady = NULL;
	struct fm_why why = { "" };
	size_t n = 0, lines = 0;

	put("plan", "point\tworkload\n1\tcow\n2\twait\n3\tnull\n");
	put("blocks", "point\tblock\tstatus\tsamples\n1\t1\tok\t1\n"
		      "2\t2\tok\t1\n3\t3\tok\t1\n");
	put("samples", "point\tblock\tsample\twait_ns\tbatch_ns\tops\n"
		       "1\t1\t1\t\t200\t4\n2\t2\t1\t2000\t\t\n"
		       "3\t3\t1\t\t20\t1\n");
	CHECK(!fm_summary_make(dir, &facts, &why));
	CHECK(!fm_table_load(&fm_summary_table, dir, (void **)&rows, &n, &why));
	CHECK(n == 3 && fabs(rows[0].floor_share - 0.1) < 1e-9 &&
	      fabs(rows[1].floor_share - 0.01) < 1e-9);
	CHECK(!fm_table_load(&fm_stability_table, dir, (void **)&steady, &lines,
			     &why));
	CHECK(lines == 3 && steady[1].point == 2 && steady[1].blocks == 1);
	free(steady);
	steady = NULL;
	CHECK(!fm_table_load(&fm_noise_table, dir, (void **)&steady, &lines,
			     &why));
	CHECK(lines == 0); /* nothing was recorded of it */
	free(steady);
	free(rows);
	rows = NULL;
	put("samples", "point\tblock\tsample\twait_ns\tbatch_ns\tops\n"
		       "1\t1\t1\t\t200\t4\n2\t2\t1\t2000\t\t\n"
		       "3\t3\t1\t\t0\t1\n");
	CHECK(!fm_summary_make(dir, &facts, &why));
	CHECK(!fm_table_load(&fm_summary_table, dir, (void **)&rows, &n, &why));
	CHECK(n == 3 && isnan(rows[0].floor_share));
	free(rows);
}

int main(void)
{
	if (!mkdtemp(dir))
		return 99;
	round_trip();
	torn_and_damaged();
	summary_of_torn_run();
	damaged_runs();
	mixed_expectations();
	harness_share();
	remove_all();
	return test_end();
}
