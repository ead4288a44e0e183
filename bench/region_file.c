/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files for regions to map, filled without a write to any disk. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "bench.h"
#include "pages.h"

/*
 * Brings all pages into the page cache. Reading what was never written gives
 * cleared pages that are clean: none of them is written back meanwhile. What is
 * read ahead can be larger folios, which one fault maps whole; with MADV_RANDOM
 * nothing is. Returns fd, or closes it and returns -errno.
 */
static int fill(int fd, size_t bytes, struct fm_why *why)
{
	char *pages = mmap(NULL, bytes, PROT_READ, MAP_SHARED, fd, 0);
	int err = errno;

	if (pages == MAP_FAILED) {
		close(fd);
		return fm_fail(why, err, "mmap of a file's %zu bytes: %s",
			       bytes, strerror(err));
	}
	madvise(pages, bytes, MADV_RANDOM);
	for (size_t at = 0; at < bytes; at += fm_pages_base())
		(void)*(volatile char *)(pages + at);
	munmap(pages, bytes);
	return fd;
}

int fm_open_memfd(size_t bytes, int filled, struct fm_why *why)
{
	int fd = memfd_create("forkmeter", MFD_CLOEXEC);
	int err;

	if (fd >= 0 && ftruncate(fd, (off_t)bytes) == 0)
		return filled ? fill(fd, bytes, why) : fd;
	err = errno;
	if (fd >= 0)
		close(fd);
	return fm_fail(why, err, "a memfd of %zu bytes: %s", bytes,
		       strerror(err));
}

/* File systems of memory, whose files are not behind the page cache but in it;
 * the numbers are those of statfs(2). */
#define TMPFS 0x01021994
#define RAMFS 0x858458f6

static int open_in(const char *folder)
{
	struct statfs fs;

	if (statfs(folder, &fs) < 0)
		return -errno;
	if ((unsigned int)fs.f_type == TMPFS ||
	    (unsigned int)fs.f_type == RAMFS)
		return -EOPNOTSUPP;
	return open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
}

int fm_open_file(size_t bytes, struct fm_why *why)
{
	static const char *const folders[] = { ".", "/var/tmp", "/tmp" };
	int fd = -1, err;

	for (size_t i = 0; i < 3 && fd < 0; i++)
		fd = open_in(folders[i]);
	if (fd < 0)
		return fm_fail(why, EOPNOTSUPP,
			       "neither the current folder nor /var/tmp nor "
			       "/tmp can hold a nameless file on a disk; start "
			       "forkmeter in a folder that can");
	/* Room first: a page that finds none when written is our death. */
	err = posix_fallocate(fd, 0, (off_t)bytes);
	if (!err)
		return fill(fd, bytes, why);
	close(fd);
	return fm_fail(why, err == ENOSPC ? ENOMEM : err,
		       "a file of %zu bytes: %s; start forkmeter in a folder "
		       "with room, or choose a smaller --rss",
		       bytes, strerror(err));
}

int fm_file_offer(const struct fm_plan_row *point, struct fm_settings *settings,
		  struct fm_why *why)
{
	int fd = fm_open_file(fm_pages_base(), why);

	(void)point;
	(void)settings;
	return fd < 0 ? fd : close(fd);
}
