/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables that outlive a run, and that several processes append to. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "journal.h"

enum { STEP_MS = 20 };

static int lock(int fd, unsigned int wait_ms)
{
	const struct timespec step = { 0, STEP_MS * 1000000 };

	for (unsigned int waited = 0;; waited += STEP_MS) {
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			return 0;
		if (errno != EWOULDBLOCK && errno != EINTR)
			return -errno;
		if (waited >= wait_ms)
			return -EBUSY;
		nanosleep(&step, NULL);
	}
}

/* Where the last whole line ends; or -errno. */
static off_t end_of_lines(int fd)
{
	off_t end = lseek(fd, 0, SEEK_END);
	char c;

	while (end > 0) {
		ssize_t n = pread(fd, &c, 1, end - 1);

		if (n != 1)
			return n < 0 ? -errno : -EIO;
		if (c == '\n')
			break;
		end--;
	}
	return end < 0 ? -errno : end;
}

static int cut_torn_line(int fd)
{
	off_t end = end_of_lines(fd);

	if (end < 0)
		return (int)end;
	return ftruncate(fd, end) < 0 ? -errno : 0;
}

void fm_journal_close(struct fm_journal *j)
{
	if (j->fd >= 0)
		close(j->fd);
	j->fd = -1;
}

/* The text of the lines, to be freed; NULL where there is no memory. */
static char *text_of(const struct fm_table *table, int with_header,
		     const void *rows, size_t n, size_t *size)
{
	char *text = NULL;
	FILE *out = open_memstream(&text, size);

	if (!out)
		return NULL;
	if (with_header)
		fm_table_write_header(table, out);
	for (size_t i = 0; i < n; i++)
		fm_table_write(table, out,
			       (const char *)rows + i * table->row_size);
	if (fclose(out)) {
		free(text);
		return NULL;
	}
	return text;
}

/* Its name may be that of another file by now, one with other columns. */
static int is_current(const struct fm_journal *j)
{
	struct stat ours, named;

	return fstat(j->fd, &ours) == 0 && stat(j->path, &named) == 0 &&
	       ours.st_dev == named.st_dev && ours.st_ino == named.st_ino;
}

static int open_locked(struct fm_journal *j, unsigned int wait_ms)
{
	int err;

	do {
		j->fd = open(j->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC,
			     0666);
		if (j->fd < 0)
			return -errno;
		err = lock(j->fd, wait_ms);
		if (!err && is_current(j))
			return 0;
		fm_journal_close(j);
	} while (!err);
	return err;
}

/* Whether it begins with the header that it is to have, or with nothing. */
static int has_header(const struct fm_journal *j)
{
	size_t size, n;
	char *want = text_of(j->table, 1, NULL, 0, &size), *have;
	int same;

	have = malloc(size + 1);
	n = want && have && pread(j->fd, have, size, 0) == (ssize_t)size ?
		    size :
		    0;
	same = lseek(j->fd, 0, SEEK_END) == 0 || (n && !memcmp(want, have, n));
	free(want);
	free(have);
	return same;
}

int fm_journal_load(const struct fm_table *table, const char *dir, void **rows,
		    size_t *n, struct fm_why *why)
{
	struct fm_why said = { "" };
	int err = fm_table_load(table, dir, rows, n, &said);

	if (err == -ENOENT) {
		*rows = NULL;
		*n = 0;
		return 0;
	}
	if (err == -EBADMSG) /* what is said of a run's files helps nobody */
		*strrchr(said.text, ';') = '\0';
	return err ? fm_fail(why, -err, "%.180s%s", said.text,
			     err == -EBADMSG ? "; delete the line, and what it "
					       "says is told anew" :
					       "") :
		     0;
}

/* The same rows under the columns of now, in a file that takes its place. */
static int renew(struct fm_journal *j, struct fm_why *why)
{
	struct fm_journal next = { .table = j->table, .dir = j->dir };
	void *rows = NULL;
	size_t n;
	int err = fm_journal_load(j->table, j->dir, &rows, &n, why);

	if (err)
		return err;
	snprintf(next.path, sizeof(next.path), "%.4000s.part", j->path);
	unlink(next.path);
	err = open_locked(&next, 0);
	if (!err)
		err = fm_journal_append(&next, rows, n, NULL);
	if (!err && rename(next.path, j->path) < 0)
		err = -errno;
	free(rows);
	if (err) {
		fm_journal_close(&next);
		return fm_fail(why, -err, "%.180s: %s", next.path,
			       strerror(-err));
	}
	close(j->fd);
	j->fd = next.fd;
	return 0;
}

int fm_journal_open(struct fm_journal *j, const struct fm_table *table,
		    const char *dir, unsigned int wait_ms, struct fm_why *why)
{
	int err;

	*j = (struct fm_journal){ .table = table, .dir = dir, .fd = -1 };
	snprintf(j->path, sizeof(j->path), "%s/%s.tsv", dir, table->name);
	err = open_locked(j, wait_ms);
	if (!err)
		err = cut_torn_line(j->fd);
	if (err)
		fm_fail(why, -err, "%.180s: %s", j->path,
			err == -EBUSY ?
				"another forkmeter holds it; try again" :
				strerror(-err));
	else if (!has_header(j))
		err = renew(j, why);
	if (err)
		fm_journal_close(j);
	return err;
}

int fm_journal_append(struct fm_journal *j, const void *rows, size_t n,
		      struct fm_why *why)
{
	off_t end = lseek(j->fd, 0, SEEK_END);
	size_t size;
	char *text = text_of(j->table, end == 0, rows, n, &size);
	int err = text ? fm_file_write_all(j->fd, text, size) : -ENOMEM;

	free(text);
	if (err && ftruncate(j->fd, end) < 0)
		err = -errno;
	return err ? fm_fail(why, -err, "%.200s: %s", j->path, strerror(-err)) :
		     0;
}
