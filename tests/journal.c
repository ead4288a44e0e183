/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A journal: appended to by several, torn, refused, and of other columns. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "floor.h"
#include "journal.h"
#include "test.h"

enum { WAIT_MS = 20000, WRITERS = 8, EACH = 20 };

static const struct fm_table *const table = &fm_floor_table;
static char dir[] = "/tmp/forkmeter-test-XXXXXX";
static char path[64];
static struct fm_why why;

static struct fm_floor_row line(double median)
{
	struct fm_floor_row row;

	fm_row_clear(table, &row);
	strcpy(row.host_id, "h");
	strcpy(row.metric, "wait_ns");
	row.median = median;
	return row;
}

static int append(double median)
{
	struct fm_floor_row row = line(median);
	struct fm_journal journal;
	int err = fm_journal_open(&journal, table, dir, WAIT_MS, &why);

	if (err)
		return err;
	err = fm_journal_append(&journal, &row, 1, &why);
	fm_journal_close(&journal);
	return err;
}

/* How many rows there are; the last one's median. */
static size_t rows(double *last)
{
	struct fm_floor_row *row = NULL;
	size_t n = 0;

	CHECK(!fm_table_load(table, dir, (void **)&row, &n, &why));
	*last = n ? row[n - 1].median : 0;
	free(row);
	return n;
}

static void write_text(const char *mode, const char *text)
{
	FILE *file = fopen(path, mode);

	CHECK(file && fputs(text, file) >= 0 && !fclose(file));
}

static void torn(void)
{
	double last;

	CHECK(!append(1) && !append(2) && rows(&last) == 2 && last == 2);
	write_text("a", "a line that its writer did not live to");
	CHECK(!append(3) && rows(&last) == 3 && last == 3);
}

/* One of another version: fewer columns, in another order, and one unknown. */
static void other_columns(void)
{
	double last;

	write_text("w", "metric\tmedian\tlater\thost_id\n"
			"wait_ns\t7\tx\th\nwait_ns\t8\tx\th\n");
	CHECK(!append(9) && rows(&last) == 3 && last == 9);
	CHECK(!append(10) && rows(&last) == 4 && last == 10);
	write_text("w", "metric\tmedian\nwait_ns\t7\nwait_ns\tx\nwait_ns\t8\n");
	CHECK(append(9) == -EBADMSG && strstr(why.text, "line 3"));
	CHECK(!unlink(path));
}

static void held(void)
{
	struct fm_journal a, b;

	CHECK(!fm_journal_open(&a, table, dir, WAIT_MS, &why));
	CHECK(fm_journal_open(&b, table, dir, 50, &why) == -EBUSY);
	CHECK(strstr(why.text, "another forkmeter"));
	fm_journal_close(&a);
	CHECK(!fm_journal_open(&b, table, dir, 50, &why));
	fm_journal_close(&b);
}

/* Eight at once, to a file that the first of them has to write anew. */
static void at_once(void)
{
	double last;
	int status;

	write_text("w", "metric\tmedian\nwait_ns\t1\n");
	for (int i = 0; i < WRITERS; i++)
		if (fork() == 0) {
			int failed = 0;

			for (int k = 0; k < EACH; k++)
				failed |= append(k) != 0;
			_exit(failed);
		}
	for (int i = 0; i < WRITERS; i++)
		CHECK(wait(&status) > 0 && status == 0);
	CHECK(rows(&last) == 1 + WRITERS * EACH);
}

/* Space for a part of a line: what was there stays, and nothing else. */
static void full(void)
{
	struct rlimit old, none;
	struct stat is;
	double last;
	size_t before = rows(&last);

	signal(SIGXFSZ, SIG_IGN);
	CHECK(!getrlimit(RLIMIT_FSIZE, &old));
	none = old;
	CHECK(!stat(path, &is));
	none.rlim_cur = (rlim_t)is.st_size + 10;
	CHECK(!setrlimit(RLIMIT_FSIZE, &none));
	CHECK(append(5) == -EFBIG);
	CHECK(!setrlimit(RLIMIT_FSIZE, &old));
	CHECK(rows(&last) == before);
}

int main(void)
{
	CHECK(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/%s.tsv", dir, table->name);
	torn();
	other_columns();
	held();
	at_once();
	full();
	CHECK(!unlink(path) && !rmdir(dir));
	return test_end();
}
