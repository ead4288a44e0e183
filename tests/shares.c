/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A profile run that the test writes, whose shares are known. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "share.h"
#include "shares.h"
#include "test.h"

static char dir[] = "/tmp/forkmeter-shares-XXXXXX";

static FILE *start(const struct fm_table *table)
{
	char path[128];
	FILE *out;

	snprintf(path, sizeof(path), "%s/%s.tsv", dir, table->name);
	out = fopen(path, "w");
	if (out)
		fm_table_write_header(table, out);
	return out;
}

static void put_sampling(FILE *out, uint64_t point, uint64_t block,
			 uint64_t inside, double median, const char *status)
{
	struct fm_sampling_row row;

	fm_row_clear(&fm_sampling_table, &row);
	row.point = point;
	row.round = row.block = block;
	row.inside = inside + 10; /* and so many of others */
	row.others = 10;
	row.median = median;
	strcpy(row.status, status);
	strcpy(row.event, "cpu-clock");
	strcpy(row.metric, "wait_ns");
	fm_table_write(&fm_sampling_table, out, &row);
}

static void put_profile(FILE *out, uint64_t point, uint64_t block,
			const char *kind, const char *name, uint64_t self,
			uint64_t inclusive)
{
	struct fm_profile_row row;

	fm_row_clear(&fm_profile_table, &row);
	row.point = point;
	row.round = row.block = block;
	strcpy(row.kind, kind);
	strcpy(row.name, name);
	row.self = self;
	row.inclusive = inclusive;
	fm_table_write(&fm_profile_table, out, &row);
}

/* Point 1: three blocks, 10 of 100, 30 of 100, and 0 of 50 in copy_page. */
static void write_run(uint64_t inside)
{
	FILE *plan = start(&fm_plan_table);
	FILE *sampling = start(&fm_sampling_table);
	FILE *profile = start(&fm_profile_table);
	FILE *quantiles = start(&fm_quantile_table);
	struct fm_plan_row point;
	struct fm_quantile_row q;

	for (uint64_t i = 1; i <= 2; i++) {
		fm_row_clear(&fm_plan_table, &point);
		point.point = i;
		strcpy(point.workload, "wait");
		strcpy(point.status, "measure");
		fm_table_write(&fm_plan_table, plan, &point);
	}
	put_sampling(sampling, 1, 1, inside, 1100, "ok");
	put_sampling(sampling, 1, 2, inside, 2200, "ok");
	put_sampling(sampling, 1, 3, inside / 2, 3300, "ok");
	put_sampling(sampling, 1, 4, 0, NAN, "broken");
	put_profile(profile, 1, 1, "function", "copy_page", 4, 6);
	put_profile(profile, 1, 2, "function", "copy_page", 30, 90);
	put_profile(profile, 1, 1, "function", "copy_page", 6, 14);  /* alias */
	put_profile(profile, 1, 9, "function", "copy_page", 77, 77); /* torn */
	put_profile(profile, 1, 3, "class", "zeroing", 5, 50);
	put_profile(profile, 1, 1, "class", "page copy", 10, 20);
	for (uint64_t round = 1; round <= 4; round++) {
		fm_row_clear(&fm_quantile_table, &q);
		q.point = 1;
		q.round = q.block = round;
		strcpy(q.metric, "wait_ns");
		q.median = 1000.0 * (double)round;
		fm_table_write(&fm_quantile_table, quantiles, &q);
	}
	fclose(plan);
	fclose(sampling);
	fclose(profile);
	fclose(quantiles);
}

static int near(double a, double b)
{
	return fabs(a - b) < 1e-9;
}

static void shares(void)
{
	const struct fm_share_block self[] = { { 10, 100 },
					       { 30, 100 },
					       { 0, 50 } };
	struct fm_interval want;
	const struct fm_share_row *r;
	struct fm_shares s;
	struct fm_why why = { "" };
	int by_blocks;

	write_run(100);
	CHECK(!fm_shares_make(&s, dir, dir, &why));
	CHECK(s.n == 3 && s.blocks == 4);
	if (s.n != 3)
		return;
	r = &s.row[0];
	CHECK(!strcmp(r->name, "page copy") && !strcmp(r->kind, "class"));
	CHECK(r->samples == 250 && r->blocks == 3 && near(r->self, 0.04));
	CHECK(!strcmp(s.row[1].name, "zeroing") && s.row[1].self_samples == 5);
	CHECK(near(s.row[1].inclusive, 0.2));
	r = &s.row[2];
	CHECK(!strcmp(r->name, "copy_page") && near(r->self, 0.16));
	CHECK(r->self_samples == 40 && r->inclusive_samples == 110);
	want = fm_share(self, 3, 0.95, &by_blocks);
	CHECK(near(r->self_lo, want.lo) && near(r->self_hi, want.hi));
	CHECK(!strcmp(r->over, "blocks") && !strcmp(r->workload, "wait"));
	CHECK(near(r->slower, 1.1) && r->slower_lo > 1.09 &&
	      r->slower_hi < 1.11);
	CHECK(!fm_shares_write(&s, dir, &why));
	fm_shares_free(&s);
	CHECK(fm_table_load(&fm_share_table, dir, (void **)&s.row, &s.n,
			    &why) == 0 &&
	      s.n == 3);
	fm_shares_free(&s);
}

static void nothing(void)
{
	struct fm_shares s;
	struct fm_why why = { "" };

	write_run(0);
	CHECK(fm_shares_make(&s, dir, dir, &why) == -ENODATA);
	CHECK(strstr(why.text, "--rate"));
	fm_shares_free(&s);
	CHECK(fm_shares_make(&s, "/nonexistent", dir, &why) == -ENOENT);
	fm_shares_free(&s);
	memset(&s, 0, sizeof(s));
	CHECK(fm_shares_write(&s, "/nonexistent", &why) == -ENOENT);
}

int main(void)
{
	char command[128];

	if (!mkdtemp(dir))
		return 99;
	shares();
	nothing();
	snprintf(command, sizeof(command), "rm -r %s", dir);
	CHECK(system(command) == 0);
	return test_end();
}
