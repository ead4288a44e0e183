/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From axes to points: products, defaults, skips with reasons, refusals. */
#include <errno.h>
#include <string.h>

#include "pages.h"
#include "plan.h"
#include "profile.h"
#include "test.h"

static struct fm_offers offers;
static struct fm_plan plan;
static struct fm_why why;

static int add(struct fm_axes axes)
{
	fm_plan_free(&plan);
	plan = (struct fm_plan){ .offers = &offers,
				 .policy = fm_model_linux,
				 .memory_total = 8ull << 30,
				 .memory_available = 6ull << 30 };
	why.text[0] = '\0';
	return fm_plan_add(&plan, &axes, &why);
}

/* The reason of the only row with that strategy, or "" when measured. */
static const char *reason_of(const char *strategy)
{
	for (size_t i = 0; i < plan.n; i++)
		if (!strcmp(plan.row[i].strategy, strategy))
			return plan.row[i].reason;
	return "no such row";
}

static void products(void)
{
	CHECK(!add((struct fm_axes){ .workload = "wait",
				     .strategy = "fork,vfork",
				     .rss = "0,64M,1G",
				     .child = "exit,exec" }));
	CHECK(plan.n == 2 * 3 * 2 && fm_plan_measured(&plan) == plan.n);
	CHECK(plan.row[0].point == 1 && plan.row[11].point == 12);
	for (size_t i = 0; i < plan.n; i++)
		CHECK(!strcmp(plan.row[i].backing,
			      plan.row[i].rss_bytes ? "anon" : "none"));
	CHECK(!add((struct fm_axes){ .workload = "null,null" }));
	CHECK(plan.n == 1 && !*plan.row[0].strategy && !*plan.row[0].child);
	CHECK(!add((struct fm_axes){ .workload = "cow",
				     .set = { "writer=all" } }));
	CHECK(plan.n == 3 && !strcmp(plan.row[0].writer, "child") &&
	      !strcmp(plan.row[1].writer, "parent"));
	CHECK(!*plan.row[0].parameters &&
	      !strcmp(plan.row[2].parameters, "writer=both"));
	/* The model: each write of either side is a fault, one side copies. */
	CHECK(plan.row[0].model_faults == 16384 &&
	      plan.row[0].model_copied == 16384 &&
	      plan.row[2].model_faults == 32768 &&
	      plan.row[2].model_copied == 16384);
	CHECK(plan.row[0].rss_bytes == 64u << 20);
	CHECK(!add((struct fm_axes){ .workload = "cow" }) && plan.n == 1);
	CHECK(!add((struct fm_axes){ .workload = "spawn",
				     .strategy = "fork",
				     .child = "exit",
				     .backing = "anon" }));
	CHECK(plan.n == 1 && plan.row[0].rss_bytes == 64u << 20);
}

