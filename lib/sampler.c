/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Samples of what a processor does, by perf_event_open(2). */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "perf_record.h"
#include "sampler_parts.h"

/* The most that one block may leave; and a ring's sizes, from the wished on. */
enum { RECORDS_MAX = 256 << 20, RING_PAGES_MOST = 1024, RING_PAGES_LEAST = 8 };
enum { DRAIN_MS = 50 };

/* Takes all that there is out of the ring. */
static void drain(struct fm_sampler *s)
{
	struct perf_event_mmap_page *page = s->map;
	const unsigned char *ring = (unsigned char *)s->map + page->data_offset;
	uint64_t head = __atomic_load_n(&page->data_head, __ATOMIC_ACQUIRE);
	uint64_t tail = page->data_tail;

	while (s->room - s->bytes < head - tail && !s->err) {
		size_t room = s->room ? 2 * s->room : 1 << 20;
		unsigned char *more =
			room > RECORDS_MAX ? NULL : realloc(s->record, room);

		if (!more) {
			s->err = room > RECORDS_MAX ? -E2BIG : -ENOMEM;
			break;
		}
		s->record = more;
		s->room = room;
	}
	if (!s->err)
		s->bytes += fm_perf_ring_copy(ring, s->ring_bytes, tail, head,
					      s->record + s->bytes);
	__atomic_store_n(&page->data_tail, head, __ATOMIC_RELEASE);
}

static void *read_ring(void *ctx)
{
	struct fm_sampler *s = ctx;
	struct pollfd in = { .fd = s->fd, .events = POLLIN };

	while (!__atomic_load_n(&s->stop, __ATOMIC_ACQUIRE)) {
		poll(&in, 1, DRAIN_MS);
		drain(s);
	}
	return NULL;
}

/* Signals are for the thread that waits for the worker. */
static int start_reader(struct fm_sampler *s)
{
	sigset_t all, old;
	int err;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	err = pthread_create(&s->reader, NULL, read_ring, s);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	return -err;
}

/* What an ordinary user may lock is little: perf_event_mlock_kb. */
static int map_ring(struct fm_sampler *s)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	int err = -EPERM;

	for (size_t n = RING_PAGES_MOST; n >= RING_PAGES_LEAST; n /= 2) {
		s->ring_bytes = n * page;
		s->fd = fm_sampler_open(s);
		if (s->fd < 0)
			return s->fd;
		s->map = mmap(NULL, page + s->ring_bytes,
			      PROT_READ | PROT_WRITE, MAP_SHARED, s->fd, 0);
		if (s->map != MAP_FAILED)
			return 0;
		err = -errno;
		close(s->fd);
		s->fd = -1;
		if (err != -EPERM && err != -ENOMEM)
			return err;
	}
	return err;
}

static void unmap_ring(struct fm_sampler *s)
{
	munmap(s->map, (size_t)sysconf(_SC_PAGESIZE) + s->ring_bytes);
	close(s->fd);
	s->fd = -1;
}

int fm_sampler_begin(struct fm_sampler *s, struct fm_why *why)
{
	int err = map_ring(s);

	if (err == -EPERM || err == -ENOMEM)
		return fm_fail(why, -err,
			       "no memory may be locked for samples; as root: "
			       "sysctl -w kernel.perf_event_mlock_kb=2048");
	if (err)
		return fm_sampler_refuse(err, why);
	s->bytes = 0;
	s->stop = s->err = 0;
	err = start_reader(s);
	if (!err && ioctl(s->fd, PERF_EVENT_IOC_ENABLE, 0) < 0) {
		err = -errno;
		__atomic_store_n(&s->stop, 1, __ATOMIC_RELEASE);
		pthread_join(s->reader, NULL);
	}
	if (!err)
		return 0;
	unmap_ring(s);
	return fm_fail(why, -err, "sampling cannot begin: %s", strerror(-err));
}

int fm_sampler_end(struct fm_sampler *s, struct fm_why *why)
{
	ioctl(s->fd, PERF_EVENT_IOC_DISABLE, 0);
	__atomic_store_n(&s->stop, 1, __ATOMIC_RELEASE);
	pthread_join(s->reader, NULL);
	drain(s);
	unmap_ring(s);
	if (s->err)
		return fm_fail(why, -s->err,
			       "too many samples in one block: choose a lower "
			       "--rate, or a shorter --block-time");
	return 0;
}

void fm_sampler_free(struct fm_sampler *s)
{
	free(s->record);
	s->record = NULL;
	s->bytes = s->room = 0;
}
