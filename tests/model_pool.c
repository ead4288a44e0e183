/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference model: what it refuses, and how it keeps its pool of frames. */
#include <errno.h>
#include <string.h>

#include "model.h"
#include "test.h"

static void write_all(struct fm_model *m, size_t pages)
{
	int bad = 0;

	for (size_t i = 0; i < pages; i++)
		bad |= fm_model_write(m, 0, i);
	CHECK(!bad);
}

static void exit_all(struct fm_model *m)
{
	for (int i = 0; i < FM_MODEL_PROCESSES; i++)
		fm_model_exit(m, i);
	CHECK(m->used == 0);
	for (size_t i = 0; i < m->frames; i++)
		CHECK(m->owners[i] == 0);
}

static void refusals(void)
{
	const struct fm_model_area area = { .first = 8, .pages = 8, .unit = 4 };
	struct fm_model_area bad = area;
	struct fm_model m;

	CHECK(fm_model_open(&m, &fm_model_linux, (size_t)1 << 40) == -ENOMEM);
	CHECK(!fm_model_open(&m, &fm_model_linux, 8));
	CHECK(!fm_model_map(&m, 0, &area));
	CHECK(fm_model_map(&m, 0, &area) == -EEXIST);
	bad.first = 4;
	CHECK(fm_model_map(&m, 0, &bad) == -EEXIST);
	bad.pages = 4;
	CHECK(!fm_model_map(&m, 0, &bad));
	bad.first = 16;
	CHECK(!fm_model_map(&m, 0, &bad));
	bad.first = 21;
	CHECK(fm_model_map(&m, 0, &bad) == -EINVAL);
	bad = (struct fm_model_area){ .first = 32, .unit = 1 };
	CHECK(fm_model_map(&m, 0, &bad) == -EINVAL);
	bad.pages = 1;
	CHECK(fm_model_map(&m, 1, &bad) == -EINVAL);
	bad.kind = FM_MODEL_SHARED;
	bad.at_fork = FM_MODEL_WIPEONFORK;
	CHECK(fm_model_map(&m, 0, &bad) == -EINVAL);
	CHECK(fm_model_write(&m, 0, 3) == -EFAULT);
	CHECK(fm_model_read(&m, 0, 20) == -EFAULT);
	CHECK(fm_model_read(&m, 1, 8) == -EFAULT);
	CHECK(fm_model_read(&m, -1, 8) == -EFAULT);
	CHECK(!fm_model_write(&m, 0, 4) && !fm_model_write(&m, 0, 16));
	CHECK(m.used == 8);
	CHECK(fm_model_write(&m, 0, 8) == -ENOMEM);
	CHECK(!fm_model_look(&m, 0, 8).present && m.count.faults == 2);
	CHECK(fm_model_fork(&m, 1) == -EINVAL);
	for (int i = 1; i < FM_MODEL_PROCESSES; i++)
		CHECK(fm_model_fork(&m, 0) == i);
	CHECK(fm_model_fork(&m, 0) == -EAGAIN);
	CHECK(fm_model_look(&m, 0, 4).owners == FM_MODEL_PROCESSES);
	exit_all(&m);
	fm_model_close(&m);
}

/* More than half of memory: the child of an eager fork finds no frames. */
static void out_of_frames(const struct fm_model_policy *policy,
			  enum fm_model_at_fork at_fork)
{
	const struct fm_model_area area = {
		.pages = 48, .unit = 8, .one_entry = 1, .at_fork = at_fork
	};
	struct fm_model_count before;
	struct fm_model_page page;
	struct fm_model m;

	CHECK(!fm_model_open(&m, policy, 64));
	CHECK(!fm_model_map(&m, 0, &area));
	write_all(&m, area.pages);
	before = m.count;
	page = fm_model_look(&m, 0, 0);
	CHECK(fm_model_fork(&m, 0) == -ENOMEM);
	CHECK(m.used == 48 && m.peak == 48);
	CHECK(!memcmp(&before, &m.count, sizeof(before)));
	CHECK(fm_model_look(&m, 0, 0).frame == page.frame);
	CHECK(fm_model_look(&m, 0, 0).writable && page.writable);
	CHECK(fm_model_read(&m, 1, 0) == -EFAULT);
	exit_all(&m);
	fm_model_close(&m);
}

static void policies(void)
{
	CHECK(!fm_model_linux.eager && fm_model_xv6.eager);
	out_of_frames(&fm_model_xv6, FM_MODEL_INHERIT);
	out_of_frames(&fm_model_linux, FM_MODEL_PINNED);
}

/* Large, so that a slow way would be noticed by whoever waits for it. */
static void million(void)
{
	const size_t pages = 1000000;
	const struct fm_model_area area = { .pages = pages, .unit = 1 };
	struct fm_model m;
	int bad = 0;

	CHECK(!fm_model_open(&m, &fm_model_linux, 2 * pages));
	CHECK(!fm_model_map(&m, 0, &area));
	write_all(&m, pages);
	CHECK(fm_model_fork(&m, 0) == 1);
	for (size_t i = 0; i < pages; i++)
		bad |= fm_model_write(&m, 1, i);
	CHECK(!bad && m.count.copies == pages);
	CHECK(m.used == 2 * pages && m.peak == m.used);
	CHECK(fm_model_write(&m, 0, 0) == 0 && m.count.reuses == 1);
	fm_model_exit(&m, 1);
	CHECK(m.used == pages);
	fm_model_exit(&m, 0);
	CHECK(m.used == 0);
	fm_model_close(&m);
}

int main(void)
{
	refusals();
	policies();
	million();
	return test_end();
}