static void skips(void)
{
	CHECK(!add((struct fm_axes){
		.workload = "wait", .strategy = "all", .child = "exit" }));
	CHECK(strstr(reason_of("posix_spawn"), "can only exec"));
	CHECK(!*reason_of("fork") && !*reason_of("thread"));
	CHECK(!add((struct fm_axes){ .workload = "cow", .strategy = "all" }));
	CHECK(strstr(reason_of("vfork"), "no copy-on-write copy"));
	CHECK(strstr(reason_of("thread"), "no copy-on-write copy"));
	CHECK(!add((struct fm_axes){
		.workload = "exec", .strategy = "all", .child = "exec" }));
	CHECK(strstr(reason_of("thread"), "use another strategy"));
	CHECK(strstr(reason_of("system"), "runs no code of ours"));
	CHECK(!*reason_of("forkserver"));
	CHECK(!add((struct fm_axes){
		.workload = "wait", .strategy = "thread", .child = "exec" }));
	CHECK(strstr(reason_of("thread"), "use --child exit"));
	/* One who copies needs room for the copy. */
	CHECK(!add((struct fm_axes){
		.workload = "wait", .strategy = "all", .rss = "3G" }));
	CHECK(strstr(reason_of("eager"), "needs 6.1 GiB"));
	CHECK(!add((struct fm_axes){ .workload = "cow", .rss = "4G" }));
	CHECK(strstr(plan.row[0].reason, "needs 8.1 GiB")); /* the copies */
	CHECK(!add((struct fm_axes){ .workload = "zero_fill", .rss = "4G" }));
	CHECK(fm_plan_measured(&plan) == 1);
	CHECK(!add((struct fm_axes){ .workload = "zero_fill", .rss = "0" }));
	CHECK(strstr(plan.row[0].reason, "needs memory"));
	CHECK(!add((struct fm_axes){
		.workload = "zero_fill", .backing = "anon", .rss = "1000" }));
	CHECK(strstr(plan.row[0].reason, "multiple of"));
	CHECK(!add((struct fm_axes){ .workload = "spawn",
				     .strategy = "fork",
				     .child = "exit",
				     .backing = "none",
				     .rss = "64M" }));
	CHECK(strstr(plan.row[0].reason, "has no memory"));
	strcpy(offers.offer[0].kind, "strategy");
	strcpy(offers.offer[0].name, "fork");
	strcpy(offers.offer[0].available, "no");
	strcpy(offers.offer[0].reason, "not today");
	offers.n = 1;
	CHECK(!add((struct fm_axes){
		.workload = "wait", .strategy = "fork", .child = "exit" }));
	CHECK(!strcmp(reason_of("fork"), "not today"));
	offers.n = 0;
}

static void refusals(void)
{
	CHECK(add((struct fm_axes){ .workload = "forkk" }) == -EINVAL);
	CHECK(strstr(why.text, "no such workload"));
	CHECK(add((struct fm_axes){ .workload = "wait",
				    .strategy = "spork" }) == -EINVAL);
	CHECK(strstr(why.text, "spork") && strstr(why.text, "posix_spawn"));
	CHECK(add((struct fm_axes){ .workload = "wait", .strategy = "" }) ==
	      -EINVAL);
	CHECK(add((struct fm_axes){ .workload = "wait", .strategy = "for" }) ==
	      -EINVAL);
	CHECK(add((struct fm_axes){ .workload = "wait", .rss = "100G" }) ==
	      -EINVAL);
	CHECK(strstr(why.text, "8.0 GiB"));
	CHECK(add((struct fm_axes){ .workload = "wait", .rss = "x" }) ==
	      -EINVAL);
	CHECK(add((struct fm_axes){ .workload = "wait",
				    .set = { "writer=child" } }) == -EINVAL);
	CHECK(add((struct fm_axes){ .workload = "cow",
				    .set = { "writer=cat" } }) == -EINVAL);
	CHECK(strstr(why.text, "child,parent"));
	CHECK(add((struct fm_axes){ .workload = "cow",
				    .set = { "fraction=101" } }) == -EINVAL);
	CHECK(strstr(why.text, "a number from 0 to 100"));
	CHECK(add((struct fm_axes){ .workload = "cow",
				    .set = { "threads=two" } }) == -EINVAL);
	CHECK(add((struct fm_axes){ .workload = "wait",
				    .child = "touch:101" }) == -EINVAL);
	CHECK(strstr(why.text, "touch:50"));
}

/* Every parameter has its column, or could not be recorded. */
static void parameters_have_columns(void)
{
	for (const struct fm_workload_row *r = fm_workloads; r->name; r++)
		for (const struct fm_param *p = r->ops->params; p && p->name;
		     p++)
			CHECK(fm_table_column(&fm_plan_table, p->name));
}

static void profiles(void)
{
	for (const struct fm_profile *p = fm_profiles; p->name; p++)
		for (const struct fm_axes *a = p->axes; a->workload; a++)
			CHECK(!add(*a) && plan.n > 0);
	CHECK(!fm_profile_find("nothing"));
}

int main(void)
{
	products();
	skips();
	refusals();
	parameters_have_columns();
	profiles();
	fm_plan_free(&plan);
	return test_end();
}
