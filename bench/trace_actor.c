/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Processes A and B of forkmeter trace: they touch what they are told to, and
 * nothing else of the pages that are looked at.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "file.h"
#include "pages.h"
#include "trace.h"

#if defined(__x86_64__) || defined(__i386__) || defined(__riscv)
enum { LARGEST_PAGE = 4096 };
#else
enum { LARGEST_PAGE = 65536 };
#endif
/* Holds one whole page, with the file's bytes in it. */
static char data_room[2 * LARGEST_PAGE] = { 1 };

static uintptr_t page_in(uintptr_t room)
{
	uintptr_t page = fm_pages_base();

	return (room + page - 1) / page * page;
}

/* By the system call: musl's sbrk(3) refuses. The C library may not notice. */
static int make_heap(uintptr_t *at)
{
	uintptr_t from = (uintptr_t)syscall(SYS_brk, 0);
	uintptr_t to = from + 3 * fm_pages_base();

	*at = page_in(from);
	return (uintptr_t)syscall(SYS_brk, to) == to ? 0 : -ENOMEM;
}

/* Between two pages without access: a mapping that merges with no other. */
static int make_anonymous(uintptr_t *at)
{
	size_t page = fm_pages_base();
	char *base = mmap(NULL, 3 * page, PROT_NONE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (base == MAP_FAILED ||
	    mprotect(base + page, page, PROT_READ | PROT_WRITE) < 0)
		return -errno;
	*at = (uintptr_t)base + page;
	return 0;
}

static uint64_t reuses_so_far(void)
{
	char text[24576];
	uint64_t n;

	if (fm_file_read("/proc/vmstat", text, sizeof(text)) < 0 ||
	    fm_file_number_after(text, "pgreuse ", &n))
		return FM_ABSENT;
	return n;
}

/* read(2) of one byte from a pipe; first to elsewhere, to warm what it takes.
 */
static int kernel_write(char *page, struct fm_window *w)
{
	struct rusage before, after;
	char elsewhere, *to[] = { &elsewhere, page };
	uint64_t from_ns, to_ns;
	int fds[2], err = 0;

	if (pipe(fds) < 0 || write(fds[1], "12", 2) != 2)
		return -errno;
	for (int i = 0; i < 2; i++) {
		getrusage(RUSAGE_THREAD, &before);
		from_ns = fm_clock_ns();
		if (read(fds[0], to[i], 1) != 1)
			err = -EIO;
		to_ns = fm_clock_ns();
		getrusage(RUSAGE_THREAD, &after);
	}
	w->ns = to_ns - from_ns;
	w->minflt = (uint64_t)(after.ru_minflt - before.ru_minflt);
	close(fds[0]);
	close(fds[1]);
	return err;
}

/*
 * Everything else that this writes to is touched before the first count of
 * reuses: after a fork, or after the other's exit, it would be one.
 */
static int touch(enum fm_trace_act act, char *page,
		 struct fm_trace_reply *reply)
{
	struct fm_touch nothing = { .base = page, .unit = 1 }, one = nothing;
	uint64_t before;
	int err = 0;

	one.pages = one.count = 1;
	one.access = act == FM_TRACE_WRITE ? FM_WRITE_ONE : FM_READ_ONE;
	fm_window_run(&nothing, &reply->window, NULL);
	before = reuses_so_far();
	before = reuses_so_far();
	if (act == FM_TRACE_KERNEL_WRITE)
		err = kernel_write(page, &reply->window);
	else
		fm_window_run(&one, &reply->window, NULL);
	reply->reuses = reuses_so_far() - before;
	if (before == FM_ABSENT)
		reply->reuses = FM_ABSENT;
	return err;
}

static int serve(int fd, struct fm_trace_reply *reply);

static int fork_b(struct fm_trace_reply *reply)
{
	pid_t pid = fork();

	if (pid == 0) {
		close(STDIN_FILENO);
		_exit(serve(STDOUT_FILENO, reply));
	}
	close(STDOUT_FILENO); /* B's alone from now on: it ends with the driver
			       */
	reply->pid = pid;
	return pid < 0 ? -errno : 0;
}

static int reap_b(void)
{
	int status;

	while (wait(&status) < 0)
		if (errno != EINTR)
			return -errno;
	return status ? -ECHILD : 0;
}

/* Its page is page V; B enters it anew, so that V is what B has just run. */
static __attribute__((noinline)) int serve(int fd, struct fm_trace_reply *reply)
{
	struct fm_trace_command c;

	while (write(fd, reply, sizeof(*reply)) == sizeof(*reply) &&
	       read(fd, &c, sizeof(c)) == sizeof(c)) {
		switch (c.act) {
		case FM_TRACE_FORK:
			reply->err = fork_b(reply);
			break;
		case FM_TRACE_EXIT:
			return EXIT_SUCCESS;
		case FM_TRACE_REAP:
			reply->err = reap_b();
			break;
		default:
			reply->err =
				touch(c.act, (char *)reply->at[c.page], reply);
		}
	}
	return EXIT_FAILURE;
}

static int drop(uintptr_t page)
{
	return madvise((void *)page, fm_pages_base(), MADV_DONTNEED);
}

int fm_trace_serve(void)
{
	struct fm_trace_reply reply = { 0 };
	/* The stack between this frame and those below; nobody else's. */
	char *stack_room = __builtin_alloca(3 * fm_pages_base());

	reply.at[FM_TRACE_V] =
		(uintptr_t)serve / fm_pages_base() * fm_pages_base();
	reply.at[FM_TRACE_X] = page_in((uintptr_t)stack_room);
	reply.at[FM_TRACE_Z] = page_in((uintptr_t)data_room);
	/*
	 * The dynamic linker may have been as deep in the stack, and reads
	 * nearby may have mapped the file's page already.
	 */
	if (drop(reply.at[FM_TRACE_X]) || drop(reply.at[FM_TRACE_Z]) ||
	    prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0) < 0)
		reply.err = -errno;
	if (!reply.err)
		reply.err = make_heap(&reply.at[FM_TRACE_Y]);
	if (!reply.err)
		reply.err = make_anonymous(&reply.at[FM_TRACE_W]);
	return serve(STDIN_FILENO, &reply);
}
