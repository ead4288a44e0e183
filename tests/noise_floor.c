/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The noise floor: written, read, and asked for points known and unknown. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "floor.h"
#include "test.h"

static struct fm_why why;

static struct fm_floor_row line(const char *started, const char *boot,
				const char *workload, double median, double sd)
{
	struct fm_floor_row row;

	fm_row_clear(&fm_floor_table, &row);
	strcpy(row.started, started);
	strcpy(row.host_id, "h");
	strcpy(row.state, "s");
	strcpy(row.boot_id, boot);
	strcpy(row.workload, workload);
	strcpy(row.metric, "op_ns");
	row.median = median;
	row.sd = sd;
	row.apart_sd = 2 * sd;
	row.halves = -0.01;
	return row;
}

static int near(double a, double b)
{
	return fabs(a - b) < 1e-9;
}

int main(void)
{
	char dir[] = "/tmp/forkmeter-test-XXXXXX", path[64];
	struct fm_floor floor = { 0 };
	struct fm_plan_row cow, other;
	struct fm_floor_row first[2], next;

	CHECK(mkdtemp(dir));
	fm_row_clear(&fm_plan_table, &cow);
	strcpy(cow.workload, "cow");
	other = cow;
	strcpy(other.workload, "wait");
	CHECK(!fm_floor_load(&floor, dir, "h", &why) && !floor.n);
	CHECK(isnan(fm_floor_sd(&floor, &fm_plan_table, &cow, "op_ns", 1)));
	CHECK(isnan(fm_floor_between_runs(&floor)));
	first[0] = line("1", "b1", "cow", 100, 0.02);
	first[1] = line("1", "b1", "zero_fill", 50, 0.12);
	CHECK(!fm_floor_append(dir, first, 2, &why));
	CHECK(!fm_floor_load(&floor, dir, "h", &why) && floor.n == 2);
	CHECK(near(fm_floor_sd(&floor, &fm_plan_table, &cow, "op_ns", 1),
		   0.02));
	CHECK(near(fm_floor_sd(&floor, &fm_plan_table, &cow, "op_ns", 0),
		   0.04));
	/* Nine tenths of the way from 0.02 to 0.12. */
	CHECK(near(fm_floor_sd(&floor, &fm_plan_table, &other, "op_ns", 1),
		   0.11));
	CHECK(isnan(fm_floor_between_runs(&floor)));
	CHECK(near(fm_floor_halves(&floor), 0.01));
	CHECK(isnan(fm_floor_between_boots(&floor)));
	fm_floor_free(&floor);

	/* Two more runs of another boot: three runs, two boots. */
	next = line("2", "b2", "cow", 100 * exp(0.03), 0.01);
	CHECK(!fm_floor_append(dir, &next, 1, &why));
	next = line("3", "b2", "cow", 100 * exp(0.06), 0.03);
	CHECK(!fm_floor_append(dir, &next, 1, &why));
	strcpy(next.host_id, "another");
	CHECK(!fm_floor_append(dir, &next, 1, &why));
	CHECK(!fm_floor_load(&floor, dir, "h", &why) && floor.n == 4);
	CHECK(near(fm_floor_sd(&floor, &fm_plan_table, &cow, "op_ns", 1),
		   0.03));
	/* 0, 0.03, 0.06: sd 0.03; t(0.995; 2) = 9.924843201 */
	CHECK(fabs(fm_floor_between_runs(&floor) -
		   9.924843201 * sqrt(2) * 0.03) < 1e-8);
	CHECK(isnan(fm_floor_between_boots(&floor)));
	fm_floor_free(&floor);
	next = line("4", "b3", "cow", 100 * exp(-0.03), 0.03);
	CHECK(!fm_floor_append(dir, &next, 1, &why));
	CHECK(!fm_floor_load(&floor, dir, "h", &why) && floor.n == 5);
	CHECK(fabs(fm_floor_between_boots(&floor) -
		   9.924843201 * sqrt(2) * 0.03) < 1e-8);
	fm_floor_free(&floor);

	snprintf(path, sizeof(path), "%s/selfcheck.tsv", dir);
	CHECK(!unlink(path) && !rmdir(dir));
	return test_end();
}
