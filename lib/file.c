/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small files: read whole, and folders made with their parents. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"

ssize_t fm_file_read(const char *path, char *buf, size_t size)
{
	size_t have = 0;
	ssize_t got;
	int err = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	while (have < size - 1) {
		got = read(fd, buf + have, size - 1 - have);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			err = -errno;
		if (got <= 0)
			break;
		have += (size_t)got;
	}
	close(fd);
	while (have && strchr(" \t\n", buf[have - 1]))
		have--;
	buf[have] = '\0';
	return err ? err : (ssize_t)have;
}

int fm_file_number_after(const char *text, const char *key, uint64_t *value)
{
	size_t n = strlen(key);

	while (text) {
		if (strncmp(text, key, n) == 0) {
			*value = strtoull(text + n, NULL, 10);
			return 0;
		}
		text = strchr(text, '\n');
		if (text)
			text++;
	}
	return -ENOENT;
}

int fm_file_make_dirs(const char *path)
{
	char part[PATH_MAX];
	size_t n = strlen(path);

	if (n >= sizeof(part))
		return -ENAMETOOLONG;
	for (size_t i = 1; i <= n; i++) {
		if (path[i] != '/' && path[i] != '\0')
			continue;
		memcpy(part, path, i);
		part[i] = '\0';
		if (mkdir(part, 0777) < 0 && errno != EEXIST)
			return -errno;
	}
	return 0;
}

int fm_file_write_all(int fd, const void *data, size_t n)
{
	const char *at = data;

	while (n) {
		ssize_t put = write(fd, at, n);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -errno;
		at += put;
		n -= (size_t)put;
	}
	return 0;
}
