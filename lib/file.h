/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small files: read whole, and folders made with their parents. */
#ifndef FM_FILE_H
#define FM_FILE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * Reads at most size - 1 bytes of the file at path into buf, ends them with a
 * zero byte and cuts trailing white space. By system calls alone, so that a
 * measured process may use it. Returns the length, or -errno.
 */
ssize_t fm_file_read(const char *path, char *buf, size_t size);

/*
 * The number that follows key at the start of a line ("VmRSS:", "pgfault ").
 * Returns 0, or -ENOENT when no line starts so.
 */
int fm_file_number_after(const char *text, const char *key, uint64_t *value);

/* mkdir -p. Returns 0 or -errno. */
int fm_file_make_dirs(const char *path);

/* Writes n bytes, whatever write(2) does of them at a time. 0 or -errno. */
int fm_file_write_all(int fd, const void *data, size_t n);

#endif
